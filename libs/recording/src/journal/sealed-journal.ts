import { decryptBuffer, encryptBuffer, FloeError } from '@lyceum/platform/floe';
import { objectAad } from '@lyceum/platform/storage';
import { piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import type { LocalJournal } from './local-journal.js';

const CONTENT_TYPE = 'application/octet-stream';

/** The local journal behind its encryption: nothing reaches the disk in the clear, not even for a moment. */
export class SealedJournal {
  constructor(readonly local: LocalJournal) {}

  /** Encrypts a piece under the data key of its recording and participant, and makes it durable. */
  async write(identity: SegmentIdentity, key: Buffer, number: number, piece: Buffer): Promise<void> {
    const sealed = encryptBuffer({ key, aad: aadOf(identity, number) }, piece);
    await this.local.write(identity.segmentId, number, sealed);
  }

  /** @throws FloeError when the piece was changed, cut, or is another one */
  async read(identity: SegmentIdentity, key: Buffer, number: number): Promise<Buffer> {
    const sealed = await this.local.read(identity.segmentId, number);
    return decryptBuffer({ key, aad: aadOf(identity, number) }, sealed);
  }

  /** As `read`, but null for a damaged piece: a disk that lost one must not keep the others from being played. */
  async readIfWhole(identity: SegmentIdentity, key: Buffer, number: number): Promise<Buffer | null> {
    try {
      return await this.read(identity, key, number);
    } catch (error) {
      if (error instanceof FloeError) return null;
      throw error;
    }
  }
}

function aadOf(identity: SegmentIdentity, number: number): Buffer {
  const place = piecePlace(identity, number);
  return objectAad(identity.tenantId, { ...place, dataKeyId: identity.dataKeyId, contentType: CONTENT_TYPE });
}
