import type { ConsumerDto, RtpParametersDto } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import type { View } from '../engine/layers.js';

/** A consumer, which runs when its browser wants it *and* its seat is present. */
export class Subscription {
  private wanted = false;
  private running = false;
  private spatial: number;

  constructor(
    readonly consumer: types.Consumer,
    encodings: number,
  ) {
    this.spatial = encodings - 1;
  }

  get view(): View {
    return { on: this.wanted, spatial: this.spatial };
  }

  setWanted(wanted: boolean, seatPresent: boolean): void {
    this.wanted = wanted;
    this.follow(seatPresent);
  }

  /** mediasoup asks the sender for a key frame when a video consumer resumes. */
  follow(seatPresent: boolean): void {
    const run = this.wanted && seatPresent;
    if (run === this.running || this.consumer.closed) return;
    this.running = run;
    (run ? this.consumer.resume() : this.consumer.pause()).catch(() => undefined);
  }

  async setLayers(spatial: number, temporal: number | undefined): Promise<void> {
    this.spatial = spatial;
    if (this.consumer.type === 'simple') return;
    await this.consumer.setPreferredLayers({
      spatialLayer: spatial,
      ...(temporal !== undefined && { temporalLayer: temporal }),
    });
  }

  describe(): ConsumerDto {
    const { id, producerId, kind, rtpParameters, producerPaused } = this.consumer;
    return { id, trackId: producerId, kind, rtpParameters: rtpParameters satisfies RtpParametersDto, producerPaused };
  }
}
