import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A socket somebody listens at. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly inode: string;
}

// Socket states in /proc/net: a listening TCP socket, and a UDP socket that is bound but not connected.
const listening = { tcp: '0A', udp: '07' } as const;

/** Listeners in the text of /proc/net/tcp, tcp6, udp or udp6. */
export function parseSockets(protocol: 'tcp' | 'udp', text: string): Listener[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const port = Number.parseInt(local?.split(':')[1] ?? '', 16);
      return state === listening[protocol] && inode && Number.isInteger(port) ? [{ protocol, port, inode }] : [];
    });
}

/** Everybody who listens on this machine now. */
export function listeners(): Listener[] {
  return (['tcp', 'udp'] as const).flatMap((protocol) =>
    ['', '6'].flatMap((family) => {
      try {
        return parseSockets(protocol, readFileSync(`/proc/net/${protocol}${family}`, 'utf8'));
      } catch {
        // A kernel without IPv6 has no such file.
        return [];
      }
    }),
  );
}

/** The process behind a socket, in words; a process of another user is not visible without root. */
export function holderOf(inode: string): string {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const files = readdirSync(`/proc/${pid}/fd`);
      if (files.some((file) => link(`/proc/${pid}/fd/${file}`) === `socket:[${inode}]`)) {
        return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (process ${pid})`;
      }
    } catch {
      // It ended meanwhile, or isn't ours to look at.
    }
  }
  return 'a process that only root can see';
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
