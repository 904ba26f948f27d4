import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentIdentity } from '../domain/segment-identity.js';

const IDENTITY = 'segment.json';
const PIECE = /^(\d{6,})\.piece$/;

/**
 * Encrypted pieces on the recorder's own disk: a directory per segment. A piece appears under its name only when all of it
 * is on the disk, so whatever a killed process leaves behind is whole.
 */
export class LocalJournal {
  constructor(private readonly directory: string) {}

  /** Makes the segment's directory; its identity is durable before its first piece. */
  async create(identity: SegmentIdentity): Promise<void> {
    await mkdir(this.pathOf(identity.segmentId), { recursive: true, mode: 0o700 });
    await this.writeDurably(identity.segmentId, IDENTITY, Buffer.from(JSON.stringify(identity)));
    await syncDirectory(this.directory);
  }

  async write(segmentId: string, number: number, ciphertext: Buffer): Promise<void> {
    await this.writeDurably(segmentId, `${String(number).padStart(6, '0')}.piece`, ciphertext);
  }

  async read(segmentId: string, number: number): Promise<Buffer> {
    return readFile(join(this.pathOf(segmentId), `${String(number).padStart(6, '0')}.piece`));
  }

  /** Numbers of the pieces that are there, in order. */
  async pieces(segmentId: string): Promise<number[]> {
    const names = await readdir(this.pathOf(segmentId));
    return names
      .flatMap((name) => PIECE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  async remove(segmentId: string): Promise<void> {
    await rm(this.pathOf(segmentId), { recursive: true, force: true });
  }

  /** Makes the directory. One of a segment without an identity never got a piece: call before anything is created. */
  async prepare(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    for (const segmentId of await this.directories()) {
      if ((await this.identityOf(segmentId)) === null) await this.remove(segmentId);
    }
  }

  /** Segments on this disk. */
  async list(): Promise<SegmentIdentity[]> {
    const found: SegmentIdentity[] = [];
    for (const segmentId of await this.directories()) {
      const identity = await this.identityOf(segmentId);
      if (identity) found.push(identity);
    }
    return found;
  }

  private async directories(): Promise<string[]> {
    const entries = await readdir(this.directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  }

  private async identityOf(segmentId: string): Promise<SegmentIdentity | null> {
    try {
      return JSON.parse(await readFile(join(this.pathOf(segmentId), IDENTITY), 'utf8')) as SegmentIdentity;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  private async writeDurably(segmentId: string, name: string, bytes: Buffer): Promise<void> {
    const directory = this.pathOf(segmentId);
    const temporary = join(directory, `.${name}.part`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
    await syncDirectory(directory);
  }

  private pathOf(segmentId: string): string {
    return join(this.directory, segmentId);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
