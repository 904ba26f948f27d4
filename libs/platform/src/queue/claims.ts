import type { RequestContext } from '../context/index.js';

/** A runner that says nothing for this long has died; its job is given to another one. */
export const leaseSeconds = 30;

export interface ClaimedJob {
  id: string;
  name: string;
  payload: unknown;
  attempt: number;
  maxAttempts: number;
}

interface JobRow {
  id: string;
  name: string;
  payload: unknown;
  attempt: number;
  max_attempts: number;
}

/** Takes a queued job whose time has come; null when another runner has it, or it was cancelled, or it is done. */
export async function claim(ctx: RequestContext, id: string): Promise<ClaimedJob | null> {
  const [rows]: [JobRow[], number] = await ctx.manager.query(
    `update job set status = 'running', attempt = attempt + 1, started_at = now(), error_code = null,
       lease_until = now() + $3 * interval '1 second'
     where tenant_id = $1 and id = $2 and status = 'queued' and run_after <= now() + interval '1 second'
     returning id, name, payload, attempt, max_attempts`,
    [ctx.tenant.id, id, leaseSeconds],
  );
  const [row] = rows;
  if (!row) return null;
  const { name, payload, attempt } = row;
  return { id, name, payload, attempt, maxAttempts: row.max_attempts };
}

export type Lease = 'held' | 'cancelled' | 'lost';

/** Extends the lease and stores progress when given. `lost` when the job went to another runner meanwhile. */
export async function renew(
  ctx: RequestContext,
  job: ClaimedJob,
  progress?: { fraction: number; step: string | null },
): Promise<Lease> {
  const [rows]: [{ cancel_requested: boolean }[], number] = await ctx.manager.query(
    `update job set lease_until = now() + $4 * interval '1 second',
       progress = coalesce($5, progress), step = coalesce($6, step)
     where tenant_id = $1 and id = $2 and status = 'running' and attempt = $3 returning cancel_requested`,
    [ctx.tenant.id, job.id, job.attempt, leaseSeconds, progress?.fraction ?? null, progress?.step ?? null],
  );
  const [row] = rows;
  if (!row) return 'lost';
  return row.cancel_requested ? 'cancelled' : 'held';
}

/** Ends this run; nothing happens when the job went to another runner meanwhile. */
export async function finish(ctx: RequestContext, job: ClaimedJob, status: 'done' | 'cancelled'): Promise<void> {
  await ctx.manager.query(
    `update job set status = $4, finished_at = now(), lease_until = null,
       progress = case when $4 = 'done' then 1 else progress end
     where tenant_id = $1 and id = $2 and status = 'running' and attempt = $3`,
    [ctx.tenant.id, job.id, job.attempt, status],
  );
}

/** First pause after a failure; doubles with every attempt. */
const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

/** Pause before the next attempt, milliseconds. */
export const retryPauseMs = (attempt: number): number => Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);

/**
 * Gives the job back after a failed run, for later, or ends it when it had its attempts. `stopped` runs were ended from
 * outside and are free.
 * @returns whether it will run again.
 */
export async function giveBack(
  ctx: RequestContext,
  job: ClaimedJob,
  errorCode: string,
  stopped: boolean,
): Promise<boolean> {
  const again = stopped || job.attempt < job.maxAttempts;
  const pauseMs = stopped ? 0 : retryPauseMs(job.attempt);
  await ctx.manager.query(
    `update job set status = $4, error_code = $5, lease_until = null,
       max_attempts = case when $7 then max_attempts + 1 else max_attempts end,
       run_after = now() + $6 * interval '1 millisecond', finished_at = case when $4 = 'failed' then now() end
     where tenant_id = $1 and id = $2 and status = 'running' and attempt = $3`,
    [ctx.tenant.id, job.id, job.attempt, again ? 'queued' : 'failed', errorCode, pauseMs, stopped],
  );
  return again;
}
