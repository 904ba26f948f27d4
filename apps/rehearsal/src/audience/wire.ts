import { z } from 'zod';

/** Lines between a rehearsal and the robots' program (apps/audience), JSON on its standard input and output. */

export interface Clip {
  /** IVF with VP8. */
  readonly video: string;
  /** Ogg with Opus. */
  readonly audio: string;
}

/** The first line: who attends what. The first seat is the teacher's. */
export interface Plan {
  readonly url: string;
  readonly caFile?: string;
  readonly seats: readonly { readonly participantId: string; readonly seatToken: string }[];
  /** Seats being taken at one moment; 0 for all at once. */
  readonly atOnce: number;
  /** Share of arriving packets (0 to 1) that the robots throw away unseen, to prove that recovery works. */
  readonly lose?: number;
  /** What the teacher plays; without one nobody has media. */
  readonly clip?: Clip;
}

/** Every further line. */
export type Order =
  | { readonly do: 'chat'; readonly perSecond: number; readonly seconds: number }
  | { readonly do: 'measure'; readonly seconds: number }
  | { readonly do: 'play' | 'rest' | 'leave' };

/** Quantiles of a set of measurements, ms. */
const quantilesSchema = z.object({
  count: z.int(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
});

const stormSchema = z.object({
  seats: z.int(),
  seconds: z.number(),
  welcomeMs: quantilesSchema,
  presentMs: quantilesSchema,
  mediaMs: quantilesSchema.optional(),
});
export type Storm = z.infer<typeof stormSchema>;

const chatSchema = z.object({
  seats: z.int(),
  said: z.int(),
  /** Copies that did not arrive. */
  missing: z.int(),
  arrivalMs: quantilesSchema,
  answerMs: quantilesSchema,
  robotCpuSeconds: z.number(),
});

const receivedSchema = z.object({
  listeners: z.int(),
  seconds: z.number(),
  packets: z.int(),
  /** On the wire above UDP. */
  bytes: z.int(),
  expected: z.int(),
  missed: z.int(),
  recovered: z.int(),
  lost: z.int(),
  /** Of the worst listener and stream, after recovery and before. */
  lossPctMax: z.number(),
  missedPctMax: z.number(),
  /** Of pictures alone: voices are not sent again. */
  videoMissed: z.int(),
  videoLossPctMax: z.number(),
  fewestPackets: z.int(),
  robotSocketDrops: z.int(),
  robotCpuSeconds: z.number(),
  sent: z.int(),
});
export type Received = z.infer<typeof receivedSchema>;

const nothing = z.null();

/** What the program tells. */
export const lineSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('joined'), data: stormSchema }),
  z.object({ t: z.literal('measuring'), data: nothing }),
  z.object({ t: z.literal('counted'), data: nothing }),
  z.object({ t: z.literal('chatted'), data: chatSchema }),
  z.object({ t: z.literal('measured'), data: receivedSchema }),
  z.object({ t: z.literal('play'), data: nothing }),
  z.object({ t: z.literal('rest'), data: nothing }),
  z.object({ t: z.literal('left'), data: nothing }),
  z.object({ t: z.literal('failed'), data: z.string() }),
]);
export type Line = z.infer<typeof lineSchema>;
