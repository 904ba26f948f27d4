import { components } from '../components/index.ts';
import { basePackages, programs } from '../programs/catalog.ts';
import { imageUsers, sourceFolder } from './compose-placement.ts';
import { generated } from './drift.ts';

/** What health checks in a container are made with, besides what the components bring. */
const healthPackages = ['curl'];

const quietly = 'DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install';

const list = (names: readonly string[]): string =>
  [...new Set(names)]
    .sort()
    .map((name) => ` \\\n      ${name}`)
    .join('');

/**
 * One image for every component: what is carried to a network without registries is one file, and the programs are
 * the ones that `./lyceum up` builds, by the same code.
 */
export function dockerfile(): string {
  const runtime = [...basePackages, ...healthPackages, ...components.flatMap((component) => component.packages)];
  const build = ['python3-venv', ...Object.values(programs).flatMap((program) => [...program.buildPackages])];
  const users = imageUsers().map(
    ({ user, name, id }) =>
      `groupadd --gid ${id} ${name} && useradd --uid ${id} --gid ${id} --no-create-home --home-dir /nonexistent ` +
      `--shell /usr/sbin/nologin --comment 'Lyceum ${user}' ${name}`,
  );
  return `${generated}FROM debian:bookworm-slim AS base
# PostgreSQL's packages would make a cluster of their own, unless told not to before the server is unpacked.
RUN printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d \\
 && apt-get -q update \\
 && ${quietly} postgresql-common \\
 && echo 'create_main_cluster = false' >> /etc/postgresql-common/createcluster.conf \\
 && ${quietly}${list(runtime)} \\
 && rm -rf /var/lib/apt/lists/*
# Numbers are fixed, so that the files in a volume belong to the same users after an upgrade.
RUN ${users.join(' \\\n && ')}

FROM base AS build
RUN apt-get -q update \\
 && ${quietly}${list(build)}
COPY . ${sourceFolder}
RUN ${sourceFolder}/lyceum phase image

FROM base
COPY --from=build /opt/lyceum /opt/lyceum
COPY package.json ${sourceFolder}/
COPY installer ${sourceFolder}/installer
COPY certs ${sourceFolder}/certs
COPY compose/placement.json /etc/lyceum/
`;
}
