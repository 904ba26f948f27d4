import { Injectable } from '@nestjs/common';
import type { Committed } from './submission.js';

export type CommitListener = (committed: Committed) => void;

/**
 * Tells this process what it has just committed: sockets, media and other domains listen. In memory only; whoever must
 * not miss anything reads the log.
 */
@Injectable()
export class CommitFeed {
  private readonly listeners = new Set<CommitListener>();

  /** Returns how to stop listening. */
  subscribe(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The commit is a fact: a listener that throws is logged and the others are told. */
  tell(committed: Committed): void {
    for (const listener of this.listeners) {
      try {
        listener(committed);
      } catch (err) {
        committed.ctx.log.error({ err, roomId: committed.roomId }, 'a listener to commits failed');
      }
    }
  }
}
