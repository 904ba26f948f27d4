import type { Campus } from '../network/campus.js';
import type { ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';

/** Places from which everything goes through the relay. */
export type Firewalled = Exclude<Campus, 'udp'>;

/** Every pair that ICE selected must go through the relay, over the one way there is. Two pairs a person: to and from. */
export async function judgePaths(people: readonly Person[], network: Firewalled, report: ReportBuilder): Promise<void> {
  const pairs = (await Promise.all(people.map((person) => person.pairs()))).flat();
  const relayed = pairs.filter(({ local, relayProtocol }) => local === 'relay' && relayProtocol === network);
  report.metric('pairs', pairs.length);
  report.metric('pairs_relayed', relayed.length);
  report.expectWithin('pairs', { atLeast: 2 * people.length });
  report.expect(pairs.length === relayed.length, `pairs beside the relay over ${network}: ${JSON.stringify(pairs)}`);
}
