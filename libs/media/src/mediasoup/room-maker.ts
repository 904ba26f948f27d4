import { randomUUID } from 'node:crypto';
import type { CascadeSurroundings } from '../cascade/upstream.js';
import type { RecorderClient } from '../recorder/recorder-client.js';
import { RoomRecording } from '../recorder/room-recording.js';
import { routerCodecs } from './codecs.js';
import type { MediaWorker } from './media-worker.js';
import { RoomFeed } from './room-feed.js';
import { RoomMedia, type RoomListener } from './room-media.js';
import { RoomSound } from './room-sound.js';

export interface RoomSurroundings extends CascadeSurroundings {
  /** Id of this node. */
  readonly node: string;
  readonly recorder: RecorderClient;
  /** Where pipe transports to the recorder listen. */
  readonly pipeIp: string;
}

/** Makes a new incarnation of a room on `worker`. @throws LyceumError MEDIA.UNAVAILABLE when the worker is down. */
export async function openRoom(
  roomId: string,
  worker: MediaWorker,
  surroundings: RoomSurroundings,
  listener: RoomListener,
): Promise<RoomMedia> {
  const { recorder, pipeIp, log } = surroundings;
  const epoch = randomUUID();
  const { router, server } = await worker.router(routerCodecs);
  try {
    const feed = await RoomFeed.open(router);
    const sound = await RoomSound.open(router, feed);
    const recording = new RoomRecording({ roomId, epoch, router, pipeIp }, recorder, log, () => listener.changed());
    return new RoomMedia({ roomId, epoch, router, server, feed, sound, recording, surroundings }, listener);
  } catch (error) {
    router.close();
    throw error;
  }
}
