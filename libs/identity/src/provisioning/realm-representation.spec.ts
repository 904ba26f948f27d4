import { describe, expect, it } from 'vitest';
import { agrees, clientSettings, newRealm, realmSettings } from './realm-representation.js';

const plan = {
  realm: 'northfield',
  displayName: 'Northfield University',
  origin: 'https://localhost:8443',
  slug: 'northfield',
  accent: '#8a4b2a',
  clientId: 'lyceum',
  clientSecret: 'secret',
};

describe('SE-01 a realm of ours', () => {
  it('lets in by authorisation code with PKCE, at our own callback, and in no other way', () => {
    expect(clientSettings(plan)).toMatchObject({
      publicClient: false,
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      serviceAccountsEnabled: false,
      redirectUris: ['https://localhost:8443/t/northfield/auth/callback'],
      attributes: { 'pkce.code.challenge.method': 'S256' },
    });
  });

  it('names our client as the audience and resists guessing', () => {
    const realm = newRealm(plan);
    expect(realm).toMatchObject({
      bruteForceProtected: true,
      defaultSignatureAlgorithm: 'RS256',
      loginTheme: 'lyceum',
    });
    expect(realm.clients[0]?.protocolMappers[0]?.config['included.client.audience']).toBe('lyceum');
    expect(realm.roles.realm.map(({ name }) => name)).toEqual(['admin', 'program-manager', 'instructor', 'student']);
  });

  it('is left alone when it is so already, whatever else is in it', () => {
    const actual = { ...realmSettings(plan), id: 'x', notBefore: 0 };
    expect(agrees(actual, realmSettings(plan))).toBe(true);
    expect(agrees({ ...actual, bruteForceProtected: false }, realmSettings(plan))).toBe(false);
    const client = { ...clientSettings(plan), attributes: { ...clientSettings(plan).attributes, other: '1' } };
    expect(agrees(client, clientSettings(plan))).toBe(true);
    expect(agrees({ ...client, redirectUris: ['*'] }, clientSettings(plan))).toBe(false);
    expect(agrees({ ...client, attributes: undefined }, clientSettings(plan))).toBe(false);
  });
});
