/** What went wrong, and why, and why that: one sentence out of an error and its causes. */
export function explain(error: unknown): string {
  const reasons: string[] = [];
  for (let at: unknown = error; at !== undefined && reasons.length < 4; at = causeOf(at)) {
    const reason = at instanceof Error ? at.message || at.name : String(at);
    if (!reasons.some((known) => known.includes(reason))) reasons.push(reason);
  }
  return reasons.join(': ');
}

/** An AggregateError (a host name with several addresses) has its reasons beside, not behind it. */
function causeOf(error: unknown): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  return error instanceof Error ? error.cause : undefined;
}
