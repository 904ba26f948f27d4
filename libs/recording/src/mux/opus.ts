/** Opus always counts in 48 kHz samples, whatever was captured (RFC 7587 §4.1). */
export const OPUS_RATE = 48_000;
/** 2.5 ms, the shortest frame Opus has. */
export const OPUS_STEP = 120;

/** Samples a frame by TOC configuration (RFC 6716 §3.1, table 2): SILK, hybrid, CELT. */
function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3] ?? 960;
  if (config < 16) return config & 1 ? 960 : 480;
  return OPUS_STEP << (config & 3);
}

/** Samples that a packet decodes to (RFC 6716 §3.2); 0 for one that breaks the rules. */
export function opusSamples(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined) return 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  return frames * frameSamples(toc >> 3);
}

const CELT_FULLBAND = 28;
const SILENT_FRAME = [0xff, 0xfe];

/**
 * Packets of digital silence that last `samples`, rounded down to 2.5 ms: full-band CELT frames, up to 100 ms in one packet
 * (code 3, constant bit rate) so that a muted hour costs little.
 */
export function opusSilence(samples: number, stereo: boolean): { data: Uint8Array; samples: number }[] {
  const out: { data: Uint8Array; samples: number }[] = [];
  let left = samples;
  for (let size = 3; size >= 0; size--) {
    const frame = OPUS_STEP << size;
    while (left >= frame) {
      const frames = Math.min(5, Math.floor(left / frame));
      out.push({ data: silentPacket(size, frames, stereo), samples: frames * frame });
      left -= frames * frame;
    }
  }
  return out;
}

function silentPacket(size: number, frames: number, stereo: boolean): Uint8Array {
  const toc = ((CELT_FULLBAND + size) << 3) | (stereo ? 4 : 0);
  if (frames === 1) return Uint8Array.from([toc, ...SILENT_FRAME]);
  const body = Array.from({ length: frames }, () => SILENT_FRAME).flat();
  return Uint8Array.from([toc | 3, frames, ...body]);
}

/** Identification header for WebM's CodecPrivate (RFC 7845 §5.1). No pre-skip: a stream cut from a live one has none to drop. */
export function opusHead(channels: number): Uint8Array {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(channels, 9);
  head.writeUInt32LE(OPUS_RATE, 12);
  return head;
}
