import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) =>
  clientAddress({
    socket: { remoteAddress } as IncomingMessage['socket'],
    headers: forwarded === undefined ? {} : ({ 'x-forwarded-for': forwarded } as IncomingMessage['headers']),
  });

describe('clientAddress', () => {
  it('AV-11 believes the edge on this host', () => {
    expect(from('127.0.0.1', '10.1.2.3')).toBe('10.1.2.3');
    expect(from('::1', '2001:db8::7')).toBe('2001:db8::7');
    expect(from('::ffff:127.0.0.1', '10.1.2.3')).toBe('10.1.2.3');
  });

  it('AV-11 believes nobody else', () => {
    expect(from('10.9.9.9', '10.1.2.3')).toBe('10.9.9.9');
    // What the client itself wrote comes before what the edge added.
    expect(from('127.0.0.1', '10.6.6.6, 10.1.2.3')).toBe('10.1.2.3');
  });

  it('AV-11 is the peer without an edge, and nobody when it is gone or makes no sense', () => {
    expect(from('127.0.0.1')).toBe('127.0.0.1');
    expect(from(undefined)).toBeNull();
    expect(from('127.0.0.1', 'unknown')).toBeNull();
  });
});
