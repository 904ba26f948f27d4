import { processLogger } from './logger.js';

/** After this long a stop is an exit: the supervisor would kill us soon after. */
const patienceMs = 15_000;

/** Stops in order on SIGTERM and SIGINT, once; and never goes on after an exception that nobody caught. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (signal: string) => {
    if (stopping) return;
    stopping = true;
    const log = processLogger();
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.warn('stopping took too long');
      process.exit(1);
    }, patienceMs).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
  process.on('uncaughtException', (err) => {
    processLogger().fatal({ err }, 'uncaught exception');
    process.exit(1);
  });
  // Libraries drop promises, for instance while Redis is away. That left nothing of ours half done, and a room full of
  // people is worth more than a clean conscience: it is an error to look into, not a reason to die.
  process.on('unhandledRejection', (err) => {
    processLogger().error({ err }, 'unhandled rejection');
  });
}

/** Runs a process's main function; what keeps it from starting is one readable message, on stderr and status 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    processLogger().fatal({ err: error }, 'the process could not start');
    process.exit(1);
  }
}
