import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { run } from '../host/exec.ts';
import { ensureFile, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Settings } from '../model/settings.ts';
import { originals } from './secrets.ts';

const renewBefore = 30 * 24 * 3600 * 1000;
// Browsers refuse server certificates that live longer.
const serverDays = '397';
const authorityDays = '3650';

/** Names and addresses the server certificate must speak for. */
export function alternativeNames(settings: Settings): string[] {
  const names = new Set(['DNS:localhost', `DNS:${settings.hostName}`, 'IP:127.0.0.1', 'IP:0:0:0:0:0:0:0:1']);
  names.add(`IP:${settings.mediaAddress}`);
  return [...names];
}

/** Whether a certificate still serves: for this key and these names, signed by this authority, not about to end. */
export function serves(
  pem: Buffer | undefined,
  key: Buffer | undefined,
  authority: Buffer,
  settings: Settings,
  now = Date.now(),
): boolean {
  if (!pem || !key) return false;
  const certificate = new X509Certificate(pem);
  const issuer = new X509Certificate(authority);
  const has = (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace('IP Address:', 'IP:'));
  return (
    certificate.checkPrivateKey(createPrivateKey(key)) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey) &&
    certificate.validToDate.getTime() - now > renewBefore &&
    alternativeNames(settings).every((name) => has.includes(name))
  );
}

/**
 * An authority without its key is somebody else's (the institution's, or the first host's): what it signed is used as
 * it is, and nothing is made here. @throws Failure when it doesn't serve.
 */
export function requireBrought(
  layout: Layout,
  settings: Settings,
  chain: Buffer | undefined,
  key: Buffer | undefined,
  now = Date.now(),
): void {
  const fault = ((): string | undefined => {
    if (!chain) return `${layout.chain} is missing`;
    if (!key) return `${join(originals(layout), 'tls-key')} is missing`;
    const certificate = new X509Certificate(chain);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return `tls-key is not the key of ${layout.chain}`;
    if (!certificate.checkHost(settings.hostName)) return `${layout.chain} does not speak for ${settings.hostName}`;
    return certificate.validToDate.getTime() <= now ? `${layout.chain} ended ${certificate.validTo}` : undefined;
  })();
  if (fault === undefined) return;
  throw new Failure(
    'certificates',
    `${fault}, and there is no key of the authority here to make another`,
    'see certs/README.md for where a certificate of your own goes, then ./lyceum up',
  );
}

/** The appliance's own authority and the server certificate of its origin, made with openssl from certs/*.cnf. */
export async function ensureCertificates(layout: Layout, settings: Settings): Promise<number> {
  const mine = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const authorityKey = join(originals(layout), 'ca-key');
  const serverKey = join(originals(layout), 'tls-key');
  if (readIfThere(layout.authority) && !readIfThere(authorityKey)) {
    requireBrought(layout, settings, readIfThere(layout.chain), readIfThere(serverKey));
    return 0;
  }
  // Inside the closed folder: private keys never lie anywhere else, not for a moment.
  const work = mkdtempSync(join(originals(layout), '.work-'));
  const recipe = (name: string): string => join(layout.checkout, 'certs', name);
  const openssl = (args: readonly string[]): Promise<string> => run('openssl', args, { cwd: work });
  let changed = 0;
  try {
    if (!readIfThere(authorityKey) || !readIfThere(layout.authority)) {
      await openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key']);
      await openssl([
        'req',
        '-new',
        '-x509',
        '-key',
        'ca.key',
        '-days',
        authorityDays,
        '-config',
        recipe('authority.cnf'),
        '-out',
        'ca.crt',
      ]);
      // The key first: an authority without its key would be kept and could sign nothing.
      ensureFile(authorityKey, readFileSync(join(work, 'ca.key')), { mode: 0o400, ...mine });
      ensureFile(layout.authority, readFileSync(join(work, 'ca.crt')), { mode: 0o644, ...mine });
      changed += 1;
    }
    const authority = readFileSync(layout.authority);
    if (!serves(readIfThere(layout.chain), readIfThere(serverKey), authority, settings)) {
      await openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'server.key']);
      await openssl(['req', '-new', '-key', 'server.key', '-subj', `/CN=${settings.hostName}`, '-out', 'server.csr']);
      const extensions = readFileSync(recipe('server.cnf'), 'utf8');
      ensureFile(join(work, 'server.cnf'), `${extensions}subjectAltName = ${alternativeNames(settings).join(',')}\n`, {
        mode: 0o600,
        ...mine,
      });
      await openssl([
        'x509',
        '-req',
        '-in',
        'server.csr',
        '-CA',
        layout.authority,
        '-CAkey',
        authorityKey,
        '-CAcreateserial',
        '-CAserial',
        'ca.srl',
        '-days',
        serverDays,
        '-sha256',
        '-extfile',
        'server.cnf',
        '-extensions',
        'server',
        '-out',
        'server.crt',
      ]);
      ensureFile(serverKey, readFileSync(join(work, 'server.key')), { mode: 0o400, ...mine });
      const chain = Buffer.concat([readFileSync(join(work, 'server.crt')), authority]);
      ensureFile(layout.chain, chain, { mode: 0o644, ...mine });
      changed += 1;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return changed;
}
