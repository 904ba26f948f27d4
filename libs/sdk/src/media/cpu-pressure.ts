/** What is used here of the Compute Pressure API (W3C, Level 1); not every browser has it. */
interface PressureObserverLike {
  observe(source: 'cpu', options: { readonly sampleInterval: number }): Promise<void>;
  disconnect(): void;
}
type PressureRecord = { readonly state: 'nominal' | 'fair' | 'serious' | 'critical' };
declare const PressureObserver:
  (new (changed: (records: readonly PressureRecord[]) => void) => PressureObserverLike) | undefined;

const SAMPLE_MS = 1_000;

/** How busy this computer is with everything that runs on it, as the browser tells. */
export class CpuPressure {
  private observer: PressureObserverLike | undefined;
  private state: PressureRecord['state'] | undefined;

  /** The processors have nothing left to give; false where the browser does not say. */
  get critical(): boolean {
    return this.state === 'critical';
  }

  start(): void {
    this.stop();
    if (typeof PressureObserver === 'undefined') return;
    const observer = new PressureObserver((records) => (this.state = records.at(-1)?.state));
    this.observer = observer;
    // A browser or a policy that forbids it leaves it unknown.
    observer.observe('cpu', { sampleInterval: SAMPLE_MS }).catch(() => undefined);
  }

  stop(): void {
    this.observer?.disconnect();
    this.observer = undefined;
    this.state = undefined;
  }
}
