import type { Component } from '../model/component.ts';
import { bind, host, port, program, secretFile, setting, text } from '../model/refs.ts';
import { common, nodeProcess } from './parts.ts';

/**
 * mediasoup's workers: pictures and sound pass here. Knows no database, so that nothing slow can stop them. Two from the first
 * day, so that classes go on at the other one when one dies or is replaced.
 */
function media(number: 1 | 2): Component {
  const name = `media-${number}` as const;
  return {
    ...nodeProcess('media', name),
    name,
    title: `Media node ${number}`,
    user: 'media',
    needs: [],
    packages: ['libabsl20220623', 'libsrtp2-1', 'libuv1'],
    programs: ['node', 'release', 'mediasoup-worker'],
    ports: {
      control: { offset: 21 + number, protocol: 'tcp', reach: 'machine' },
      // One port per worker.
      rtc: { offset: number === 1 ? 30 : 60, protocol: 'tcp+udp', reach: 'network', count: 10 },
    },
    secrets: ['media-control', 'recorder-control'],
    data: false,
    files: [
      {
        name: 'media.json',
        content: {
          json: {
            ...common(name),
            listen: { host: bind(name, 'control'), port: port(name, 'control') },
            controlTokenFile: secretFile('media-control'),
            workerBin: program('mediasoup-worker', 'mediasoup-worker'),
            workers: setting('workers'),
            rtc: { address: setting('mediaAddress'), listenIp: setting('rtcAddress'), firstPort: port(name, 'rtc') },
            recorder: {
              control: text`ws://${host('recorder')}:${port('recorder', 'control')}`,
              tokenFile: secretFile('recorder-control'),
            },
          },
        },
      },
    ],
    health: { kind: 'http', port: 'control', path: '/readyz' },
    stopSeconds: 20,
  };
}

export const mediaNodes: readonly Component[] = [media(1), media(2)];
