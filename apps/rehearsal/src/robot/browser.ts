import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import type { CaptureFiles } from '../fixtures/capture-files.js';
import { BAND_HEIGHT, BITS, HEIGHT, LOOP_FRAMES, codeOf, toneOf } from '../fixtures/pattern.js';
import { installLineProbe } from './line-probe.js';
import { installProbe, type ProbeSettings } from './probe.js';

/** Title of the tab that a teacher's robot shares; Chromium picks the tab by it, without a dialog. */
export const SHARED_TAB_TITLE = 'Lyceum rehearsal slides';

export interface BrowserOptions {
  readonly capture: CaptureFiles;
  readonly origin: string;
  /** SHA-256 of the public key (base64) that may vouch for the appliance: pages and TURN over TLS. */
  readonly trustedKey: string;
  readonly executablePath?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Runs the browser inside a command, such as a network namespace's; a path of an executable script. */
  readonly wrapper?: string;
}

const settings: ProbeSettings = {
  bits: BITS,
  bandShare: BAND_HEIGHT / HEIGHT,
  frameSpan: codeOf(1),
  tones: [0, 1, 2].map(toneOf),
  loopFrames: LOOP_FRAMES,
  tickMs: 50,
  lookEveryMs: 400,
  // Forty minutes of one picture: a class whose Keycloak dies ten times takes a quarter of an hour.
  motionKept: 48_000,
};

/** Words on the microphone's button in the portal's English. */
export const micWords = { open: 'Mute', muted: 'Unmute', starting: 'Starting…', down: 'Not heard' } as const;

/** A browser of one person: capture files are flags of the process, so three people are three browsers. */
export class RobotBrowser {
  private constructor(
    readonly context: BrowserContext,
    private readonly profile: string,
  ) {}

  static async launch(options: BrowserOptions): Promise<RobotBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'lyceum-robot-'));
    const { capture } = options;
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: options.wrapper ?? options.executablePath ?? '/usr/bin/chromium',
      headless: true,
      viewport: options.viewport ?? { width: 960, height: 600 },
      colorScheme: options.colorScheme ?? 'light',
      // Calls of the driver itself; the browser is told below whom to trust.
      ignoreHTTPSErrors: true,
      permissions: ['camera', 'microphone'],
      args: [
        '--no-sandbox',
        // The appliance's own CA is not in the browser's store.
        `--ignore-certificate-errors-spki-list=${options.trustedKey}`,
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-background-timer-throttling',
        '--disable-renderer-backgrounding',
        '--disable-backgrounding-occluded-windows',
        '--autoplay-policy=no-user-gesture-required',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${capture.video}`,
        `--use-file-for-fake-audio-capture=${capture.audio}`,
        `--auto-select-tab-capture-source-by-title=${SHARED_TAB_TITLE}`,
      ],
    });
    await context.grantPermissions(['camera', 'microphone'], { origin: options.origin });
    await context.addInitScript(installProbe, settings);
    await context.addInitScript(installLineProbe, Object.values(micWords));
    return new RobotBrowser(context, profile);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
