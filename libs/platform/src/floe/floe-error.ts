/**
 * Why a message was refused. None of them reveals anything about key or plaintext.
 * - `parameters`: not FLOE, or lengths we don't support
 * - `header`: wrong key, wrong additional data, or a changed header
 * - `segment`: a segment was changed, moved, comes from another message, or has bytes after it
 * - `truncated`: the message ends before its final segment does
 */
export type FloeErrorReason = 'parameters' | 'header' | 'segment' | 'truncated';

/** The bytes are not an intact FLOE message under this key and additional data. */
export class FloeError extends Error {
  override readonly name = 'FloeError';

  constructor(
    readonly reason: FloeErrorReason,
    message: string,
  ) {
    super(message);
  }
}
