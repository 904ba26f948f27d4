import type { MediaEvent } from '@lyceum/contracts';
import type { Publisher } from './publisher.js';
import type { Subscriber } from './subscriber.js';

/** What the server tells of a room that goes on: all but the end of a seat or of the whole incarnation. */
export type RoomChange = Exclude<MediaEvent, { type: 'reset' | 'seat-closed' }>;

/** Has what is sent and received follow the room. */
export class RoomChanges {
  constructor(
    private readonly subscriber: Subscriber,
    private readonly publisher: Publisher,
    private readonly callbacks: {
      /** The server's estimate of the path to here, bit/s. */
      estimated(available: number): void;
      /** Null in silence. */
      speaks(participantId: string | null): void;
    },
  ) {}

  async follow(event: RoomChange): Promise<void> {
    const { subscriber, publisher, callbacks } = this;
    switch (event.type) {
      case 'tracks':
        await Promise.all([subscriber.replaceAll(event.tracks), publisher.admit()]);
        return;
      case 'track-published':
        return subscriber.add([event.track]);
      case 'track-closed':
        return subscriber.remove(event.trackId);
      case 'track-paused':
        return subscriber.setPaused(event.trackId, true);
      case 'track-resumed':
        return subscriber.setPaused(event.trackId, false);
      case 'track-priority':
        return subscriber.setPriority(event.trackId, event.priority);
      case 'track-held':
        return publisher.setHeld(event.trackId, event.held);
      case 'layers-wanted':
        return publisher.setHighestLayer(event.trackId, event.highest);
      case 'key-frame-wanted':
        return publisher.sendKeyFrame(event.trackId);
      case 'path':
        return callbacks.estimated(event.available);
      case 'active-speaker':
        callbacks.speaks(event.participantId);
        return subscriber.setSpeaker(event.participantId);
    }
  }
}
