import { MAX_LINE_BYTES } from './protocol.js';

/** More bytes without a line's end than any message has. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Cuts a byte stream into lines, holding at most one unfinished line of `maxBytes`. */
export class LineDecoder {
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly maxBytes = MAX_LINE_BYTES) {}

  /** Complete lines, without their ends. @throws LineTooLong */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let rest = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      if (end > this.maxBytes) throw new LineTooLong();
      lines.push(rest.toString('utf8', 0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > this.maxBytes) throw new LineTooLong();
    this.pending = rest;
    return lines;
  }
}
