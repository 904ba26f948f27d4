import type { TrackSource } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import type { MediaSession, PublishData } from './session.js';
import { cameraEncodings, screenEncodings } from './simulcast.js';

/** A track of one's own, as the portal shows it. */
export interface LocalTrack {
  readonly source: TrackSource;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
  /** The server has it and would forward it. False while (re)connecting, too. */
  readonly published: boolean;
  /** The server holds it back: the room does not want it (yet). */
  readonly held: boolean;
  /** Not sent for now, since the path out carries little more than speech. Comes back by itself. */
  readonly resting: boolean;
}

interface Desired {
  track: MediaStreamTrack;
  muted: boolean;
}

interface Published {
  producer: types.Producer;
  /** What the server was told last: true for a track that rests, too. */
  muted: boolean;
}

/** What publishing needs of a session. */
export type PublishingSession = Pick<MediaSession, 'admitted' | 'isClosed' | 'send' | 'ask'>;

/** Below the smallest encoding: nothing is sent. */
const NO_LAYER = -1;

const opusForVoice: types.ProducerCodecOptions = {
  opusFec: true,
  opusDtx: true,
  opusNack: true,
  opusStereo: false,
  opusMaxAverageBitrate: 40_000,
};
/** Sound of a film or a concert: no gaps in quiet passages, both channels. */
const opusForSound: types.ProducerCodecOptions = { opusNack: true, opusStereo: true, opusMaxAverageBitrate: 128_000 };

/** Of what the path out carries, and in the queues of routers that look at it (RFC 8837), a voice comes before every picture. */
const speechFirst: types.RtpEncodingParameters = { priority: 'high', networkPriority: 'high' };

/** What this browser sends: remembers what is meant and makes it so in every session. */
export class Publisher {
  private readonly desired = new Map<TrackSource, Desired>();
  private readonly published = new Map<TrackSource, Published>();
  /** By track id, as the server said it last: the word can come before the publication is through. */
  private readonly held = new Map<string, boolean>();
  /** By track id: the highest encoding that somebody wants. Like `held` it can come before the publication is through. */
  private readonly highest = new Map<string, number>();
  private readonly resting = new Set<TrackSource>();
  /** That pictures take in this session. */
  private path: RTCIceTransport | undefined;
  private session: PublishingSession | undefined;
  /**
   * Nothing is offered before the server would take it, nor right after a refusal: the call library does not wait for its
   * own undoing of what was refused, and an offer that meets it breaks the connection's description for good.
   */
  private admitted = false;
  private work: Promise<void> = Promise.resolve();

  /** `changed` is called at every change of `tracks`, `failed` when something meant could not be made so in a living session. */
  constructor(
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get tracks(): LocalTrack[] {
    return [...this.desired].map(([source, { track, muted }]) => {
      const published = this.published.get(source);
      const held = published !== undefined && (this.held.get(published.producer.id) ?? false);
      return { source, track, muted, published: published !== undefined, held, resting: this.resting.has(source) };
    });
  }

  producer(source: TrackSource): types.Producer | undefined {
    const producer = this.published.get(source)?.producer;
    return producer?.closed ? undefined : producer;
  }

  /** Publishes, or replaces the track of this source. The caller keeps the track and stops it. */
  async publish(source: TrackSource, track: MediaStreamTrack, muted: boolean): Promise<void> {
    this.desired.set(source, { track, muted });
    track.enabled = !muted;
    await this.align();
  }

  async unpublish(source: TrackSource): Promise<void> {
    this.desired.delete(source);
    await this.align();
  }

  /** Silence starts in this browser before the server hears of it, sound only when the server knows. */
  async setMuted(source: TrackSource, muted: boolean): Promise<void> {
    const desired = this.desired.get(source);
    if (!desired) return;
    desired.muted = muted;
    if (muted) desired.track.enabled = false;
    await this.align();
  }

  /** A new session begins with nothing published. */
  async attach(session: PublishingSession): Promise<void> {
    this.detach();
    this.session = session;
    this.admitted = session.admitted;
    await this.align();
  }

  detach(): void {
    this.session = undefined;
    this.admitted = false;
    this.published.clear();
    this.held.clear();
    this.highest.clear();
    this.resting.clear();
    this.changed();
  }

  /** Out of the lobby, or a while after a refusal: what is meant is published. */
  admit(): Promise<void> {
    this.admitted = true;
    return this.align();
  }

  setHeld(trackId: string, held: boolean): void {
    this.held.set(trackId, held);
    this.changed();
  }

  /**
   * Encodings above `highest` rest. One change at a time: the call library takes a wish for what it was before a change that is
   * still under way as done, and the encoding would rest for ever.
   */
  setHighestLayer(trackId: string, highest: number): Promise<void> {
    this.highest.set(trackId, highest);
    return this.align();
  }

  /**
   * The next picture is whole (WebRTC Extensions, RTCSetParameterOptions). A browser that can't be told so goes by the server's
   * request over RTCP, which is repeated a second later.
   */
  sendKeyFrame(trackId: string): Promise<void> {
    const run = this.work.then(async () => {
      const published = [...this.published.values()].find(({ producer }) => producer.id === trackId);
      const sender = published?.producer.rtpSender;
      if (!sender) return;
      const parameters = sender.getParameters();
      const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
      await sender.setParameters(parameters, { encodingOptions } as RTCSetParameterOptions);
    });
    this.work = run.catch(() => undefined);
    return this.work;
  }

  /** Published and meant to be seen or heard. */
  shows(source: TrackSource): boolean {
    return this.published.has(source) && this.desired.get(source)?.muted === false;
  }

  /** A picture that rests is sent by nobody and shown as paused to the others; its owner goes on to see it. */
  setResting(source: TrackSource, resting: boolean): Promise<void> {
    if (resting) this.resting.add(source);
    else this.resting.delete(source);
    return this.align();
  }

  /** One run at a time; each looks at what is meant by then. */
  private align(): Promise<void> {
    const run = this.work.then(() => this.alignAll());
    this.work = run.catch(() => undefined);
    return run;
  }

  private async alignAll(): Promise<void> {
    const { session } = this;
    if (!session || session.isClosed) return this.changed();
    try {
      for (const source of new Set([...this.published.keys(), ...this.desired.keys()]))
        await this.alignOne(session, source);
    } catch (error) {
      // Replaced under us: the next one aligns again.
      if (this.session !== session || session.isClosed) return;
      this.failed(error);
      throw error;
    } finally {
      this.changed();
    }
  }

  private async alignOne(session: PublishingSession, source: TrackSource): Promise<void> {
    const desired = this.desired.get(source);
    const known = this.published.get(source);
    if (known && (!desired || known.producer.closed)) await this.withdraw(session, source, known);
    if (!desired) return;
    const published = this.published.get(source);
    if (!published) return this.admitted ? this.produce(session, source, desired) : undefined;
    if (published.producer.track !== desired.track) await published.producer.replaceTrack({ track: desired.track });
    await this.alignMuted(session, source, published, desired);
    if (published.producer.kind === 'video') await this.alignLayers(source, published.producer);
  }

  private async alignLayers(source: TrackSource, producer: types.Producer): Promise<void> {
    const all = (producer.rtpParameters.encodings?.length ?? 1) - 1;
    const highest = this.resting.has(source) ? NO_LAYER : (this.highest.get(producer.id) ?? all);
    if (highest !== (producer.maxSpatialLayer ?? all)) await producer.setMaxSpatialLayer(highest);
  }

  private async produce(session: PublishingSession, source: TrackSource, desired: Desired): Promise<void> {
    const { track, muted } = desired;
    // It can't be sent any more; whoever has another one publishes that.
    if (track.readyState === 'ended') return void this.desired.delete(source);
    const trackId = crypto.randomUUID();
    const onHeld = (held: boolean) => void (this.held.has(trackId) || this.held.set(trackId, held));
    const appData: PublishData = { trackId, source, muted, onHeld };
    const options = { track, appData, stopTracks: false, ...sendOptions(source, track) };
    const producer = await session.send.produce(options).catch((error: unknown) => {
      this.admitted = false;
      throw error;
    });
    if (muted) producer.pause();
    this.published.set(source, { producer, muted });
    if (producer.kind === 'video') this.followPath(producer);
    // A device was unplugged, or sharing was stopped in the browser's own bar.
    producer.on('trackended', () => {
      if (this.desired.get(source)?.track === track) this.unpublish(source).catch(() => undefined);
    });
  }

  /**
   * A path that died took pictures along. They are asked for again, but all of them, and they go out no faster than the path
   * seems to carry after its death; what can be seen without them is there a second earlier.
   */
  private followPath({ rtpSender }: types.Producer): void {
    const path = rtpSender?.transport?.iceTransport;
    if (!path || path === this.path) return;
    this.path = path;
    path.addEventListener('selectedcandidatepairchange', () => {
      for (const { producer } of this.published.values())
        if (producer.kind === 'video') void this.sendKeyFrame(producer.id);
    });
  }

  private async withdraw(session: PublishingSession, source: TrackSource, { producer }: Published): Promise<void> {
    producer.close();
    await session.ask('closeProducer', { trackId: producer.id });
    this.published.delete(source);
  }

  private async alignMuted(
    session: PublishingSession,
    source: TrackSource,
    published: Published,
    desired: Desired,
  ): Promise<void> {
    const { producer } = published;
    const silent = desired.muted || this.resting.has(source);
    if (desired.muted && !producer.paused) producer.pause();
    if (published.muted !== silent) {
      await session.ask(silent ? 'pauseProducer' : 'resumeProducer', { trackId: producer.id });
      published.muted = silent;
    }
    // Muted again while the server answered: the next run tells it.
    if (!desired.muted) producer.resume();
  }
}

function sendOptions(source: TrackSource, track: MediaStreamTrack): types.ProducerOptions<types.AppData> {
  switch (source) {
    case 'mic':
      return { codecOptions: opusForVoice, encodings: [speechFirst] };
    case 'screen-audio':
      return { codecOptions: opusForSound };
    case 'camera':
      return { encodings: cameraEncodings(track.getSettings().height ?? 720) };
    case 'screen':
      return { encodings: screenEncodings() };
  }
}
