import { CommandFailed } from '../host/exec.ts';
import { Failure, codeOf, messageOf } from '../cli/failure.ts';

const unreachable =
  /could not resolve|temporary failure (in name resolution|resolving)|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|connection refused|connection timed out|network is unreachable|no route to host|could not connect|failed to (fetch|connect)|could not transfer|no matching distribution found|unknown host|i\/o timeout|dial tcp|unable to connect/i;
const full = /no space left on device|ENOSPC|disk quota exceeded|EDQUOT|don't have enough free space/i;
const interrupted = /dpkg was interrupted/;

/** Puts a failed download or build into words: which component, why, and what to type. */
export function explain(component: string, registry: string, error: unknown, log?: string): Failure {
  if (error instanceof Failure) return error;
  const said = error instanceof CommandFailed ? error.output : messageOf(error);
  if (full.test(said) || codeOf(error) === 'ENOSPC') return diskFull(component, error);
  // The last line that says so, and its end: many tools end in where their log is, and begin with what they were after.
  const reason = said.split('\n').findLast((line) => unreachable.test(line));
  if (reason !== undefined) {
    return new Failure(
      component,
      `${registry} can't be reached (${reason.trim().slice(-200)})`,
      `./lyceum up   (once this machine reaches ${registry} or a mirror of it; what is done already is kept)`,
      error,
    );
  }
  if (interrupted.test(said)) {
    return new Failure(
      component,
      'an earlier installation of packages was cut off (by a loss of power, for example)',
      'dpkg --configure -a   and then ./lyceum up',
      error,
    );
  }
  return new Failure(
    component,
    messageOf(error),
    log ? `less ${log}   and then ./lyceum up` : './lyceum up   (it continues where it stopped)',
    error,
  );
}

export function diskFull(component: string, cause?: unknown): Failure {
  return new Failure(
    component,
    'the disk is full: nothing more can be written',
    'df -h   to see which file system; free some space on it, then ./lyceum up',
    cause,
  );
}
