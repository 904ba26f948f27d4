import { Device } from 'mediasoup-client';
import * as parameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { describe, expect, it, vi } from 'vitest';
import { Publisher, type PublishingSession } from './publisher.js';

/** The call library's own transport without a browser below it, and a server that refuses while it is told to. */
async function session() {
  const device = await Device.factory({ handlerFactory: FakeHandler.createFactory(parameters) });
  await device.load({ routerRtpCapabilities: parameters.generateRouterRtpCapabilities() });
  const send = device.createSendTransport(parameters.generateTransportRemoteParameters());
  const asked: string[] = [];
  const server: { refuses: Error | null } = { refuses: null };
  const ask = (op: string) => {
    asked.push(op);
    return server.refuses ? Promise.reject(server.refuses) : Promise.resolve({});
  };
  send.on('connect', (_, done) => done());
  send.on('produce', ({ appData }, done, fail) => {
    ask('produce').then(() => done({ id: String(appData.trackId) }), fail);
  });
  const made = { admitted: true, isClosed: false, send, ask } as unknown as PublishingSession;
  return { asked, server, session: made };
}

class FakeTrack extends EventTarget {
  readonly id = crypto.randomUUID();
  enabled = true;
  muted = false;
  readyState = 'live';
  getSettings = () => ({});
  getConstraints = () => ({});

  constructor(readonly kind: 'audio' | 'video' = 'audio') {
    super();
  }
}
const voice = () => new FakeTrack() as unknown as MediaStreamTrack;
const camera = () => new FakeTrack('video') as unknown as MediaStreamTrack;

function publisher() {
  const failures: unknown[] = [];
  return {
    failures,
    own: new Publisher(
      () => undefined,
      (error) => failures.push(error),
    ),
  };
}

describe('Publisher', () => {
  it('AV-07 offers what was refused with the next admission, and not before', async () => {
    const { asked, server, session: living } = await session();
    const { own, failures } = publisher();
    await own.attach(living);
    server.refuses = new Error('media is away');
    await expect(own.publish('mic', voice(), false)).rejects.toBe(server.refuses);
    expect(failures).toEqual([server.refuses]);
    server.refuses = null;
    await own.setMuted('mic', false);
    expect([asked, own.tracks[0]?.published]).toEqual([['produce'], false]);
    await own.admit();
    expect([asked, own.tracks[0]?.published]).toEqual([['produce', 'produce'], true]);
  });

  it('AV-05 takes a track back although the server did not answer the first time', async () => {
    const { asked, server, session: living } = await session();
    const { own } = publisher();
    await own.attach(living);
    await own.publish('mic', voice(), false);
    server.refuses = new Error('media is away');
    await expect(own.unpublish('mic')).rejects.toBe(server.refuses);
    expect(own.producer('mic')).toBeUndefined();
    server.refuses = null;
    await own.publish('mic', voice(), false);
    expect(asked).toEqual(['produce', 'closeProducer', 'closeProducer', 'produce']);
  });

  it('AV-05 forgets a track that ended before it could be offered', async () => {
    const { asked, session: living } = await session();
    const { own } = publisher();
    const unplugged = new FakeTrack();
    unplugged.readyState = 'ended';
    await own.publish('mic', unplugged as unknown as MediaStreamTrack, false);
    await own.attach(living);
    expect([asked, own.tracks]).toEqual([[], []]);
  });

  it('AV-04 makes a key frame of every encoding when the server asks for one, and survives a browser that refuses', async () => {
    const { session: living } = await session();
    const { own } = publisher();
    await own.attach(living);
    await own.publish('camera', camera(), false);
    const producer = own.producer('camera');
    if (!producer) throw new Error('the camera is published');
    const setParameters = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('not now'));
    const parameters = { encodings: [{ rid: 'r0' }, { rid: 'r1' }] };
    const sender = { getParameters: () => parameters, setParameters } as unknown as RTCRtpSender;
    vi.spyOn(producer, 'rtpSender', 'get').mockReturnValue(sender);
    await own.sendKeyFrame(producer.id);
    await own.sendKeyFrame(producer.id);
    await own.sendKeyFrame(crypto.randomUUID());
    expect(setParameters.mock.calls).toEqual(
      Array(2).fill([parameters, { encodingOptions: [{ keyFrame: true }, { keyFrame: true }] }]),
    );
  });
});
