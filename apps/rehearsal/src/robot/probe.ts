/** One decoded picture of a robot: who is in it, its frame number, and when the viewer's page presented it (epoch ms). */
export interface FrameSample {
  readonly at: number;
  readonly person: number;
  readonly frame: number;
}

export interface VideoReading {
  readonly participantId: string;
  readonly source: string;
  readonly firstFrameAt: number;
  readonly frames: number;
  readonly width: number;
  /** Frames presented in each second after the first frame. */
  readonly perSecond: readonly number[];
  readonly samples: readonly FrameSample[];
}

/** The start of a tone pulse as heard through one of the page's audio elements (epoch ms, to 11 ms). */
export interface Pulse {
  readonly at: number;
  readonly person: number;
}

export interface ProbeReadings {
  /** Other people's pictures; one's own preview is left out. */
  readonly videos: readonly VideoReading[];
  readonly pulses: readonly Pulse[];
  /** Chat messages by when they first stood in the page. */
  readonly messages: readonly { readonly at: number; readonly text: string }[];
  readonly clicks: readonly { readonly at: number; readonly name: string }[];
  readonly openedAt: number;
  /** Devices whose light is on. */
  readonly capturing: readonly string[];
}

export interface ProbeSettings {
  readonly bits: number;
  readonly bandShare: number;
  readonly frameSpan: number;
  readonly tones: readonly number[];
  readonly loopFrames: number;
  /** Ears listen, and eyes look for movement, this often. */
  readonly tickMs: number;
  /** Pause between looks at a picture: reading pixels costs a page without a GPU more than showing them. */
  readonly lookEveryMs: number;
  /** Moments of motion kept per picture; the older half goes first. */
  readonly motionKept: number;
}

/** Moments (epoch ms, at most 50 ms late) at which pictures of one person's camera or screen moved in the page. */
export interface Motion {
  readonly participantId: string;
  readonly source: string;
  /** Whom the pictures show; null while no picture could be read. */
  readonly person: number | null;
  readonly moments: readonly number[];
}

export interface Probe {
  read(): ProbeReadings;
  /** Motion since `from` (epoch ms) of every picture the page ever showed. */
  motion(from: number): readonly Motion[];
}

declare global {
  interface Window {
    lyceumProbe: Probe;
  }
}

/**
 * Runs in the page before the portal does; looks only at what a person could see, hear and click.
 * Serialised by the browser driver, so it may refer to nothing outside itself.
 */
export function installProbe(settings: ProbeSettings): void {
  const epoch = (t: number) => performance.timeOrigin + t;
  const videos = new Map<HTMLVideoElement, VideoReading & { perSecond: number[]; samples: FrameSample[] }>();
  const past: VideoReading[] = [];
  const pulses: Pulse[] = [];
  const clicks: { at: number; name: string }[] = [];
  const messages: { at: number; text: string }[] = [];
  const seen = new Set<string>();
  /** By participant and source: someone who moves between stage and filmstrip has several elements, one after the other. */
  const moved = new Map<string, Motion & { person: number | null; moments: number[] }>();
  const shown = new WeakMap<HTMLVideoElement, number>();

  /** The code in the picture's band: brightness along two of its rows, since a canvas would convert and scale all of them. */
  async function readPicture(video: HTMLVideoElement): Promise<number> {
    const picture = new VideoFrame(video);
    try {
      const middle = (picture.displayHeight * settings.bandShare) / 2;
      // Colours are subsampled, so a cut-out begins and ends at even places.
      const rect = { x: 0, y: middle & ~1, width: picture.displayWidth & ~1, height: 2 };
      // Brightness comes first in every format that a decoder gives out.
      const pixels = new Uint8Array(picture.allocationSize({ rect }));
      const [plane] = await picture.copyTo(pixels, { rect });
      const row = plane?.offset ?? 0;
      const square = rect.width / settings.bits;
      let code = 0;
      for (let bit = 0; bit < settings.bits; bit++)
        if ((pixels[row + Math.round((bit + 0.5) * square)] ?? 0) > 127) code |= 1 << bit;
      return code;
    } finally {
      picture.close();
    }
  }

  function sample(samples: FrameSample[], at: number, code: number): void {
    const frame = code % settings.frameSpan;
    if (frame < settings.loopFrames) samples.push({ at, person: Math.floor(code / settings.frameSpan), frame });
  }

  function watchVideo(video: HTMLVideoElement): void {
    const reading = {
      participantId: video.dataset.participantId ?? '',
      source: video.dataset.source ?? '',
      firstFrameAt: 0,
      frames: 0,
      width: 0,
      perSecond: [] as number[],
      samples: [] as FrameSample[],
    };
    videos.set(video, reading);
    // An element may be given somebody else's picture; then a reading of its own begins.
    const current = () => video.isConnected && videos.get(video) === reading;
    let counted = 0;
    const count = () => {
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      const more = Math.max(0, totalVideoFrames - counted);
      counted = totalVideoFrames;
      reading.frames += more;
      return more;
    };
    const shownFirst = (at: number) => {
      if (reading.firstFrameAt) return;
      reading.firstFrameAt = at;
      const everySecond = setInterval(() => {
        if (current()) reading.perSecond.push(count());
        else clearInterval(everySecond);
      }, 1000);
      count();
    };
    const look: VideoFrameRequestCallback = (now) => {
      const at = epoch(now);
      shownFirst(at);
      reading.width = video.videoWidth;
      void readPicture(video).then(
        (code) => sample(reading.samples, at, code),
        () => undefined, // The picture went away meanwhile.
      );
      setTimeout(() => current() && video.requestVideoFrameCallback(look), settings.lookEveryMs);
    };
    // An element that comes into the page with a picture in it shows that, whenever the next one comes.
    requestAnimationFrame(() => {
      if (current() && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) shownFirst(epoch(performance.now()));
    });
    video.requestVideoFrameCallback(look);
  }

  /** Notes whether the picture moved since the last look. Counting costs nothing, where a callback per frame would. */
  function noteMotion(video: HTMLVideoElement, reading: VideoReading): void {
    const { totalVideoFrames } = video.getVideoPlaybackQuality();
    const before = shown.get(video) ?? 0;
    shown.set(video, totalVideoFrames);
    if (totalVideoFrames === before) return;
    const { participantId, source } = reading;
    const key = `${participantId}/${source}`;
    const motion = moved.get(key) ?? { participantId, source, person: null, moments: [] };
    moved.set(key, motion);
    motion.person = reading.samples.at(-1)?.person ?? motion.person;
    motion.moments.push(epoch(performance.now()));
    if (motion.moments.length > settings.motionKept) motion.moments.splice(0, settings.motionKept / 2);
  }

  const captured: MediaStreamTrack[] = [];
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) {
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await ask(constraints);
      captured.push(...stream.getTracks());
      return stream;
    };
  }

  let audio: AudioContext | undefined;
  const listened = new WeakMap<HTMLMediaElement, MediaStreamTrack>();
  const ears: { analyser: AnalyserNode; element: HTMLMediaElement; heardOf: number[] }[] = [];
  const samplesPerMs = 48;
  /** A third of a second: a page that is woken late still hears what sounded meanwhile, and when. */
  const sound = new Float32Array(16_384);
  /** Samples (11 ms) that are searched for tones together. */
  const windowLength = 512;
  /** A quieter tone is none, and a quieter window isn't searched. */
  const loud = 0.02;
  let listenedUntil = 0;

  function listen(element: HTMLMediaElement): void {
    if (!(element.srcObject instanceof MediaStream) || element.muted) return;
    const [track] = element.srcObject.getAudioTracks();
    if (!track || listened.get(element) === track) return;
    listened.set(element, track);
    // A context that plays nowhere: one more output stream costs a machine without a sound card more than the listening.
    audio ??= new AudioContext({
      sampleRate: samplesPerMs * 1000,
      sinkId: { type: 'none' },
    } as AudioContextOptions);
    const analyser = audio.createAnalyser();
    analyser.fftSize = sound.length;
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    ears.push({ analyser, element, heardOf: settings.tones.map(() => 0) });
  }

  /** Goertzel's magnitude of one frequency in a window, 0…1. */
  function magnitude(samples: Float32Array, frequency: number): number {
    const k = 2 * Math.cos((2 * Math.PI * frequency) / (samplesPerMs * 1000));
    let [a, b] = [0, 0];
    for (const sample of samples) [a, b] = [sample + k * a - b, a];
    return (2 * Math.sqrt(Math.max(0, a * a + b * b - k * a * b))) / samples.length;
  }

  function hear(): void {
    const now = epoch(performance.now());
    const windows = Math.ceil(((now - listenedUntil) * samplesPerMs) / windowLength);
    const begin = Math.max(0, sound.length - windows * windowLength);
    listenedUntil = now;
    for (const ear of ears) {
      if (!ear.element.isConnected || ear.element.muted) continue;
      ear.analyser.getFloatTimeDomainData(sound);
      for (let from = begin; from < sound.length; from += windowLength) {
        const window = sound.subarray(from, from + windowLength);
        if (!window.some((sample) => Math.abs(sample) > loud)) continue;
        const at = now - (sound.length - from) / samplesPerMs;
        const levels = settings.tones.map((tone) => magnitude(window, tone));
        const loudest = Math.max(...levels);
        const person = levels.indexOf(loudest);
        if (loudest <= loud) continue;
        if (at - (ear.heardOf[person] ?? 0) > 300) pulses.push({ at, person });
        ear.heardOf[person] = at;
      }
    }
  }

  document.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button, a') : null;
      if (button)
        clicks.push({ at: epoch(event.timeStamp), name: button.getAttribute('aria-label') ?? button.textContent });
    },
    true,
  );

  new MutationObserver(() => {
    for (const message of document.querySelectorAll<HTMLElement>('[data-message-id]')) {
      const id = message.dataset.messageId ?? '';
      if (seen.has(id)) continue;
      seen.add(id);
      messages.push({ at: epoch(performance.now()), text: message.textContent });
    }
    scan();
  }).observe(document, { subtree: true, childList: true });

  // Collections that stay true by themselves: asking the page anew twenty times a second would cost it more than a picture.
  const shownVideos = document.getElementsByTagName('video');
  const sounding = document.getElementsByTagName('audio');

  function scan(): void {
    for (const [video, reading] of videos) {
      if (video.isConnected && video.dataset.participantId === reading.participantId) {
        noteMotion(video, reading);
        continue;
      }
      past.push(reading);
      videos.delete(video);
    }
    for (const video of shownVideos) {
      const { participantId, local } = video.dataset;
      if (participantId !== undefined && local === undefined && !videos.has(video)) watchVideo(video);
      listen(video);
    }
    for (const audio of sounding) listen(audio);
  }

  // One timer for ears and eyes: on a small machine each wake-up of a page counts.
  setInterval(() => {
    hear();
    scan();
  }, settings.tickMs);

  window.lyceumProbe = {
    read: () => ({
      videos: [...past, ...videos.values()].filter((video) => video.frames > 0),
      pulses,
      messages,
      clicks,
      openedAt: performance.timeOrigin,
      capturing: captured.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind),
    }),
    motion: (from) =>
      [...moved.values()].map((motion) => ({ ...motion, moments: motion.moments.filter((at) => at >= from) })),
  };
}
