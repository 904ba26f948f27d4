import { roles } from '@lyceum/contracts';

export interface RealmPlan {
  realm: string;
  displayName: string;
  /** The one public origin. */
  origin: string;
  slug: string;
  /** `#rrggbb`, or null for the portal's own accent. */
  accent: string | null;
  clientId: string;
  clientSecret: string;
}

/** The attribute of a realm that the theme reads. */
const ACCENT_ATTRIBUTE = 'lyceum.accent';

export const MIN_PASSWORD_LENGTH = 10;

const MINUTE = 60;
const HOUR = 3_600;

/** How every realm of ours is set, in the terms of Keycloak's RealmRepresentation. Durations are seconds. */
export function realmSettings(plan: RealmPlan) {
  return {
    enabled: true,
    displayName: plan.displayName,
    loginTheme: 'lyceum',
    attributes: plan.accent === null ? {} : { [ACCENT_ATTRIBUTE]: plan.accent },
    // keycloak-connect verifies nothing else.
    defaultSignatureAlgorithm: 'RS256',
    sslRequired: 'external',
    registrationAllowed: false,
    rememberMe: false,
    verifyEmail: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: false,
    editUsernameAllowed: false,
    bruteForceProtected: true,
    permanentLockout: false,
    // Ten tries in a row, then waits that grow to a quarter of an hour: guessing is hopeless, a class isn't locked out.
    failureFactor: 10,
    waitIncrementSeconds: MINUTE,
    maxFailureWaitSeconds: 15 * MINUTE,
    passwordPolicy: `length(${MIN_PASSWORD_LENGTH}) and notUsername`,
    // A bearer token can't be taken back, so it is short; sessions live as long as our own.
    accessTokenLifespan: 5 * MINUTE,
    ssoSessionIdleTimeout: 4 * HOUR,
    ssoSessionMaxLifespan: 12 * HOUR,
    accessCodeLifespanLogin: 15 * MINUTE,
    internationalizationEnabled: true,
    supportedLocales: ['en'],
    defaultLocale: 'en',
    eventsEnabled: true,
    eventsExpiration: 30 * 24 * HOUR,
    adminEventsEnabled: true,
    adminEventsDetailsEnabled: false,
  };
}

/** Our client in a realm: confidential, authorisation code with PKCE and nothing else. */
export function clientSettings(plan: RealmPlan) {
  const base = `${plan.origin}/t/${plan.slug}`;
  return {
    clientId: plan.clientId,
    name: 'Lyceum',
    enabled: true,
    protocol: 'openid-connect',
    publicClient: false,
    clientAuthenticatorType: 'client-secret',
    secret: plan.clientSecret,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    consentRequired: false,
    frontchannelLogout: false,
    baseUrl: `${base}/`,
    redirectUris: [`${base}/auth/callback`],
    webOrigins: [],
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': `${base}/`,
      'access.token.signed.response.alg': 'RS256',
      'id.token.signed.response.alg': 'RS256',
    },
  };
}

/** Access tokens name our client as their audience; without it they are refused. */
export function audienceMapper(clientId: string) {
  return {
    name: `audience ${clientId}`,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-audience-mapper',
    config: {
      'included.client.audience': clientId,
      'access.token.claim': 'true',
      'id.token.claim': 'false',
      'introspection.token.claim': 'true',
    },
  };
}

/** Everything at once, for a realm that isn't there: Keycloak imports it whole or not at all. */
export function newRealm(plan: RealmPlan) {
  return {
    ...realmSettings(plan),
    realm: plan.realm,
    roles: { realm: roles.map((name) => ({ name })) },
    clients: [{ ...clientSettings(plan), protocolMappers: [audienceMapper(plan.clientId)] }],
  };
}

/** Whether everything wanted is so already; what Keycloak has beside it doesn't matter. */
export function agrees(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && JSON.stringify([...actual].sort()) === JSON.stringify([...wanted].sort());
  }
  if (typeof wanted !== 'object' || wanted === null) return actual === wanted;
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(wanted).every(([key, value]) => agrees(Reflect.get(actual, key), value));
}
