import { ALL_FORMATS, BufferSource, Input, EncodedPacketSink } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import type { JournalRecord, TrackFormat } from '../journal/records.js';
import { opusFormat, opusFrame, rtpPacket, senderReport, vp8Format, vp8Payload } from '../testing/synthetic-rtp.js';
import { SegmentMuxer } from './segment-muxer.js';

const T0 = 1_800_000_000_000;
/** The imaginary worker's clock is hours away from ours. */
const WORKER = -9_876_543;
const sr = (ssrc: number, at: number, rtpTimestamp: number): JournalRecord =>
  senderReport({ at: at + 1, ssrc, workerMs: at + WORKER, rtpTimestamp });

async function mux(format: TrackFormat, records: JournalRecord[]) {
  const muxer = new SegmentMuxer(format);
  const parts = [];
  for (const record of records.toSorted((a, b) => a.at - b.at)) {
    await muxer.push(record);
    parts.push(...muxer.take());
  }
  const end = await muxer.finish();
  if (!end) throw new Error('nothing playable');
  parts.push(...end.parts);
  const bytes = Buffer.alloc(Math.max(...parts.map((part) => part.offset + part.data.length)), 0xee);
  for (const part of parts) part.data.copy(bytes, part.offset);
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = (await input.getTracks())[0];
  if (!track) throw new Error('no track');
  const packets = [];
  for await (const packet of new EncodedPacketSink(track as never).packets()) packets.push(packet);
  const covered = parts.reduce((sum, part) => sum + part.data.length, 0);
  return { segment: end.segment, bytes, covered, packets, duration: await input.computeDuration() };
}

/** Captures of one microphone: packet `i` is captured at `T0 + 20 i`, arrives `delay(i)` later. */
function speech(
  indices: number[],
  options: { base?: number; delay?: (i: number) => number; reportFrom?: number } = {},
) {
  const { base = 4_294_960_000, delay = () => 30, reportFrom = 0 } = options;
  const records: JournalRecord[] = indices.map((i, n) => ({
    kind: 'rtp',
    at: T0 + 20 * i + delay(i),
    packet: rtpPacket({
      payloadType: 100,
      sequence: 65_500 + n,
      timestamp: base + 960 * i,
      ssrc: 11,
      payload: opusFrame(i),
    }),
  }));
  for (let ms = reportFrom; ms < 20 * (indices.at(-1) ?? 0); ms += 1000)
    records.push(sr(11, T0 + ms + 40, base + 48 * (ms + 40)));
  return records;
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('RE-01 muxing of sound', () => {
  it('RE-01 lays a stream end to end and starts it at its capture by sender reports', async () => {
    const { segment, packets, bytes, covered, duration } = await mux(opusFormat, speech(upTo(200)));
    expect(packets).toHaveLength(200);
    expect(Math.abs(segment.startMs - T0)).toBeLessThan(3);
    expect(segment.durationMs).toBe(4000);
    expect(Math.abs(duration - 4)).toBeLessThan(0.05);
    expect(covered).toBe(bytes.length);
    packets.forEach((packet, i) => expect(Math.round(packet.timestamp * 1000)).toBe(20 * i));
  });

  it('RE-01 fills a gap of DTX with silence, so that later sound keeps its place', async () => {
    const { packets, segment } = await mux(opusFormat, speech([...upTo(50), ...upTo(50).map((i) => i + 200)]));
    const later = packets.find((packet) => packet.data[1] === 200 && packet.data.length === 5);
    expect(later && Math.round(later.timestamp * 1000)).toBe(4000);
    for (let i = 1; i < packets.length; i++) {
      const [one, two] = [packets[i - 1], packets[i]];
      expect(one && two && Math.abs(two.timestamp - one.timestamp - one.duration)).toBeLessThan(0.0011);
    }
    expect(segment.durationMs).toBe(5000);
  });

  it('RE-01 puts packets in order and drops repeated ones', async () => {
    const late = speech(upTo(100), { delay: (i) => (i === 50 ? 130 : 30) });
    const repeated = late.find((record) => record.kind === 'rtp');
    if (repeated?.kind !== 'rtp') throw new Error('no packet');
    const { packets } = await mux(opusFormat, [...late, { ...repeated, at: T0 + 500 }]);
    expect(packets.map((packet) => packet.data[1])).toEqual(upTo(100));
  });

  it('RE-01 finds its place by the next sender report when the RTP clock stood still during a pause', async () => {
    const before = speech(upTo(50));
    const paused = 10_000;
    // The RTP clock goes on from where it stopped, though ten seconds went by.
    const after = upTo(150).map((i): JournalRecord => ({
      kind: 'rtp',
      at: T0 + 1000 + paused + 20 * i + 30,
      packet: rtpPacket({
        payloadType: 100,
        sequence: 65_550 + i,
        timestamp: 4_294_960_000 + 960 * (50 + i),
        ssrc: 11,
        payload: opusFrame(100 + i),
      }),
    }));
    const report = sr(11, T0 + 1000 + paused + 900, 4_294_960_000 + 48 * (1000 + 900));
    const { packets } = await mux(opusFormat, [...before, ...after, report]);
    const first = packets.find((packet) => packet.data[1] === 100 && packet.data.length === 5);
    expect(first && Math.abs(first.timestamp * 1000 - (1000 + paused))).toBeLessThan(15);
  });
});

/** Frames every 50 ms of one layer; `keys` are key frames. */
function frames(ssrc: number, size: [number, number], indices: number[], keys: number[], base = 1000): JournalRecord[] {
  const records: JournalRecord[] = indices.map((i, n) => ({
    kind: 'rtp',
    at: T0 + 50 * i + 45,
    packet: rtpPacket({
      payloadType: 101,
      sequence: n,
      timestamp: base + 4500 * i,
      ssrc,
      marker: true,
      payload: vp8Payload(keys.includes(i), ...size),
    }),
  }));
  for (let ms = 60; ms < 50 * (indices.at(-1) ?? 0); ms += 1000) records.push(sr(ssrc, T0 + ms, base + 90 * ms));
  return records;
}

describe('RE-01 muxing of pictures', () => {
  it('RE-01 aligns picture and sound of one person within 100 ms, whatever their delays', async () => {
    const sound = await mux(opusFormat, speech(upTo(250), { delay: (i) => 20 + (i % 7) }));
    const slow = frames(21, [640, 360], upTo(100), [0, 40]).map((record) =>
      record.kind === 'rtp' ? { ...record, at: record.at + 250 } : record,
    );
    const picture = await mux(vp8Format, slow);
    expect(Math.abs(sound.segment.startMs - picture.segment.startMs)).toBeLessThan(10);
    expect(picture.segment).toMatchObject({ width: 640, height: 360 });
    expect(picture.packets.filter((packet) => packet.type === 'key')).toHaveLength(2);
  });

  it('RE-01 starts with a key frame and skips what a loss spoiled', async () => {
    const all = frames(21, [640, 360], upTo(60), [3, 40]);
    const lost = all.filter((record, n) => !(record.kind === 'rtp' && n === 20));
    const { packets, segment } = await mux(vp8Format, lost);
    expect(packets[0]?.type).toBe('key');
    expect(Math.abs(segment.startMs - T0 - 150)).toBeLessThan(5);
    // 3..19 before the loss, 40..59 from the next key frame on.
    expect(packets).toHaveLength(17 + 20);
  });

  it('RE-01 takes the best layer at any time and changes at key frames only', async () => {
    const format: TrackFormat = { ...vp8Format, ssrcs: [21, 22] };
    const low = frames(21, [320, 180], upTo(200), [0, 120, 160]);
    const high = frames(22, [640, 360], upTo(200).slice(20, 100), [25], 777_000);
    const { packets, segment } = await mux(format, [...low, ...high]);
    const times = packets.map((packet) => Math.round(packet.timestamp * 20));
    const keys = packets.filter((packet) => packet.type === 'key').map((packet) => Math.round(packet.timestamp * 20));
    // Low until 24, high 25..99, then low again from its first key frame after the high one was gone for long enough.
    expect(keys).toEqual([0, 25, 160]);
    expect(times.filter((time) => time > 99 && time < 160)).toEqual([]);
    expect(segment).toMatchObject({ width: 640, height: 360 });
    for (let i = 1; i < packets.length; i++)
      expect(packets[i]?.timestamp).toBeGreaterThan(packets[i - 1]?.timestamp ?? 0);
  });
});
