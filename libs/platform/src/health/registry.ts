/** `ready`: it works; `degraded`: it is away and we work without it; `down`: without it we are of no use. */
export type CheckState = 'ready' | 'degraded' | 'down';
export type Check = () => CheckState | Promise<CheckState>;

export interface Readiness {
  ready: boolean;
  checks: Record<string, CheckState>;
}

/** A check that takes longer than this counts as down: a probe must answer before its caller gives up. */
const patienceMs = 2_000;

/** What must work for this process to be of use. */
export class HealthRegistry {
  private readonly checks = new Map<string, Check>();
  private stopping = false;

  /** Adds a check; it may throw, which means down. */
  register(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** From now on not ready: the edge takes us out before connections get closed. */
  stop(): void {
    this.stopping = true;
  }

  async readiness(): Promise<Readiness> {
    const entries = await Promise.all([...this.checks].map(async ([name, check]) => [name, await run(check)] as const));
    const ready = !this.stopping && entries.every(([, state]) => state !== 'down');
    return { ready, checks: Object.fromEntries(entries) };
  }
}

async function run(check: Check): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckState>((resolve) => {
    timer = setTimeout(() => resolve('down'), patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
