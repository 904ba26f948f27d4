import { loadavg } from 'node:os';
import type { Appliance } from '../appliance.js';
import { captureFiles, type Equipment } from '../fixtures/capture-files.js';
import { ReportBuilder, type Report } from '../report.js';
import type { BrowserOptions } from '../robot/browser.js';
import { Person } from '../robot/person.js';
import type { WalledNetwork } from '../network/walled-network.js';

/** What every rehearsal is told. */
export interface RehearsalOptions {
  readonly appliance: Appliance;
  /** Where the robots' pictures and tones are kept between rehearsals. */
  readonly captureDir: string;
  readonly tenant: string;
  /** Bounds are multiplied by this: 1 in a rehearsal, more in a test on a noisy machine. */
  readonly patience: number;
  /** Pictures a second of everyone's camera; the rehearsals' own are faster than those of tests. */
  readonly cameraFps?: number;
  readonly say: (line: string) => void;
}

/** The demo institution's people in the order of their pictures and tones. */
const cast = ['anna', 'maya', 'tomas', 'jun', 'per', 'ada'] as const;
export type Role = (typeof cast)[number];

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface ArrivalOptions extends Partial<Pick<BrowserOptions, 'viewport' | 'colorScheme'>> {
  /** Where they sit; left out, nothing is between them and the appliance. */
  readonly network?: WalledNetwork | undefined;
  readonly voice?: Equipment['voice'];
}

/** Brings people and networks in, and sees to it that all of them go when the lesson is over. */
export class Stage {
  readonly people: Person[] = [];
  private readonly networks: WalledNetwork[] = [];

  constructor(private readonly options: RehearsalOptions) {}

  /** Someone arrives at a browser of their own, in `network` if given, and signs in. */
  async arrive(username: Role, { network, voice, ...options }: ArrivalOptions = {}): Promise<Person> {
    const { appliance, tenant, captureDir, cameraFps: fps } = this.options;
    const index = cast.indexOf(username);
    const person = await Person.arrive(appliance, appliance.person(tenant, username), index, {
      capture: await captureFiles(captureDir, index, { voice, fps }),
      ...(network ? { wrapper: network.browser } : {}),
      ...options,
    });
    this.people.push(person);
    return person;
  }

  /** Keeps a network until the lesson is over. */
  async through(network: Promise<WalledNetwork>): Promise<WalledNetwork> {
    const made = await network;
    this.networks.push(made);
    return made;
  }

  async clear(): Promise<void> {
    await Promise.allSettled(this.people.map((person) => person.leave()));
    await Promise.allSettled(this.networks.map((network) => network.remove()));
  }
}

/** Holds a lesson; whatever stops it early is a broken expectation of the report. */
export async function rehearse(
  name: string,
  options: RehearsalOptions,
  lesson: (stage: Stage, report: ReportBuilder) => Promise<void>,
): Promise<Report> {
  const report = new ReportBuilder(name);
  // Whoever reads numbers from a machine that was busy already should know.
  report.metric('load_before', loadavg()[0] ?? 0);
  const stage = new Stage(options);
  try {
    await lesson(stage, report);
  } catch (error) {
    report.expect(false, `the lesson stopped: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await stage.clear();
  }
  return report.build();
}
