import type { CommandPayload, CommandType, Problem, RoomEvent } from '@lyceum/contracts';
import type { LadderView, LocalTrack, MediaState, RemoteView, RoomMediaClient } from '@lyceum/sdk/media';
import type { LyceumApi } from '@lyceum/sdk/rest';
import { RoomClient, RoomError, type RoomView } from '@lyceum/sdk/room';
import type { DeviceNews, DeviceState, LocalMediaView } from '../model.js';
import { LocalMedia } from './localMedia.js';
import { MutedSpeech } from './mutedSpeech.js';
import { QualityWatch, type Quality } from './quality.js';
import { ScreenShare, type Sharing } from './screenShare.js';
import { Sending } from './sending.js';
import { Store } from './store.js';

/** Everything the pages of a room are drawn from. Immutable, the same object until something changed. */
export interface EngineView {
  readonly room: RoomView;
  readonly local: LocalMediaView;
  readonly media: MediaState;
  readonly remote: readonly RemoteView[];
  readonly published: readonly LocalTrack[];
  readonly speaker: string | null;
  readonly quality: Quality | null;
  /** What of the others is held back, and why; null while everything comes. */
  readonly ladder: LadderView | null;
  /** Muted, and talking all the same. */
  readonly talkingMuted: boolean;
  readonly relayed: boolean;
  readonly sharing: Sharing;
  /** The click on Join happened; also while the class isn't open yet. */
  readonly joining: boolean;
  readonly left: boolean;
}

/** What a visit asks over HTTP. */
export type SeatApi = Pick<LyceumApi, 'tenant' | 'join'>;

/** What a reader should be told of. */
export type Trouble = Problem | DeviceNews | 'muted' | 'share';

/** Left, sent away, or the class ended: nothing of this visit comes back. */
export const isOver = ({ room, left }: Pick<EngineView, 'room' | 'left'>): boolean =>
  left || room.connection === 'closed' || room.you?.status === 'gone';

/** Credentials for the relay live an hour; ones older than this are fetched anew for a new connection. */
const CREDENTIALS_MS = 30 * 60_000;

/** One visit to a room: its socket, its media, the reader's devices, and what is meant by them. */
export class RoomEngine {
  private readonly client: RoomClient;
  private readonly local = new LocalMedia({
    send: () => this.settleDevices(),
    tell: (news) => this.options.trouble(news),
  });
  private readonly mutedSpeech = new MutedSpeech((talkingMuted) => this.store.set({ talkingMuted }));
  private readonly store: Store<EngineView>;
  private readonly share = new ScreenShare({
    media: () => this.media,
    allowed: (screen) => this.say('media.set', { screen }),
    changed: (sharing) => this.store.set({ sharing }),
    refused: () => this.options.trouble('share'),
  });
  private readonly sending = new Sending({
    media: () => this.media,
    local: () => this.local.snapshot(),
    wanted: () => this.snapshot().joining || this.snapshot().room.you?.status === 'present',
  });
  private readonly quality = new QualityWatch(({ quality, relayed }) => {
    const now = this.snapshot();
    if (now.quality !== quality || now.relayed !== relayed) this.store.set({ quality, relayed });
  });
  private media: RoomMediaClient | undefined;
  private credentialsAt = 0;
  readonly snapshot: () => EngineView;
  readonly subscribe: (listener: () => void) => () => void;

  constructor(
    private readonly options: {
      api: SeatApi;
      sessionId: string;
      trouble: (trouble: Trouble) => void;
    },
  ) {
    const { api, sessionId } = options;
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/t/${encodeURIComponent(api.tenant)}/rt`;
    this.client = new RoomClient({
      url,
      join: () => {
        this.credentialsAt = Date.now();
        return api.join(sessionId);
      },
    });
    this.store = new Store<EngineView>({
      room: this.client.snapshot(),
      local: this.local.snapshot(),
      media: 'idle',
      remote: [],
      published: [],
      speaker: null,
      quality: null,
      ladder: null,
      talkingMuted: false,
      relayed: false,
      sharing: 'off',
      joining: false,
      left: false,
    });
    this.snapshot = this.store.snapshot;
    this.subscribe = this.store.subscribe;
  }

  /** Devices first, since people look at themselves first; `connect` also opens the room's socket and prepares media. */
  start(connect: boolean): void {
    this.local.subscribe(() => this.store.set({ local: this.local.snapshot() }));
    void this.local.start();
    if (connect) this.connect();
  }

  private connected = false;

  connect(): void {
    if (this.connected) return;
    this.connected = true;
    this.client.subscribe(() => this.roomChanged());
    this.client.onEvents((events) => this.heard(events));
    this.client.connect();
    // The call library is large: it comes while the page is already being used.
    void import('@lyceum/sdk/media').then(({ RoomMediaClient }) => this.useMedia(RoomMediaClient));
  }

  /** The click. The room and the media are told at once; the server turns the tracks on when the seat is taken. */
  join(): void {
    this.connect();
    this.store.set({ joining: true });
    const { mic, camera } = this.local.snapshot();
    const wanted = { mic: mic === 'on' || mic === 'starting', camera: camera === 'on' || camera === 'starting' };
    void this.sending.align();
    this.client.send('participant.join', wanted).catch((error: unknown) => {
      const waits = error instanceof RoomError && error.code === 'ROOM.NOT_OPEN';
      // `joining` stays: the event that opens the room sends us in.
      if (waits) return;
      this.store.set({ joining: false });
      this.tell(error);
    });
  }

  /** Off is silent at once; on counts only when there is a microphone. */
  async setMic(on: boolean): Promise<void> {
    await this.local.setMic(on);
    await this.say('media.set', { mic: this.local.snapshot().mic === 'on' });
  }

  async setCamera(on: boolean): Promise<void> {
    await this.local.setCamera(on);
    await this.say('media.set', { camera: this.local.snapshot().camera === 'on' });
  }

  async setShare(on: boolean): Promise<void> {
    await (on ? this.share.start() : this.share.stop(true));
  }

  devices(): LocalMedia {
    return this.local;
  }

  dismissTalkingMuted(): void {
    this.mutedSpeech.dismiss();
  }

  /** Says a command; true when the room took it. Refusals are told to the reader. */
  async say<T extends CommandType>(type: T, payload: CommandPayload<T>): Promise<boolean> {
    if (this.snapshot().room.you?.status !== 'present') return false;
    try {
      await this.client.send(type, payload);
      return true;
    } catch (error) {
      this.tell(error);
      return false;
    }
  }

  watch(trackId: string, size: { height: number; visible: boolean }): void {
    this.media
      ?.resize(trackId, size.visible && size.height > 0 ? { height: size.height } : null)
      .catch(() => undefined);
  }

  /** Gives the seat up and closes everything. */
  async leave(): Promise<void> {
    this.store.set({ left: true });
    await Promise.race([this.say('participant.leave', {}), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    this.close();
  }

  close(): void {
    this.release();
    this.client.close();
  }

  /** Camera and microphone are off, and nothing is sent or received any more. */
  private release(): void {
    this.quality.stop();
    this.share.release();
    this.sending.release();
    this.mutedSpeech.listenTo(null);
    this.local.stop();
    this.media?.close();
  }

  private useMedia(Client: typeof RoomMediaClient): void {
    if (isOver(this.snapshot())) return;
    const media = new Client({
      negotiate: (payload) => this.client.media(payload),
      onEvent: (listener) => this.client.onMediaEvent((payload) => listener(payload)),
      iceServers: () => this.iceServers(),
    });
    this.media = media;
    const remote = () => this.store.set({ remote: [...media.tracks.values()] });
    media.on('state', (state) => this.store.set({ media: state }));
    media.on('track-added', remote);
    media.on('track-changed', remote);
    media.on('track-removed', remote);
    media.on('local', (published) => this.store.set({ published }));
    media.on('silent', () => this.client.check());
    media.on('back', () => this.client.check());
    media.on('speaker', (speaker) => this.store.set({ speaker }));
    media.subscribe(() => {
      const { ladder } = media.snapshot();
      if (ladder !== this.snapshot().ladder) this.store.set({ ladder });
    });
    void media.prepare();
    void this.sending.align();
    this.quality.start(media);
  }

  private async iceServers(): Promise<RTCIceServer[]> {
    if (Date.now() - this.credentialsAt > CREDENTIALS_MS) {
      this.credentialsAt = Date.now();
      const fresh = await this.options.api.join(this.options.sessionId).catch(() => null);
      if (fresh) return fresh.iceServers;
    }
    return this.client.snapshot().seat?.iceServers ?? [];
  }

  private roomChanged(): void {
    const before = this.snapshot();
    const room = this.client.snapshot();
    this.store.set({ room });
    // Not only when the reader leaves: whoever reads that the class is over must not be filmed meanwhile.
    if (isOver(this.snapshot())) return this.release();
    const back = before.room.connection === 'reconnecting' && room.connection === 'open';
    if (back) void this.media?.resync();
    const present = room.you?.status === 'present';
    if (present && before.room.you?.status !== 'present') void this.settleDevices();
    const opened = before.room.you !== null && before.room.state.openedAt === null && room.state.openedAt !== null;
    if (opened && before.joining && room.you?.status === 'prepared') this.join();
  }

  /** After every change of devices or seat: sends, and takes back what was promised for a device that is not there. */
  private async settleDevices(): Promise<void> {
    const sent = this.sending.align();
    const { room, local } = this.snapshot();
    const present = room.you?.status === 'present';
    this.mutedSpeech.listenTo(present && local.mic === 'off' ? local.micTrack : null);
    const promised = room.you && room.state.seats[room.you.participantId]?.media;
    const without = (state: DeviceState) => state === 'blocked' || state === 'missing';
    if (promised?.mic && without(local.mic)) void this.say('media.set', { mic: false });
    if (promised?.camera && without(local.camera)) void this.say('media.set', { camera: false });
    await sent;
  }

  /** What somebody else did to us: a host muted us, or stopped our video or our share. */
  private heard(events: readonly RoomEvent[]): void {
    const self = this.snapshot().room.you?.participantId;
    for (const event of events) {
      if (event.type !== 'media.changed' || event.payload.participantId !== self || event.actor === self) continue;
      const { mic, camera, screen } = event.payload.media;
      const now = this.snapshot();
      // Also one that is just being switched or opened.
      if (!mic && (now.local.mic === 'on' || now.local.mic === 'starting')) {
        void this.local.setMic(false, false);
        this.options.trouble('muted');
      }
      if (!camera && (now.local.camera === 'on' || now.local.camera === 'starting')) {
        void this.local.setCamera(false, false);
      }
      if (!screen && now.sharing === 'on') void this.share.stop(false);
    }
  }

  private tell(error: unknown): void {
    if (error instanceof RoomError && !error.code.startsWith('CLIENT.')) this.options.trouble(error.problem);
  }
}
