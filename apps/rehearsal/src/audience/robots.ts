import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { z } from 'zod';
import { lineSchema, type Line, type Plan, type Order, type Storm } from './wire.js';

const run = promisify(execFile);

const seatsSchema = z.object({
  sessionId: z.uuid(),
  roomId: z.uuid(),
  seats: z.array(z.object({ participantId: z.uuid(), seatToken: z.string() })),
});
export type RobotSeats = z.infer<typeof seatsSchema>;

/** Opens a class of `students` robots and a teacher in an institution, as the appliance's operator (from the checkout). */
export async function openSeats(tenant: string, students: number): Promise<RobotSeats> {
  const args = ['audience', 'seats', String(students), '--tenant', tenant];
  const { stdout } = await run('./lyceum', args, { maxBuffer: 64 * 2 ** 20 });
  return seatsSchema.parse(JSON.parse(stdout));
}

/** Where the robots' program is; it is compiled when this machine has not done so yet. */
export async function programPath(): Promise<string> {
  const { stdout } = await run('./lyceum', ['audience', 'program'], { maxBuffer: 2 ** 20 });
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** Robots that attend one class: one process of the native program, told what to do line by line. */
export class Robots {
  private readonly waiting: { kind: Line['t']; settle: (line: Line | Error) => void }[] = [];
  private ended: Error | undefined;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    createInterface({ input: child.stdout }).on('line', (text) => this.heard(text));
    child.once('close', (status) => this.fail(new Error(`the robots' program ended with status ${status}`)));
    child.once('error', (error) => this.fail(error));
    // What goes wrong is told by its end.
    child.stdin.on('error', () => undefined);
  }

  /** Starts the program; everybody has taken their seat when this resolves. @throws Error when one could not. */
  static async seat(plan: Plan): Promise<{ robots: Robots; storm: Storm }> {
    // In a session of their own, as no server shares one with its visitors: Linux schedules a session as one group (sched(7),
    // autogroup), and a program that shares it with hundreds of robots is interrupted less often for them.
    const robots = new Robots(spawn(await programPath(), [], { stdio: ['pipe', 'pipe', 'inherit'], detached: true }));
    robots.say(plan);
    const line = await robots.hear('joined');
    return { robots, storm: line.data };
  }

  /** Tells the robots what to do now; resolves with their next line of kind `answer`. */
  order<Kind extends Line['t']>(order: Order, answer: Kind): Promise<Extract<Line, { t: Kind }>> {
    const heard = this.hear(answer);
    this.say(order);
    return heard;
  }

  /** The next line of a kind. @throws Error when the program fails or ends before. */
  async hear<Kind extends Line['t']>(kind: Kind): Promise<Extract<Line, { t: Kind }>> {
    if (this.ended) throw this.ended;
    const line = await new Promise<Line>((resolve, reject) =>
      this.waiting.push({
        kind,
        settle: (result) => (result instanceof Error ? reject(result) : resolve(result)),
      }),
    );
    return line as Extract<Line, { t: Kind }>;
  }

  /** Ends the class and the program. */
  async leave(): Promise<void> {
    if (this.ended) return;
    const gone = new Promise((resolve) => this.child.once('close', resolve));
    this.say({ do: 'leave' });
    this.child.stdin.end();
    await gone;
  }

  private say(line: object): void {
    this.child.stdin.write(`${JSON.stringify(line)}\n`);
  }

  private heard(text: string): void {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.t === 'failed') return this.fail(new Error(`the robots: ${line.data}`));
    const index = this.waiting.findIndex(({ kind }) => kind === line.t);
    if (index >= 0) this.waiting.splice(index, 1)[0]?.settle(line);
  }

  private fail(reason: Error): void {
    this.ended ??= reason;
    for (const { settle } of this.waiting.splice(0)) settle(this.ended);
  }
}
