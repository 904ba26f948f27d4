import { processLogger } from './logger.js';

/** After this long a stop is an exit: the supervisor would kill us soon after. */
const patienceMs = 15_000;

/** Stops in order on SIGTERM and SIGINT, once; and never goes on after an error that nobody caught. */
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
  process.on('unhandledRejection', (err) => {
    processLogger().fatal({ err }, 'unhandled rejection');
    process.exit(1);
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
