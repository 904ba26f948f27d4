import { problemSchema } from '@lyceum/contracts';
import { LyceumApiError } from './errors.js';

/** Just enough of a schema for parsing: every zod type fits. */
interface Parser<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: Error };
}

export interface ApiOptions {
  /** Slug of the institution, as in `/t/{slug}`. */
  tenant: string;
  /** Public origin without a slash at the end; empty (the default) means the page's own. */
  origin?: string;
  /** Replaces the global fetch, in tests and outside browsers. */
  fetch?: typeof fetch;
  /** Bearer token of the tenant's realm for programs; browsers use their session cookie. */
  accessToken?: () => string | Promise<string>;
}

export interface Call<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the origin's root, already encoded. */
  path: string;
  query?: object;
  body?: unknown;
  /** Makes a repeated POST count once (a double click, a retry after a lost answer). */
  idempotencyKey?: string;
  response: Parser<T>;
  signal?: AbortSignal | undefined;
}

/** `?a=1&b=2` of the members that are set; empty for none. */
export function queryString(query: object | undefined): string {
  const set = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (set.length === 0) return '';
  return `?${new URLSearchParams(set.map(([key, value]) => [key, String(value)]))}`;
}

/**
 * One call: JSON both ways, the session cookie, the header that a foreign page can't send with it, and an answer parsed by
 * its contract.
 * @throws LyceumApiError always, except for an abort, which stays the AbortError it is
 */
export async function send<T>(options: ApiOptions, call: Call<T>): Promise<T> {
  const { method = 'GET' } = call;
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (method !== 'GET') headers.set('x-lyceum-csrf', '1');
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (call.idempotencyKey) headers.set('idempotency-key', call.idempotencyKey);
  if (options.accessToken) headers.set('authorization', `Bearer ${await options.accessToken()}`);
  const doFetch = options.fetch ?? fetch;
  let response: Response;
  let text: string;
  try {
    response = await doFetch(`${options.origin ?? ''}${call.path}${queryString(call.query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal ? { signal: call.signal } : {}),
    });
    text = await response.text();
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new LyceumApiError('network', clientProblem(599, 'CLIENT.NETWORK', 'The server could not be reached'), error);
  }
  const value = parseJson(text);
  if (!response.ok) throw failureOf(response, value);
  const parsed = call.response.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new LyceumApiError(
    'contract',
    clientProblem(500, 'CLIENT.CONTRACT', 'The answer was not understood'),
    parsed.error,
  );
}

function failureOf(response: Response, value: unknown): LyceumApiError {
  const problem = problemSchema.safeParse(value);
  if (problem.success) return new LyceumApiError('problem', problem.data);
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const title = `The server answered ${response.status}`;
  return new LyceumApiError('problem', { ...clientProblem(response.status, 'CLIENT.STATUS', title), requestId });
}

const clientProblem = (status: number, code: string, title: string) => ({ type: 'about:blank', title, status, code });

/** Undefined for an empty or broken body: the contract then says whether that's an answer. */
function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
