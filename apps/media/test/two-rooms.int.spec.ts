import { randomUUID } from 'node:crypto';
import type { MediaRequest, MediaRequestOf, MediaResponse, RtpParametersDto } from '@lyceum/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './look.js';
import { everything, portOf, Stage } from './stage.js';

type Op = MediaRequest['op'];
/** Requests about a track that is there already. */
type TrackOp = Exclude<
  { [T in Op]: MediaRequestOf<T> extends { trackId: string } | { trackIds: string[] } ? T : never }[Op],
  'produce'
>;

const sound: RtpParametersDto = {
  mid: '0',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1111 }],
  rtcp: { cname: 'two-rooms' },
};

/** Every request of a browser; a new one without an example does not compile. */
const requests = (seat: string, trackId: string): { readonly [T in Op]: MediaRequestOf<T> } => ({
  prepare: { op: 'prepare' },
  connectTransport: { op: 'connectTransport', seat, direction: 'send', dtlsParameters: {} },
  restartIce: { op: 'restartIce', seat, direction: 'send', using: 'none' },
  produce: { op: 'produce', seat, trackId, source: 'mic', rtpParameters: sound, muted: false },
  pauseProducer: { op: 'pauseProducer', seat, trackId },
  resumeProducer: { op: 'resumeProducer', seat, trackId },
  closeProducer: { op: 'closeProducer', seat, trackId },
  produceData: { op: 'produceData', seat, sctpStreamParameters: { streamId: 0 } },
  consume: { op: 'consume', seat, trackIds: [trackId] },
  resumeConsumer: { op: 'resumeConsumer', seat, trackIds: [trackId] },
  pauseConsumer: { op: 'pauseConsumer', seat, trackIds: [trackId] },
  closeConsumer: { op: 'closeConsumer', seat, trackIds: [trackId] },
  setPreferredLayers: { op: 'setPreferredLayers', seat, trackId, spatial: 0 },
  sync: { op: 'sync', seat },
  stats: { op: 'stats', seat },
});

/** What a request about another room's track is answered: the code of a refusal, or what is said of a track that is gone. */
const aboutForeignTrack: { readonly [T in TrackOp]: 'MEDIA.NO_TRACK' | MediaResponse<T> } = {
  pauseProducer: 'MEDIA.NO_TRACK',
  resumeProducer: 'MEDIA.NO_TRACK',
  closeProducer: {},
  consume: { consumers: [] },
  resumeConsumer: {},
  pauseConsumer: {},
  closeConsumer: {},
  setPreferredLayers: {},
};

describe('SE-02 two rooms on one media node', () => {
  const stage = new Stage({ first: portOf(7) });
  const [anna, maya, stranger] = [randomUUID(), randomUUID(), randomUUID()];
  const elsewhere = randomUUID();
  const track = randomUUID();
  let annaSeat: string;
  let mayaPrepared: MediaResponse<'prepare'>;
  let strangerSeat: string;

  const ask = <T extends Op>(roomId: string, participant: string, request: MediaRequestOf<T>) =>
    stage.api.negotiate(roomId, participant, request) as Promise<MediaResponse<T>>;
  const prepare = (roomId: string, participant: string) => ask<'prepare'>(roomId, participant, { op: 'prepare' });
  /** As the others of the room see them. */
  const tracksInRoom = async () => {
    const { tracks } = await ask<'sync'>(stage.roomId, maya, { op: 'sync', seat: mayaPrepared.seat });
    return tracks.map(({ trackId, paused }) => ({ trackId, paused }));
  };

  beforeAll(async () => {
    await stage.start();
    await until(() => stage.api.isReady, Boolean, 'the node');
    stage.want({ [anna]: everything, [maya]: everything });
    const other = { roomId: elsewhere, version: 1, ended: false, seats: { [stranger]: everything }, recording: null };
    const home = stage.placedOn ?? '';
    stage.api.want({ wanted: other, home, seats: { [stranger]: home } });
    annaSeat = (await prepare(stage.roomId, anna)).seat;
    mayaPrepared = await prepare(stage.roomId, maya);
    await ask<'produce'>(stage.roomId, anna, requests(annaSeat, track).produce);
    const prepared = await prepare(elsewhere, stranger);
    strangerSeat = prepared.seat;
    expect(prepared.tracks).toEqual([]);
  });
  afterAll(() => stage.stop());

  it('SE-02 refuses a seat of the other room, whatever is asked with it', async () => {
    for (const request of Object.values(requests(annaSeat, track))) {
      if (request.op === 'prepare') continue;
      await expect(stage.api.negotiate(elsewhere, stranger, request), request.op).rejects.toMatchObject({
        code: 'MEDIA.SEAT_GONE',
      });
    }
  });

  it('SE-02 knows no track of the other room, and does nothing to it', async () => {
    const mine = requests(strangerSeat, track);
    for (const [op, expected] of Object.entries(aboutForeignTrack) as [TrackOp, unknown][]) {
      const answer = stage.api.negotiate(elsewhere, stranger, mine[op]);
      if (typeof expected === 'string') await expect(answer, op).rejects.toMatchObject({ code: expected });
      else await expect(answer, op).resolves.toEqual(expected);
      expect(await tracksInRoom(), op).toEqual([{ trackId: track, paused: false }]);
    }
  });

  it('SE-02 gives the track to someone of its own room', async () => {
    const { seat, routerRtpCapabilities: rtpCapabilities } = mayaPrepared;
    const request = { ...requests(seat, track).consume, rtpCapabilities };
    const answer = (await stage.api.negotiate(stage.roomId, maya, request)) as MediaResponse<'consume'>;
    expect(answer.consumers.map(({ trackId }) => trackId)).toEqual([track]);
    await expect(stage.api.negotiate(elsewhere, maya, { op: 'sync', seat })).rejects.toMatchObject({
      code: 'MEDIA.SEAT_GONE',
    });
  });
});
