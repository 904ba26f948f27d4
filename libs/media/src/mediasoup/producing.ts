import type { RtpParametersDto, TrackSource } from '@lyceum/contracts';
import { kindOf } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import type { RoomSound } from './room-sound.js';

/**
 * Of many viewers who lose packets at once, the sender makes one key frame in this time. A browser ignores a request that comes
 * within 300 ms after the last one, and mediasoup asks again only a second later: so a little longer than that, for requests
 * that overtake each other. Much longer would keep the second of two people who come together waiting. Crowds that come are
 * held back by `KeyFrameGate`.
 */
const KEY_FRAME_DELAY_MS = 350;

export interface Production {
  readonly trackId: string;
  readonly source: TrackSource;
  readonly rtpParameters: RtpParametersDto;
  readonly paused: boolean;
}

/** Makes the producer of a track, from a browser or through a pipe; a voice is listened to from then on. */
export async function produceTrack(
  transport: types.Transport,
  sound: RoomSound,
  { trackId, source, rtpParameters, paused }: Production,
): Promise<types.Producer> {
  const kind = kindOf(source);
  const producer = await transport.produce({
    id: trackId,
    kind,
    rtpParameters: rtpParameters as types.RtpParameters,
    paused,
    ...(kind === 'video' && { keyFrameRequestDelay: KEY_FRAME_DELAY_MS }),
  });
  // It may be gone by now, with its transport: then there is nothing to listen to.
  if (source === 'mic' && !producer.closed) await sound.observe(producer.id);
  return producer;
}
