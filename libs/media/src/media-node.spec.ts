import { describe, expect, it } from 'vitest';
import { pipeAddress } from './media-node.js';

describe('pipeAddress', () => {
  it('RE-01 keeps media to a recorder of this host on the loopback', () => {
    expect(pipeAddress('ws://127.0.0.1:8464', '10.0.0.5')).toBe('127.0.0.1');
    expect(pipeAddress('ws://localhost:8464', '10.0.0.5')).toBe('127.0.0.1');
    expect(pipeAddress('ws://[::1]:8464', '10.0.0.5')).toBe('::1');
  });

  it('RE-01 reaches a recorder elsewhere from the media address', () => {
    expect(pipeAddress('wss://recorder.campus.example:8464', '10.0.0.5')).toBe('10.0.0.5');
  });
});
