import { OPUS_RATE, OPUS_STEP, opusSamples, opusSilence } from './opus.js';

export interface AudioPacket {
  readonly data: Uint8Array;
  /** Since the segment's start, seconds. */
  readonly timestamp: number;
  readonly duration: number;
}

/** A difference that speech without a gap may carry on with; beyond it silence is put in or a packet left out. */
const DRIFT_SAMPLES = (20 * OPUS_RATE) / 1000;
/** After a gap the place is chosen anew, but a packet that comes this little too early is not worth losing. */
const EARLY_SAMPLES = (10 * OPUS_RATE) / 1000;

/**
 * Lays the packets of one Opus stream end to end. Players play sound by counting samples and mind time stamps little, so
 * every moment from the segment's start on is either a packet or silence: a gap of mute, DTX or loss is filled, to 2.5 ms.
 */
export class AudioLane {
  /** Samples laid since the start. */
  private end = 0;
  private startMs: number | null = null;
  private nextRtp: number | null = null;

  constructor(private readonly stereo: boolean) {}

  /** Server time (ms) of the segment's first sample; null before it. */
  get start(): number | null {
    return this.startMs;
  }

  get durationMs(): number {
    return (this.end * 1000) / OPUS_RATE;
  }

  /**
   * @param rtp unwrapped RTP time stamp
   * @param capturedMs server time of capture
   */
  add(payload: Uint8Array, rtp: number, capturedMs: number): AudioPacket[] {
    const samples = opusSamples(payload);
    if (samples === 0) return [];
    this.startMs ??= capturedMs;
    const behind = Math.round(((capturedMs - this.startMs) * OPUS_RATE) / 1000) - this.end;
    const follows = this.nextRtp === rtp;
    this.nextRtp = rtp + samples;
    if (behind < -(follows ? DRIFT_SAMPLES : EARLY_SAMPLES)) return [];
    const out = behind > (follows ? DRIFT_SAMPLES : OPUS_STEP - 1) ? this.fill(behind) : [];
    out.push(this.lay(payload, samples));
    return out;
  }

  /** Fills with silence up to a moment (server time, ms) for which nothing can come any more. */
  advance(toMs: number): AudioPacket[] {
    if (this.startMs === null) return [];
    const behind = Math.floor(((toMs - this.startMs) * OPUS_RATE) / 1000) - this.end;
    // Whole 100 ms packets only: what is left over joins the next filling.
    const whole = behind - (behind % (OPUS_RATE / 10));
    return whole > 0 ? this.fill(whole) : [];
  }

  private fill(samples: number): AudioPacket[] {
    return opusSilence(samples, this.stereo).map((silence) => this.lay(silence.data, silence.samples));
  }

  private lay(data: Uint8Array, samples: number): AudioPacket {
    const packet = { data, timestamp: this.end / OPUS_RATE, duration: samples / OPUS_RATE };
    this.end += samples;
    return packet;
  }
}
