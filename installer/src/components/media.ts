import type { Component } from '../model/component.ts';
import { bind, host, port, program, secretFile, setting, text } from '../model/refs.ts';
import { common, nodeProcess } from './parts.ts';

/** mediasoup's workers: pictures and sound pass here. Knows no database, so that nothing slow can stop them. */
export const media: Component = {
  ...nodeProcess('media', 'media'),
  name: 'media',
  title: 'Media node',
  user: 'media',
  needs: [],
  packages: ['libabsl20220623', 'libsrtp2-1', 'libuv1'],
  programs: ['node', 'release', 'mediasoup-worker'],
  ports: {
    control: { offset: 22, protocol: 'tcp', reach: 'machine' },
    // One port per worker; a machine with more cores than this runs a second node.
    rtc: { offset: 30, protocol: 'tcp+udp', reach: 'network', count: 10 },
  },
  secrets: ['media-control', 'recorder-control'],
  data: false,
  files: [
    {
      name: 'media.json',
      content: {
        json: {
          ...common('media'),
          listen: { host: bind('media', 'control'), port: port('media', 'control') },
          controlTokenFile: secretFile('media-control'),
          workerBin: program('mediasoup-worker', 'mediasoup-worker'),
          workers: setting('workers'),
          rtc: { address: setting('mediaAddress'), listenIp: setting('rtcAddress'), firstPort: port('media', 'rtc') },
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
