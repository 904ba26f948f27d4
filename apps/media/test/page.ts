import { RoomMediaClient, type RemoteTrack } from '@lyceum/sdk/media';

/** Runs in Chromium: one participant, whose socket to the harness stands in for the room's. */

interface Answer {
  id?: number;
  payload?: unknown;
  problem?: { code: string };
  event?: unknown;
}

const query = new URLSearchParams(location.search);
const socket = new WebSocket(`ws://${location.host}/socket?participant=${query.get('participant')}`);
const waiting = new Map<number, { resolve: (payload: unknown) => void; reject: (error: Error) => void }>();
const listeners = new Set<(payload: unknown) => void>();
let last = 0;

socket.onmessage = ({ data }) => {
  const { id, payload, problem, event } = JSON.parse(String(data)) as Answer;
  if (event !== undefined) return listeners.forEach((listener) => listener(event));
  const request = id === undefined ? undefined : waiting.get(id);
  if (problem) request?.reject(Object.assign(new Error(problem.code), { code: problem.code }));
  else request?.resolve(payload);
};

const opened = new Promise((resolve) => (socket.onopen = resolve));

const room = new RoomMediaClient({
  async negotiate(payload) {
    await opened;
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, payload }));
    });
  },
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  iceServers: () => JSON.parse(query.get('ice') ?? '[]') as RTCIceServer[],
  forceRelay: query.get('relay') === '1',
});

const log: string[] = [];
const firstFrames: Record<string, number> = {};
let levels: Readonly<Record<string, number>> = {};
let speaker: string | null = null;
let ephemeral: unknown = null;
const heard: Record<string, number> = {};
let pictures = 0;
let lastFrameAt = performance.now();
let longestGap = 0;

/** Notes every frame of every picture, whichever element shows it. */
function watchFrames(element: HTMLVideoElement): void {
  const now = performance.now();
  longestGap = Math.max(longestGap, now - lastFrameAt);
  lastFrameAt = now;
  if (element.isConnected) element.requestVideoFrameCallback(() => watchFrames(element));
}

function show(track: RemoteTrack): void {
  if (!track.media || document.getElementById(track.trackId)) return;
  const element = document.createElement(track.kind === 'video' ? 'video' : 'audio');
  element.id = track.trackId;
  element.autoplay = true;
  element.srcObject = new MediaStream([track.media]);
  if (element instanceof HTMLVideoElement) {
    pictures += 1;
    element.requestVideoFrameCallback(() => {
      firstFrames[track.participantId] ??= performance.now();
      watchFrames(element);
    });
  }
  document.body.append(element);
}

room.on('track-added', (track) => log.push(`added ${track.source}`));
room.on('track-changed', show);
room.on('track-removed', (track) => {
  log.push(`removed ${track.source}`);
  document.getElementById(track.trackId)?.remove();
});
room.on('state', (state) => log.push(state));
room.on('closed', (reason) => log.push(`closed ${reason}`));
room.on('trouble', (error) => log.push(`trouble ${String(error)}`));
room.on('speaker', (participantId) => (speaker = participantId));
room.on('ephemeral', (message) => (ephemeral = message));
room.on('levels', (now) => {
  levels = now;
  for (const participantId of Object.keys(now)) heard[participantId] = (heard[participantId] ?? 0) + 1;
});

/** A tone that swells and fades as syllables do. Chromium's own fake microphone beeps for 20 ms, which is not what people say. */
function voice(): MediaStreamTrack {
  const silentOutput: AudioContextOptions & { sinkId: object } = { sinkId: { type: 'none' } };
  const audio = new AudioContext(silentOutput);
  const [tone, syllables, loudness] = [audio.createOscillator(), audio.createOscillator(), audio.createGain()];
  const out = audio.createMediaStreamDestination();
  tone.frequency.value = 220;
  syllables.frequency.value = 4;
  loudness.gain.value = 0.2;
  const depth = audio.createGain();
  depth.gain.value = 0.1;
  syllables.connect(depth).connect(loudness.gain);
  tone.connect(loudness).connect(out);
  tone.start();
  syllables.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('a destination has a track');
  return track;
}

const harness = {
  room,
  log,
  firstFrames,
  async publish(width: number, height: number): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width, height, frameRate: 20 } });
    const [camera] = stream.getVideoTracks();
    await Promise.all([room.publish('mic', voice()), camera && room.publish('camera', camera)]);
  },
  /** A drawing that changes, instead of a screen: no dialog. */
  async shareCanvas(): Promise<void> {
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    document.body.append(canvas);
    const pen = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      pen?.clearRect(0, 0, 1280, 720);
      pen?.fillText(String((turn += 1)), 100, 100);
    }, 200);
    const [track] = canvas.captureStream(5).getVideoTracks();
    if (track) await room.publish('screen', track);
  },
  remote: () =>
    [...room.tracks.values()].map(({ trackId, participantId, source, priority, paused, resting, media }) => ({
      trackId,
      participantId,
      source,
      priority,
      paused,
      resting,
      attached: media !== null,
    })),
  local: () =>
    room.local.map(({ source, muted, published, held, resting }) => ({ source, muted, published, held, resting })),
  /** Samples of the first voice that were played, and those that had to be invented, silence left out. */
  async sound(): Promise<{ samples: number; concealed: number }> {
    const voice = [...room.tracks.values()].find(({ source }) => source === 'mic');
    const report = (await voice?.attached?.getStats())?.values() as Iterable<Record<string, unknown>> | undefined;
    const inbound = [...(report ?? [])].find(({ type }) => type === 'inbound-rtp');
    const count = (field: string) => Number(inbound?.[field] ?? 0);
    return {
      samples: count('totalSamplesReceived'),
      concealed: count('concealedSamples') - count('silentConcealedSamples'),
    };
  },
  /** As if the server had said it. */
  hear: (event: unknown) => listeners.forEach((listener) => listener(event)),
  restartIce: () => room.restartIce(),
  hearing: () => ({ levels, speaker, ephemeral, heard: { ...heard } }),
  now: () => performance.now(),
  /** Pictures that began since the page was opened: each new publication is one. */
  tracksSeen: () => pictures,
  watchGap: () => (longestGap = 0),
  /** The longest time without a frame of anyone since `watchGap`, ms. */
  longestGap: () => longestGap,
};
export type Harness = typeof harness;
Object.assign(window, { harness });
