import { cpus, totalmem } from 'node:os';

/** What every rehearsal prints on its last line. */
export interface Report {
  readonly name: string;
  readonly ok: boolean;
  /** Broken expectations in words; empty when `ok`. */
  readonly failed: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGb: number };
}

/** Collects numbers and broken expectations while a rehearsal runs. */
export class ReportBuilder {
  private readonly failed: string[] = [];
  private readonly metrics: Record<string, number> = {};

  constructor(private readonly name: string) {}

  metric(name: string, value: number, decimals = 1): void {
    this.metrics[name] = Math.round(value * 10 ** decimals) / 10 ** decimals;
  }

  /** Notes `otherwise` as failed unless `holds`. */
  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.failed.push(otherwise);
  }

  /** The metric must be a number within the bounds; one that was never measured fails. */
  expectWithin(name: string, { atLeast = -Infinity, atMost = Infinity }: { atLeast?: number; atMost?: number }): void {
    const value = this.metrics[name];
    const holds = value !== undefined && value >= atLeast && value <= atMost;
    this.expect(holds, `${name} is ${value ?? 'not measured'}, expected ${atLeast} … ${atMost}`);
  }

  build(): Report {
    const { failed, metrics, name } = this;
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    };
    return { name, ok: failed.length === 0, failed, metrics, machine };
  }
}
