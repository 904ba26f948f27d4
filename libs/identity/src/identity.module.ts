import { readSecretKey, type KeycloakConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { TenancyModule } from '@lyceum/tenancy';
import { Module, type DynamicModule } from '@nestjs/common';
import { BearerTokens } from './access/bearer-tokens.js';
import { RequestAuthenticator } from './access/request-authenticator.js';
import { RolePolicy } from './access/role-policy.js';
import { publicOrigin } from './application/public-origin.js';
import { SignIn } from './application/sign-in.js';
import { SignOut } from './application/sign-out.js';
import { WhoAmI } from './application/who-am-i.js';
import { Realms } from './keycloak/realm.js';
import { Sealers } from './sessions/sealers.js';
import { SessionCheck } from './sessions/session-check.js';
import { WebSessionEntity } from './sessions/web-session.entity.js';
import { WebSessions } from './sessions/web-sessions.js';

export interface IdentityOptions {
  /** The one public origin, e.g. `https://localhost:8443`. */
  origin: string;
  keycloak: Pick<KeycloakConfig, 'publicUrl' | 'internalUrl' | 'clientId' | 'clientSecretKeyFile'>;
  /** Seals what sessions and sign-ins keep; all apis share it. */
  sessionKeyFile: string;
}

/** Who people are: tokens, sessions, signing in and out, and what roles may do. */
@Module({})
export class IdentityModule {
  static forRoot({ origin, keycloak, sessionKeyFile }: IdentityOptions): DynamicModule {
    const { publicUrl, internalUrl, clientId, clientSecretKeyFile } = keycloak;
    return {
      module: IdentityModule,
      global: true,
      imports: [TenancyModule, DatabaseModule.forEntities([WebSessionEntity])],
      providers: [
        { provide: publicOrigin, useValue: origin },
        { provide: Sealers, useFactory: () => new Sealers(readSecretKey(sessionKeyFile)) },
        {
          provide: Realms,
          useFactory: () =>
            new Realms({ publicUrl, internalUrl, clientId, clientSecretKey: readSecretKey(clientSecretKeyFile) }),
        },
        WebSessions,
        SessionCheck,
        BearerTokens,
        RequestAuthenticator,
        RolePolicy,
        SignIn,
        SignOut,
        WhoAmI,
      ],
      exports: [RequestAuthenticator, RolePolicy, Realms, SignIn, SignOut, WhoAmI],
    };
  }
}
