import type { Component } from '../model/component.ts';
import { bind, host, path, port, program, secret, setting, text } from '../model/refs.ts';

/**
 * People and how they prove who they are: a realm per institution.
 * Java is started directly, not through kc.sh, so that the supervisor's child is the server itself.
 */
export const keycloak: Component = {
  name: 'keycloak',
  title: 'Keycloak',
  user: 'keycloak',
  needs: ['postgres'],
  packages: ['openjdk-17-jre-headless'],
  programs: ['keycloak', 'theme'],
  ports: {
    http: { offset: 13, protocol: 'tcp', reach: 'machine' },
    management: { offset: 14, protocol: 'tcp', reach: 'machine' },
  },
  secrets: ['database-keycloak', 'keycloak-admin-user', 'keycloak-admin-password'],
  data: true,
  files: [
    {
      name: 'keycloak.conf',
      content: text`db-url=jdbc:postgresql://${host('postgres')}:${port('postgres', 'sql')}/keycloak
db-username=keycloak
db-password=${secret('database-keycloak')}
db-pool-max-size=20
hostname=${setting('origin')}/kc
# The api asks inside, browsers outside; tokens name the outside either way.
hostname-backchannel-dynamic=true
http-enabled=true
http-host=${bind('keycloak', 'http')}
http-port=${port('keycloak', 'http')}
http-management-port=${port('keycloak', 'management')}
proxy-headers=xforwarded
cache=local
# Asking for its health while it starts would fill the log.
log-level=info,io.smallrye.health:error
spi-theme--folder--dir=${program('theme')}
`,
    },
  ],
  command: [
    '/usr/bin/java',
    '-Xms64m',
    '-Xmx512m',
    '-XX:MaxMetaspaceSize=256m',
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    '-Djava.security.egd=file:/dev/urandom',
    '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
    '-Duser.language=en',
    '-Duser.country=US',
    '--add-opens=java.base/java.util=ALL-UNNAMED',
    '--add-opens=java.base/java.util.concurrent=ALL-UNNAMED',
    '--add-opens=java.base/java.security=ALL-UNNAMED',
    '--add-opens=java.base/java.lang=ALL-UNNAMED',
    text`-Djava.io.tmpdir=${path('data')}`,
    text`-Dkc.home.dir=${program('keycloak')}`,
    text`-Djboss.server.config.dir=${program('keycloak', 'conf')}`,
    '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
    '-Dpicocli.disable.closures=true',
    '-cp',
    program('keycloak', 'lib/quarkus-run.jar'),
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
    text`--config-file=${path('config', 'keycloak.conf')}`,
    'start',
    '--optimized',
  ],
  environment: {
    // A pool that hands out connections as they are lets sign-ins fail for a while after the database was restarted.
    QUARKUS_DATASOURCE_JDBC_VALIDATE_ON_BORROW: 'true',
    QUARKUS_DATASOURCE_JDBC_VALIDATION_QUERY_SQL: 'SELECT 1',
  },
  secretEnvironment: {
    KC_BOOTSTRAP_ADMIN_USERNAME: 'keycloak-admin-user',
    KC_BOOTSTRAP_ADMIN_PASSWORD: 'keycloak-admin-password',
  },
  health: { kind: 'http', port: 'management', path: '/kc/health/ready' },
  startSeconds: 300,
  stopSeconds: 30,
};
