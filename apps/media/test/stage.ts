import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaEvent, WantedRoom, WantedSeat } from '@lyceum/contracts';
import { MediaClient, mediaError, MediaNode, type MediaNodeAddress, type RoomNodes } from '@lyceum/media';
import { mediaConfig } from '@lyceum/platform/config';
import { toProblem } from '@lyceum/platform/errors';
import { HealthRegistry } from '@lyceum/platform/health';
import { createLogger } from '@lyceum/platform/telemetry';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Bottleneck } from './bottleneck.js';

/** The worker to test with: named by itself, or the one of the appliance under test. */
export function workerBin(): string {
  const { MEDIASOUP_WORKER_BIN: named, LYCEUM_HOME: home } = process.env;
  if (named) return named;
  if (!home) throw new Error('MEDIASOUP_WORKER_BIN or LYCEUM_HOME must say which worker to test with');
  const config: unknown = JSON.parse(readFileSync(join(home, 'config/media-1/media.json'), 'utf8'));
  return mediaConfig.pick({ workerBin: true }).strip().parse(config).workerBin;
}

/** Ports of one spec: ten from here. */
export const portOf = (spec: number): number => Number(process.env['LYCEUM_TEST_PORT'] ?? 9340) + spec * 10;

const launchArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // Real addresses instead of mDNS names, which nobody resolves here.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

export const everything: WantedSeat = { present: true, audio: true, video: true, screen: true, priority: null };
export const prepared: WantedSeat = { ...everything, present: false };

export interface StageOptions {
  /** First of ten ports. */
  readonly first: number;
  readonly recorder?: string;
  readonly recorderToken?: string;
  /** Nodes that run already, instead of one in this process. */
  readonly nodes?: readonly { readonly address: MediaNodeAddress }[];
}

/** A media node, an api-side client and Chromium pages whose sockets end here: a room without its rules. */
export class Stage {
  readonly roomId = randomUUID();
  readonly events: { to: readonly string[] | null; event: MediaEvent }[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'lyceum-media-'));
  private readonly log = createLogger({ level: 'warn' }, 'media', 'test');
  private readonly sockets = new Map<string, Set<WebSocket>>();
  private readonly paths = new Map<string, Bottleneck>();
  /** How many more requests of an operation find media away. */
  private readonly away = new Map<string, number>();
  private version = 0;
  private wanted: WantedRoom | undefined;
  private server!: Server;
  private node: MediaNode | undefined;
  private place: RoomNodes | null = null;
  /** Region of everyone who is here or was. */
  private readonly people = new Map<string, string>();
  private browser: Browser | undefined;
  api!: MediaClient;

  constructor(private readonly options: StageOptions) {}

  /** Id of the node that the room is at home on. */
  get placedOn(): string | null {
    return this.place?.home ?? null;
  }

  /** Id of the node that serves somebody. */
  servedBy(participant: string): string | undefined {
    return this.place?.branches[this.people.get(participant) ?? ''] ?? this.place?.home;
  }

  /** Where people are who are in no region called `test`. */
  settle(region: string, ...participants: string[]): void {
    for (const participant of participants) this.people.set(participant, region);
  }

  async start(): Promise<void> {
    if (!this.options.nodes) await this.startNode();
    this.api = this.connectApi();
    if (this.options.nodes) await ready(this.api);
    await this.serve(await bundle());
  }

  async startNode(): Promise<void> {
    const { first, recorder = `ws://127.0.0.1:${first + 9}`, recorderToken = 'r'.repeat(43) } = this.options;
    this.node = new MediaNode(
      mediaConfig.parse({
        instance: 'media-1',
        region: 'test',
        listen: { host: '127.0.0.1', port: first },
        controlTokenFile: this.secret('control', 'c'.repeat(43)),
        workerBin: workerBin(),
        workers: Math.min(2, availableParallelism()),
        rtc: { address: '127.0.0.1', listenIp: '127.0.0.1', firstPort: first + 1 },
        recorder: { control: recorder, tokenFile: this.secret('recorder', recorderToken) },
      }),
      new HealthRegistry(),
      this.log,
    );
    await this.node.start();
  }

  stopNode(): void {
    this.node?.stop();
  }

  /** As the kernel's killer would: no goodbye. Spares a worker that is not the node's. */
  killWorkers(spared?: number): void {
    for (const pid of workerPids()) if (pid !== spared) process.kill(pid, 'SIGKILL');
  }

  /** An api process of its own, which calls the stage's node `name`; the stage's pages use `this.api`. */
  connectApi(name = 'media-1'): MediaClient {
    const control = `ws://127.0.0.1:${this.options.first}`;
    const own = [{ id: name, control, token: 'c'.repeat(43) }];
    const nodes = this.options.nodes?.map(({ address }) => address) ?? own;
    const api = new MediaClient(nodes, 'api-test', this.log);
    api.onMisplaced(() => this.wanted && this.want(this.wanted.seats));
    api.onEvent(({ to, event }) => {
      if (api !== this.api) return;
      this.events.push({ to, event });
      for (const participant of to ?? this.sockets.keys()) {
        for (const socket of this.sockets.get(participant) ?? []) socket.send(JSON.stringify({ event }));
      }
    });
    api.start();
    return api;
  }

  /** States what the room should be, as a newer version. */
  want(seats: Record<string, WantedSeat>, more: Partial<WantedRoom> = {}): WantedRoom {
    this.version += 1;
    this.wanted = {
      roomId: this.roomId,
      version: this.version,
      ended: false,
      recording: null,
      ...this.wanted,
      ...more,
      seats,
    };
    this.wanted.version = this.version;
    for (const participant of Object.keys(seats)) this.isHere(participant);
    const regions = [...this.people.values()];
    const place = this.api.place(this.roomId, { region: 'test', regions }, this.place);
    this.place = place;
    const nodes = [...this.people].map(([id, region]) => [id, place.branches[region] ?? place.home] as const);
    this.api.want({ wanted: this.wanted, home: place.home, seats: Object.fromEntries(nodes) });
    return this.wanted;
  }

  /** The next requests of this operation, whoever's, find media away. */
  refuse(op: string, times: number): void {
    this.away.set(op, times);
  }

  private isHere(participant: string): void {
    if (!this.people.has(participant)) this.people.set(participant, 'test');
  }

  /** Opens a page for a participant; it prepares at once. Its media goes through `path`, if there is one. */
  async open(
    participant: string,
    options: { ice?: RTCIceServer[]; relay?: boolean; path?: Bottleneck } = {},
  ): Promise<Page> {
    if (options.path) this.paths.set(participant, options.path);
    this.browser ??= await chromium.launch({ executablePath: '/usr/bin/chromium', args: launchArguments });
    const context = await this.browser.newContext();
    const page = await context.newPage();
    const { port } = this.server.address() as { port: number };
    const query = new URLSearchParams({ participant, ice: JSON.stringify(options.ice ?? []) });
    if (options.relay) query.set('relay', '1');
    await page.goto(`http://localhost:${port}/?${query}`);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    this.api.stop();
    this.node?.stop();
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }

  private async serve(script: string): Promise<void> {
    this.server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<!doctype html><body><script type="module" src="/page.js"></script></body>');
    });
    const wss = new WebSocketServer({ server: this.server });
    wss.on('connection', (socket, request) => {
      const participant = new URL(request.url ?? '/', 'http://x').searchParams.get('participant') ?? '';
      const mine = this.sockets.get(participant) ?? new Set();
      this.sockets.set(participant, mine.add(socket));
      socket.on('close', () => mine.delete(socket));
      socket.on('message', (data) => void this.answer(socket, participant, String(data)));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  private async answer(socket: WebSocket, participant: string, text: string): Promise<void> {
    const { id, payload } = JSON.parse(text) as { id: number; payload: { op: string } };
    try {
      const away = this.away.get(payload.op) ?? 0;
      this.away.set(payload.op, away - 1);
      if (away > 0) throw mediaError('MEDIA.UNAVAILABLE');
      const answer = await this.api.negotiate(this.roomId, participant, payload);
      socket.send(JSON.stringify({ id, payload: (await this.paths.get(participant)?.through(answer)) ?? answer }));
    } catch (error) {
      socket.send(JSON.stringify({ id, problem: toProblem(error) }));
    }
  }

  private secret(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
}

/** The page's script in one piece. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['lyceum-source', 'module', 'browser', 'import', 'default'] },
    build: { write: false, minify: false, rollupOptions: { input: join(import.meta.dirname, 'page.ts') } },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) => ('output' in part ? part.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error('the test page did not build');
  return chunk.code;
}

/** Resolves when every node answers. */
async function ready(api: MediaClient): Promise<void> {
  while (!api.isReady) await new Promise((resolve) => setTimeout(resolve, 50));
}

function workerPids(): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return [...children.matchAll(/^\s*(\d+) mediasoup-worke/gm)].map(([, pid]) => Number(pid));
}
