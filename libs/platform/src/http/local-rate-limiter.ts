import type { Request } from 'express';
import { RateLimiter } from './ports.js';

const windowMs = 60_000;
/** Addresses that are counted at the same time; beyond it the oldest windows are dropped first. */
const maximumAddresses = 50_000;

interface Window {
  startedAt: number;
  hits: number;
}

/**
 * A fixed window per client address in this process's memory. With several apis an address may have their sum: it keeps
 * one client from drowning a process, it is no quota.
 */
export class LocalRateLimiter extends RateLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly requestsPerMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  hit(request: Pick<Request, 'ip'>): number {
    const address = request.ip ?? 'unknown';
    const now = this.now();
    let window = this.windows.get(address);
    if (!window || now - window.startedAt >= windowMs) {
      window = { startedAt: now, hits: 0 };
      this.windows.delete(address);
      this.windows.set(address, window);
      this.forget();
    }
    window.hits += 1;
    return window.hits <= this.requestsPerMinute ? 0 : (window.startedAt + windowMs - now) / 1000;
  }

  /** A map keeps insertion order, and a window is inserted when it starts: the first one is the oldest. */
  private forget(): void {
    if (this.windows.size <= maximumAddresses) return;
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}
