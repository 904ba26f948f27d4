import type { RoomPlace } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import type { PipeListen } from '../mediasoup/pipe-transport.js';
import type { HomeLinks } from './home-links.js';
import type { PipedRoom } from './room-pipe.js';
import type { RoomPipes } from './room-pipes.js';
import { UpstreamPipe } from './upstream-pipe.js';

export interface CascadeSurroundings {
  readonly homes: HomeLinks;
  /** Where pipes to other nodes listen. */
  readonly pipes: PipeListen;
  readonly log: Logger;
}

/** A home that the room left goes on for a little longer than this; people who are still there are seen and heard until then. */
const HAND_OVER_MS = 3_500;

/** What a branch has towards home. When home moves, the way to the old one stays open until its people are on the new one. */
export class Upstream {
  private current: { readonly control: string; readonly pipe: UpstreamPipe } | undefined;
  private readonly left = new Map<UpstreamPipe, NodeJS.Timeout>();

  constructor(
    private readonly room: PipedRoom,
    private readonly pipes: RoomPipes,
    private readonly surroundings: CascadeSurroundings,
  ) {}

  follow(home: RoomPlace['home'] | null): void {
    if (home?.control === this.current?.control) return;
    this.leave();
    if (!home) return;
    const link = this.surroundings.homes.to(home.control);
    const pipe = new UpstreamPipe(this.room, this.pipes, link, this.surroundings);
    this.current = { control: home.control, pipe };
    pipe.start();
  }

  close(): void {
    this.current?.pipe.stop();
    this.current = undefined;
    for (const [pipe, timer] of this.left) {
      clearTimeout(timer);
      pipe.stop();
    }
    this.left.clear();
  }

  private leave(): void {
    const pipe = this.current?.pipe;
    this.current = undefined;
    if (!pipe) return;
    pipe.retire();
    const stop = () => {
      this.left.delete(pipe);
      pipe.stop();
    };
    this.left.set(pipe, setTimeout(stop, HAND_OVER_MS));
  }
}
