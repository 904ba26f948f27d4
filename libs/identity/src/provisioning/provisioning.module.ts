import { readSecret, readSecretKey, type OperatorConfig } from '@lyceum/platform/config';
import { TenancyModule } from '@lyceum/tenancy';
import { Module, type DynamicModule } from '@nestjs/common';
import { publicOrigin } from '../application/public-origin.js';
import { KeycloakAdminClient } from './admin-client.js';
import { RealmProvisioner } from './realm-provisioner.js';
import { clientIdentity, TenantProvisioning, type ClientIdentity } from './tenant-provisioning.js';
import { UserProvisioner } from './user-provisioner.js';

/** For the operator's process alone: the only one that holds Keycloak's administrator. Needs database and keys. */
@Module({})
export class ProvisioningModule {
  static forRoot({ origin, keycloak }: Pick<OperatorConfig, 'origin' | 'keycloak'>): DynamicModule {
    return {
      module: ProvisioningModule,
      imports: [TenancyModule],
      providers: [
        { provide: publicOrigin, useValue: origin },
        {
          provide: clientIdentity,
          useFactory: (): ClientIdentity => ({
            clientId: keycloak.clientId,
            clientSecretKey: readSecretKey(keycloak.clientSecretKeyFile),
          }),
        },
        {
          provide: KeycloakAdminClient,
          useFactory: () =>
            new KeycloakAdminClient({
              internalUrl: keycloak.internalUrl,
              user: readSecret(keycloak.admin.userFile),
              password: readSecret(keycloak.admin.passwordFile),
            }),
        },
        {
          provide: RealmProvisioner,
          useFactory: (admin: KeycloakAdminClient) => new RealmProvisioner(admin),
          inject: [KeycloakAdminClient],
        },
        {
          provide: UserProvisioner,
          useFactory: (admin: KeycloakAdminClient) => new UserProvisioner(admin),
          inject: [KeycloakAdminClient],
        },
        TenantProvisioning,
      ],
      exports: [TenantProvisioning],
    };
  }
}
