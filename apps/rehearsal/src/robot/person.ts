import type { BrowserContext, Page } from 'playwright-core';
import type { Appliance, Credentials } from '../appliance.js';
import type { LineProbe, ReceivedTotals, SelectedPair } from './line-probe.js';
import type { Motion, ProbeReadings } from './probe.js';
import { RobotBrowser, SHARED_TAB_TITLE, type BrowserOptions } from './browser.js';

/** States of the room as the page tells them in `data-room-state`. */
export type RoomState = 'connecting' | 'prepared' | 'waiting' | 'present' | 'reconnecting' | 'ended';

/** A slide deck in a tab of its own that a teacher's robot shares: 720p, five changes a second. */
const slides = `<!doctype html><title>${SHARED_TAB_TITLE}</title><body style="margin:0;font:600 64px serif;background:#fffdf8">
<p id="n" style="padding:120px">0</p><script>let n=0;setInterval(()=>{document.getElementById('n').textContent='Slide '+(++n)},200)</script>`;

/** One person at a browser of their own, who does what a person would do: reads names and roles, clicks, types. */
export class Person {
  private constructor(
    readonly credentials: Credentials,
    readonly index: number,
    private readonly browser: RobotBrowser,
    readonly page: Page,
    private readonly tenantUrl: string,
  ) {}

  /** Opens a browser and signs in through the institution's Keycloak. */
  static async arrive(
    appliance: Appliance,
    credentials: Credentials,
    index: number,
    options: Omit<BrowserOptions, 'origin' | 'trustedKey'>,
  ): Promise<Person> {
    const browser = await RobotBrowser.launch({
      ...options,
      origin: appliance.origin,
      trustedKey: appliance.trustedKey,
    });
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const failures: string[] = [];
    page.on('requestfailed', (request) => failures.push(`${request.url()} ${request.failure()?.errorText ?? ''}`));
    try {
      const tenantUrl = `${appliance.origin}/t/${credentials.tenant}`;
      const person = new Person(credentials, index, browser, page, tenantUrl);
      await person.signIn();
      return person;
    } catch (cause) {
      const seen = await page
        .locator('body')
        .innerText({ timeout: 1000 })
        .catch(() => 'nothing');
      await browser.close();
      const where = `At ${page.url()} the page said: ${seen}\nRequests that failed: ${failures.join(', ') || 'none'}`;
      throw new Error(`${credentials.username} could not sign in. ${where}`, { cause });
    }
  }

  get context(): BrowserContext {
    return this.browser.context;
  }

  private async signIn(): Promise<void> {
    await this.page.goto(this.tenantUrl);
    await this.page
      .getByRole('link', { name: 'Sign in' })
      .or(this.page.getByRole('button', { name: 'Sign in' }))
      .first()
      .click();
    await this.page.locator('#username').fill(this.credentials.username);
    await this.page.locator('#password').fill(this.credentials.password);
    await this.page.locator('#kc-login').click();
    await this.page.waitForURL(`${this.tenantUrl}**`);
  }

  /** Calls the tenant's REST API with this person's session, as the portal does. */
  async api<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const response = await this.page.context().request.fetch(`${this.tenantUrl}/api/v1/${path}`, {
      method,
      headers: { 'x-lyceum-csrf': '1', origin: new URL(this.tenantUrl).origin },
      ...(body === undefined ? {} : { data: body }),
    });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async download(path: string): Promise<Buffer> {
    const response = await this.page.context().request.get(new URL(path, this.tenantUrl).href);
    if (!response.ok()) throw new Error(`GET ${path}: ${response.status()}`);
    return response.body();
  }

  /** Opens a page of the institution. */
  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.tenantUrl}/${path}`);
  }

  /** Stays signed in with a page open that costs nothing. */
  async wait(): Promise<void> {
    await this.page.goto('about:blank');
  }

  /** Opens the device check of a session and waits until its media is prepared. */
  async openRoom(sessionId: string): Promise<void> {
    await this.visit(`sessions/${sessionId}`);
    await this.inRoomState('prepared');
  }

  /** The link of a class, opened by someone who skips the device check: straight into the room. */
  async openRoomAtOnce(sessionId: string): Promise<void> {
    await this.visit(`sessions/${sessionId}?check=skip`);
    await this.inRoomState('present');
  }

  async join(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Join|Start class)$/ }).click();
    await this.inRoomState('present');
  }

  async inRoomState(state: RoomState, timeout = 30_000): Promise<void> {
    await this.page.locator(`[data-room-state="${state}"]`).waitFor({ state: 'attached', timeout });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();
  }

  async say(text: string): Promise<void> {
    await this.openPanel('Chat');
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.press('Send');
  }

  /** Says it and waits until it stands in the sender's own chat, which it does once the appliance has kept it. */
  async sayForGood(text: string, timeout = 30_000): Promise<void> {
    await this.say(text);
    await this.sees(text, timeout);
  }

  async sees(text: string, timeout = 30_000): Promise<void> {
    await this.page.getByText(text, { exact: true }).waitFor({ timeout });
  }

  async openPanel(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** Shares a tab with moving slides at 1280×720. */
  async share(): Promise<void> {
    const tab = await this.context.newPage();
    await tab.setViewportSize({ width: 1280, height: 720 });
    await tab.setContent(slides);
    await this.page.bringToFront();
    await this.press('Share');
    await this.page.getByRole('button', { name: 'Stop sharing' }).waitFor();
  }

  read(): Promise<ProbeReadings> {
    return this.page.evaluate(() => window.lyceumProbe.read());
  }

  /** Pictures of others that moved in this person's page since `from` (epoch ms). */
  motion(from: number): Promise<readonly Motion[]> {
    return this.page.evaluate((since) => window.lyceumProbe.motion(since), from);
  }

  /** What the page said of its connections so far. */
  line(): Promise<Pick<LineProbe, 'socket' | 'phases' | 'rungs' | 'mic'>> {
    return this.page.evaluate(() => {
      const { socket, phases, rungs, mic } = window.lyceumLine;
      return { socket, phases, rungs, mic };
    });
  }

  pairs(): Promise<SelectedPair[]> {
    return this.page.evaluate(() => window.lyceumLine.pairs());
  }

  received(): Promise<ReceivedTotals> {
    return this.page.evaluate(() => window.lyceumLine.received());
  }

  leave(): Promise<void> {
    return this.browser.close();
  }
}
