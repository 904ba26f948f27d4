import { describe, expect, it } from 'vitest';
import { NetworkRegions } from './network-regions.js';

describe('NetworkRegions', () => {
  const regions = new NetworkRegions({
    north: ['10.1.0.0/16', '2001:db8:1::/48'],
    south: ['10.2.0.0/16', '10.1.7.0/24'],
  });

  it('AV-11 knows the region of an address', () => {
    expect(regions.of('10.1.2.3')).toBe('north');
    expect(regions.of('10.2.2.3')).toBe('south');
    expect(regions.of('2001:db8:1::9')).toBe('north');
    // As a socket that listens for both tells an IPv4 peer.
    expect(regions.of('::ffff:10.2.0.1')).toBe('south');
  });

  it('AV-11 takes the smallest network that an address is in', () => {
    expect(regions.of('10.1.7.3')).toBe('south');
    expect(regions.of('10.1.8.3')).toBe('north');
  });

  it('AV-11 does not guess', () => {
    expect(regions.of('192.0.2.1')).toBeNull();
    expect(regions.of('2001:db8:2::1')).toBeNull();
    expect(regions.of(null)).toBeNull();
    expect(new NetworkRegions({}).of('10.1.2.3')).toBeNull();
  });
});
