import { gapWithin } from '../measure/gaps.js';
import { recordedSamples } from '../measure/replay.js';
import type { ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';
import { replayOf } from './class-session.js';

const ACKNOWLEDGED_WITHIN_MS = 60_000;

/** What the appliance acknowledged during a class, to be held against its replay. */
export class Ledger {
  private readonly acknowledged: string[] = [];
  private readonly unanswered: string[] = [];
  private readonly mark = Date.now().toString(36);

  /** Someone writes a line that nobody else writes; kept here once the appliance has kept it. */
  async say(person: Person, text: string): Promise<void> {
    const line = `${text} (${this.mark})`;
    try {
      await person.sayForGood(line, ACKNOWLEDGED_WITHIN_MS);
      this.acknowledged.push(line);
    } catch {
      this.unanswered.push(text);
    }
  }

  /**
   * Waits for the replay of the ended class. Reports `events_lost`: lines that are not in it exactly once, and numbers used
   * twice. Answers the longest stretch (ms) without a recorded picture, per person's camera and stretch of the class.
   */
  async audit(
    people: readonly Person[],
    sessionId: string,
    stretches: readonly { readonly at: number; readonly until: number }[],
    report: ReportBuilder,
  ): Promise<number[]> {
    const [viewer] = people;
    if (!viewer) return [];
    const replay = await replayOf(viewer, sessionId);
    const texts = Object.values(replay.references.texts);
    const wrong = this.acknowledged.filter((line) => texts.filter((text) => text === line).length !== 1);
    const numbers = replay.events.map(({ number }) => number);
    const doubled = numbers.length - new Set(numbers).size;
    report.metric('events_lost', wrong.length + doubled);
    report.expect(this.unanswered.length === 0, `never acknowledged: ${this.unanswered.join('; ')}`);
    report.expect(wrong.length === 0, `not exactly once in the replay: ${wrong.join('; ')}`);

    if (stretches.length === 0) return [];
    const indexes = new Map(people.map(({ credentials, index }) => [credentials.name, index]));
    const { frames } = await recordedSamples(viewer, replay, (id) =>
      indexes.get(replay.references.people[id]?.name ?? ''),
    );
    return people.flatMap(({ index }) => {
      const times = frames.filter(({ person }) => person === index).map(({ at }) => at);
      times.sort((a, b) => a - b);
      return stretches.map(({ at, until }) => gapWithin(times, at, until));
    });
  }
}
