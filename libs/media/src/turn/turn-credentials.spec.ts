import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { turnCredentials } from './turn-credentials.js';

describe('turnCredentials', () => {
  it('AV-12 expires at the time the username says and is keyed by the secret', () => {
    const { username, credential } = turnCredentials('s3cret', 3600, 'seat-1', 1_700_000_000_999);
    expect(username).toBe('1700003600:seat-1');
    expect(credential).toBe(createHmac('sha1', 's3cret').update('1700003600:seat-1').digest('base64'));
  });

  it('AV-12 differs for another name and another secret', () => {
    const one = turnCredentials('a', 60, 'x', 0).credential;
    expect(turnCredentials('a', 60, 'y', 0).credential).not.toBe(one);
    expect(turnCredentials('b', 60, 'x', 0).credential).not.toBe(one);
  });
});
