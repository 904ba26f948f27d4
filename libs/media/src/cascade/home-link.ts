import {
  BRANCH_LINK_PATH,
  CONTROL_HEARTBEAT_MS,
  CONTROL_LEASE_MS,
  homeToBranchSchema,
  openedPipeSchema,
  type BranchToHome,
  type HomeToBranch,
  type PassingFrame,
  type PipeEnd,
} from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { PendingRequests } from '../link/pending-requests.js';
import { ReconnectingLink } from '../link/reconnecting-link.js';

export interface HomeLinkOptions {
  /** Id of this node. */
  readonly node: string;
  readonly token: string;
  /** Control address of the home. */
  readonly control: string;
}

/** What one room of this branch hears from a link. */
export interface HomeListener {
  /** Id of its pipe, if it has one now. */
  readonly pipeId: string | undefined;
  linkUp(): void;
  /** Everything that was open is closed. */
  linkDown(): void;
  received(frame: PassingFrame): void;
  /** Home closed the pipe. */
  closed(): void;
}

/** A router and a transport are made within milliseconds; more means that home hangs. */
const TIMEOUT_MS = 3_000;

/** A branch's link to one home, for all rooms of the pair. It ends with the last room that needs it. */
export class HomeLink {
  private readonly listeners = new Set<HomeListener>();
  private readonly pending = new PendingRequests(TIMEOUT_MS);
  private readonly link: ReconnectingLink<typeof homeToBranchSchema, BranchToHome>;

  constructor(
    private readonly options: HomeLinkOptions,
    /** Called when it stops for good. */
    private readonly ended: () => void,
    log: Logger,
  ) {
    const { control, token, node } = options;
    this.link = new ReconnectingLink({
      peer: control,
      url: new URL(BRANCH_LINK_PATH, control).href,
      token,
      log,
      incoming: homeToBranchSchema,
      heartbeat: { t: 'ping' },
      heartbeatMs: CONTROL_HEARTBEAT_MS,
      leaseMs: CONTROL_LEASE_MS,
      opened: () => this.opened(node),
      received: (frame) => this.received(frame),
      closed: () => this.down(),
    });
  }

  get control(): string {
    return this.options.control;
  }

  get isUp(): boolean {
    return this.link.isUp;
  }

  /** Adds a room; says `linkUp` at once when the link is up. */
  join(listener: HomeListener): void {
    this.listeners.add(listener);
    this.link.start();
    if (this.isUp) listener.linkUp();
  }

  leave(listener: HomeListener): void {
    if (this.listeners.delete(listener) && this.listeners.size === 0) this.close();
  }

  close(): void {
    this.link.stop();
    this.ended();
  }

  /** @throws LyceumError MEDIA.UNAVAILABLE, MEDIA.TIMEOUT, or home's refusal. */
  async open(request: { pipe: string; roomId: string; end: PipeEnd }): Promise<{ end: PipeEnd }> {
    return openedPipeSchema.parse(await this.pending.ask((id) => this.link.send({ t: 'open', id, ...request })));
  }

  send(frame: PassingFrame | Extract<BranchToHome, { t: 'close' }>): void {
    this.link.send(frame);
  }

  private opened(node: string): void {
    this.link.send({ t: 'hello', node });
    for (const listener of this.listeners) listener.linkUp();
  }

  private received(frame: HomeToBranch): void {
    switch (frame.t) {
      case 'ping':
        return;
      case 'reply':
        return this.pending.answer(frame.id, frame.result, frame.problem);
      case 'closed':
        return this.find(frame.pipe)?.closed();
      default:
        return this.find(frame.pipe)?.received(frame);
    }
  }

  private find(pipe: string): HomeListener | undefined {
    return [...this.listeners].find(({ pipeId }) => pipeId === pipe);
  }

  private down(): void {
    this.pending.fail();
    for (const listener of [...this.listeners]) listener.linkDown();
  }
}
