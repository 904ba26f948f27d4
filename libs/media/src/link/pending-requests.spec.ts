import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingRequests } from './pending-requests.js';

describe('PendingRequests', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('AV-03 gives each question its own answer, in any order', async () => {
    const requests = new PendingRequests(1000);
    const ids: number[] = [];
    const ask = () => requests.ask((id) => ids.push(id) > 0);
    const answers = Promise.all([ask(), ask()]);
    requests.answer(ids[1] ?? 0, 'second', undefined);
    requests.answer(ids[0] ?? 0, 'first', undefined);
    expect(await answers).toEqual(['first', 'second']);
  });

  it('AV-03 passes a problem of media on with its code, and hides any other', async () => {
    const requests = new PendingRequests(1000);
    const problem = (code: string) => ({ type: 'x', title: 'x', status: 410, code });
    const gone = requests.ask(
      (id) => (queueMicrotask(() => requests.answer(id, null, problem('MEDIA.SEAT_GONE'))), true),
    );
    await expect(gone).rejects.toMatchObject({ code: 'MEDIA.SEAT_GONE' });
    const odd = requests.ask((id) => (queueMicrotask(() => requests.answer(id, null, problem('OTHER.THING'))), true));
    await expect(odd).rejects.toMatchObject({ code: 'MEDIA.UNAVAILABLE' });
  });

  it('AV-03 fails what nobody will answer', async () => {
    const requests = new PendingRequests(1000);
    await expect(requests.ask(() => false)).rejects.toMatchObject({ code: 'MEDIA.UNAVAILABLE' });
    const broken = requests.ask(() => true);
    requests.fail();
    await expect(broken).rejects.toMatchObject({ code: 'MEDIA.UNAVAILABLE' });
    const late = expect(requests.ask(() => true)).rejects.toMatchObject({ code: 'MEDIA.TIMEOUT' });
    await vi.advanceTimersByTimeAsync(1001);
    await late;
  });
});
