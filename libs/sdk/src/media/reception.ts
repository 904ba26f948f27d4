import type { Evidence } from './ladder.js';
import type { RemoteTrack } from './remote-track.js';
import type { MediaSession } from './session.js';
import { entries, number, selectedPair } from './stats.js';

/** Samples that were to be heard and those that were invented; packets that came and those that never did. */
interface Voice {
  readonly samples: number;
  readonly concealed: number;
  readonly came: number;
  readonly lost: number;
}

interface Picture {
  readonly decoded: number;
  readonly dropped: number;
  readonly lost: number;
  /** It is asked for. */
  readonly wanted: boolean;
}

/** Counters of one look, since the tracks began. */
export interface Reception {
  /** By track id, of voices that are not paused. */
  readonly voices: ReadonlyMap<string, Voice>;
  /** By track id. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** A voice of which less than this was to be heard (a fifth of a second) tells nothing. */
const SAMPLES_THAT_TELL = 9_600;
const FRAMES_THAT_TELL = 10;

/** What arrives, from one report for all tracks. */
export async function readReception(
  session: MediaSession,
  tracks: ReadonlyMap<string, RemoteTrack>,
): Promise<Reception> {
  const byMedia = new Map([...tracks.values()].map((track) => [track.media?.id, track]));
  const voices = new Map<string, Voice>();
  const pictures = new Map<string, Picture>();
  for (const entry of entries(await session.recv.getStats())) {
    const track = entry.type === 'inbound-rtp' && byMedia.get(String(entry['trackIdentifier']));
    if (!track || track.paused) continue;
    const count = (field: string) => number(entry[field]) ?? 0;
    if (track.kind === 'audio') {
      // Silence that stands in for silence is not heard.
      const concealed = count('concealedSamples') - count('silentConcealedSamples');
      const [samples, came, lost] = [count('totalSamplesReceived'), count('packetsReceived'), count('packetsLost')];
      voices.set(track.trackId, { samples, concealed, came, lost });
    } else {
      const [decoded, dropped] = [count('framesDecoded'), count('framesDropped')];
      pictures.set(track.trackId, { decoded, dropped, lost: count('packetsLost'), wanted: track.wanted });
    }
  }
  return { voices, pictures };
}

/** What happened between two looks. */
export function compare(
  before: Reception,
  after: Reception,
): Pick<Evidence, 'concealed' | 'missing' | 'dropped' | 'frozen'> {
  let worst = { concealed: 0, missing: 0 };
  for (const [trackId, now] of after.voices) {
    const then = before.voices.get(trackId);
    if (!then || now.samples - then.samples < SAMPLES_THAT_TELL) continue;
    const concealed = (now.concealed - then.concealed) / (now.samples - then.samples);
    // A packet that came after all is taken off the lost ones.
    const lost = Math.max(0, now.lost - then.lost);
    if (concealed > worst.concealed) worst = { concealed, missing: lost && lost / (lost + now.came - then.came) };
  }
  let dropped = 0;
  let frames = 0;
  for (const [trackId, now] of after.pictures) {
    const then = before.pictures.get(trackId);
    // Frames that miss packets are dropped, too; that is the network's doing.
    if (!then || now.lost > then.lost) continue;
    dropped += now.dropped - then.dropped;
    frames += now.decoded - then.decoded + now.dropped - then.dropped;
  }
  return { ...worst, dropped: frames < FRAMES_THAT_TELL ? 0 : dropped / frames, frozen: isFrozen(before, after) };
}

/** Of the pictures that are asked for, none moved. One that was just woken counts, too: it would have begun by now. */
function isFrozen(before: Reception, after: Reception): boolean {
  const grown = [...after.pictures].flatMap(([trackId, now]) => {
    const then = before.pictures.get(trackId);
    return then && now.wanted ? [now.decoded - then.decoded] : [];
  });
  return grown.length > 0 && grown.every((frames) => frames === 0);
}

/** The way out. */
export interface Sending {
  /** What the path to the server carries as the browser estimates it, bit/s; null when it does not say. */
  readonly available: number | null;
  /** The camera's encoder is short of processor time. */
  readonly encoderLimited: boolean;
}

export async function readSending(session: MediaSession): Promise<Sending> {
  const report = entries(await session.send.getStats());
  return {
    available: number(selectedPair(report)?.['availableOutgoingBitrate']),
    encoderLimited: report.some((entry) => entry['qualityLimitationReason'] === 'cpu'),
  };
}
