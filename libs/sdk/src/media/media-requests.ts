import { mediaResponses, type MediaRequest, type MediaRequestOf, type MediaResponse } from '@lyceum/contracts';

/** Hands a payload to the media engine and resolves with its answer; rejects with an error that carries a problem `code`. */
export type Negotiate = (payload: MediaRequest) => Promise<unknown>;

type Op = MediaRequest['op'];
/** Requests that name a seat: all but `prepare`. */
export type SeatOp = Exclude<Op, 'prepare'>;
export type SeatBody<T extends SeatOp> = Omit<MediaRequestOf<T>, 'op' | 'seat'>;

/** Requests to the media engine with their answers' types. */
export class MediaRequests {
  constructor(private readonly negotiate: Negotiate) {}

  prepare(): Promise<MediaResponse<'prepare'>> {
    return this.send('prepare', { op: 'prepare' });
  }

  ask<T extends SeatOp>(op: T, seat: string, body: SeatBody<T>): Promise<MediaResponse<T>> {
    return this.send(op, { op, seat, ...body });
  }

  private async send<T extends Op>(op: T, payload: object): Promise<MediaResponse<T>> {
    const answer = await this.negotiate(payload as MediaRequest);
    return mediaResponses[op].parse(answer) as MediaResponse<T>;
  }
}

/** The problem code of a rejected request, whatever class carried it. */
function problemCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'problem' in error ? problemCode(error.problem) : null;
}

/** The server no longer knows this seat: everything has to be prepared again. */
export const isSeatGone = (error: unknown): boolean => problemCode(error) === 'MEDIA.SEAT_GONE';
