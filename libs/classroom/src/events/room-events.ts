import { Injectable } from '@nestjs/common';
import type { Tenant } from '@lyceum/platform/context';
import { CommitFeed } from '../application/commit-feed.js';

/** A class is over: its log is complete. Times are server clock, ms since the Unix epoch. */
export class RoomEnded {
  constructor(
    readonly tenant: Tenant,
    readonly roomId: string,
    readonly sessionId: string,
    readonly openedAt: number,
    readonly endedAt: number,
  ) {}
}

/**
 * What happens to rooms, for other domains of this process; told after the commit and only by the process that made it.
 * Whoever must not miss one looks at the rooms as well.
 */
@Injectable()
export class RoomEvents {
  constructor(private readonly feed: CommitFeed) {}

  /** Returns how to stop listening. */
  onEnded(listener: (event: RoomEnded) => void): () => void {
    return this.feed.subscribe(({ ctx, roomId, events, fold }) => {
      const { sessionId, openedAt, endedAt } = fold.state;
      const ended = events.some((event) => event.type === 'room.ended');
      if (!ended || sessionId === null || openedAt === null || endedAt === null) return;
      listener(new RoomEnded(ctx.tenant, roomId, sessionId, openedAt, endedAt));
    });
  }
}
