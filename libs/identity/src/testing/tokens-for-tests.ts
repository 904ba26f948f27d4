import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ApplianceForTests } from './appliance-for-tests.js';
import type { InstitutionForTests } from './institution-for-tests.js';

const tokenSchema = z.object({ access_token: z.string() });

export interface ClientForTests {
  id: string;
  secret: string;
}

/** A program of the institution that asks for tokens by password: ours can't, and shouldn't. */
export async function makeClient(
  institution: InstitutionForTests,
  options: { audience: string | null; lifespanSeconds?: number },
): Promise<ClientForTests> {
  const client = { id: `test-${randomBytes(4).toString('hex')}`, secret: randomBytes(16).toString('hex') };
  const mapper = {
    name: 'audience',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-audience-mapper',
    config: { 'included.custom.audience': options.audience ?? '', 'access.token.claim': 'true' },
  };
  await institution.admin.send('POST', `${institution.realmPath}/clients`, {
    clientId: client.id,
    secret: client.secret,
    directAccessGrantsEnabled: true,
    standardFlowEnabled: false,
    attributes:
      options.lifespanSeconds === undefined ? {} : { 'access.token.lifespan': String(options.lifespanSeconds) },
    protocolMappers: options.audience === null ? [] : [mapper],
  });
  return client;
}

/** An access token of a person, by their password. */
export async function fetchToken(
  appliance: ApplianceForTests,
  institution: InstitutionForTests,
  client: ClientForTests,
  username: string,
): Promise<string> {
  const url = `${appliance.api.keycloak.internalUrl}${institution.realmPath}/protocol/openid-connect/token`;
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: client.id,
      client_secret: client.secret,
      ...institution.person(username),
    }),
  });
  return tokenSchema.parse(await response.json()).access_token;
}

/** The same token with parts of its header and claims replaced; the signature stays, unless one is given. */
export function forge(token: string, header: object, claims: object = {}, signature?: string): string {
  const [head = '', body = '', signed = ''] = token.split('.');
  const parse = (part: string): object =>
    z.looseObject({}).parse(JSON.parse(Buffer.from(part, 'base64url').toString()));
  const format = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [format({ ...parse(head), ...header }), format({ ...parse(body), ...claims }), signature ?? signed].join('.');
}
