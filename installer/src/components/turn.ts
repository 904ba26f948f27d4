import type { Component } from '../model/component.ts';
import { bind, certificate, lastPort, path, port, secret, secretFile, setting, text } from '../model/refs.ts';

/**
 * For networks that let nothing but TCP through. Relays to the media address and to nothing else, so that it is no
 * door into the campus network.
 */
export const turn: Component = {
  name: 'turn',
  title: 'TURN (coturn)',
  user: 'turn',
  needs: [],
  packages: ['coturn'],
  programs: [],
  ports: {
    turn: { offset: 15, protocol: 'tcp+udp', reach: 'network' },
    turns: { offset: 16, protocol: 'tcp', reach: 'network' },
    relay: { offset: 100, protocol: 'udp', reach: 'media', count: 400 },
  },
  secrets: ['turn-secret', 'tls-key'],
  data: true,
  run: { mode: 0o700 },
  files: [
    {
      name: 'turnserver.conf',
      content: text`listening-ip=${bind('turn', 'turn')}
listening-port=${port('turn', 'turn')}
tls-listening-port=${port('turn', 'turns')}
relay-ip=${bind('turn', 'relay')}
min-port=${port('turn', 'relay')}
max-port=${lastPort('turn', 'relay')}
realm=${setting('hostName')}
use-auth-secret
static-auth-secret=${secret('turn-secret')}
cert=${certificate('chain')}
pkey=${secretFile('tls-key')}
no-tlsv1
no-tlsv1_1
fingerprint
stale-nonce=600
# The media address is the only peer; an allowed address wins over a denied range.
allowed-peer-ip=${setting('mediaAddress')}
denied-peer-ip=0.0.0.0-255.255.255.255
denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
allow-loopback-peers
no-tcp-relay
no-multicast-peers
no-cli
no-rfc5780
no-software-attribute
userdb=${path('data', 'turndb')}
pidfile=${path('run', 'turn.pid')}
log-file=stdout
simple-log
`,
    },
  ],
  command: ['/usr/bin/turnserver', '-c', path('config', 'turnserver.conf')],
  environment: {},
  secretEnvironment: {},
  health: { kind: 'stun', port: 'turn' },
  startSeconds: 30,
  stopSeconds: 20,
};
