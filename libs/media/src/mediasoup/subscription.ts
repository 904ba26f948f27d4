import type { ConsumerDto, RtpParametersDto } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import type { View } from '../engine/layers.js';
import type { PublishedTrack } from './published-track.js';

/** A consumer, which runs when its browser wants it, its seat is present *and*, for a voice in a big room, it has the floor. */
export class Subscription {
  private wanted = false;
  private running = false;
  private spatial: number;
  private temporal: number | undefined;

  constructor(
    readonly consumer: types.Consumer,
    private readonly track: Pick<PublishedTrack, 'encodings' | 'gate'>,
    private present: boolean,
    private onFloor: boolean,
  ) {
    this.spatial = track.encodings - 1;
  }

  get view(): View {
    return { on: this.wanted, spatial: this.spatial };
  }

  setWanted(wanted: boolean): void {
    this.wanted = wanted;
    this.follow();
  }

  setPresent(present: boolean): void {
    this.present = present;
    this.follow();
  }

  /** Of what the path to this viewer carries, pictures of higher priority (1…255) get theirs first. */
  setPriority(priority: number): void {
    const { consumer } = this;
    if (priority !== consumer.priority && !consumer.closed) consumer.setPriority(priority).catch(() => undefined);
  }

  setOnFloor(onFloor: boolean): void {
    this.onFloor = onFloor;
    this.follow();
  }

  async setLayers(spatial: number, temporal: number | undefined): Promise<void> {
    this.spatial = spatial;
    this.temporal = temporal;
    if (this.consumer.type !== 'simple') await this.prefer(spatial);
  }

  /**
   * Has mediasoup choose layers again when it sends a smaller picture than is wanted. Only a changed preference makes it look;
   * requests are handled in order, so the viewer never gets less in between.
   */
  lift(): void {
    const { consumer, spatial } = this;
    if (!this.running || consumer.closed || consumer.type === 'simple' || spatial === 0) return;
    if ((consumer.currentLayers?.spatialLayer ?? 0) >= spatial) return;
    Promise.all([this.prefer(spatial - 1), this.prefer(spatial)]).catch(() => undefined);
  }

  describe(): ConsumerDto {
    const { id, producerId, kind, rtpParameters, producerPaused } = this.consumer;
    return { id, trackId: producerId, kind, rtpParameters: rtpParameters satisfies RtpParametersDto, producerPaused };
  }

  /** mediasoup asks the sender for a key frame when a video consumer resumes, so a crowd goes through the track's gate. */
  private follow(): void {
    const { consumer } = this;
    const run = this.wanted && this.present && this.onFloor;
    if (run === this.running || consumer.closed) return;
    this.running = run;
    const resume = async () => {
      if (this.running && !consumer.closed) await consumer.resume().catch(() => undefined);
    };
    if (!run) consumer.pause().catch(() => undefined);
    else if (consumer.kind === 'video') this.track.gate.pass(resume);
    else void resume();
  }

  private prefer(spatialLayer: number): Promise<void> {
    const { temporal } = this;
    return this.consumer.setPreferredLayers({
      spatialLayer,
      ...(temporal !== undefined && { temporalLayer: temporal }),
    });
  }
}
