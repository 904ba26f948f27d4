import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { turnCredentials } from '@lyceum/media';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesFlow, stats, until } from './look.js';
import type { Harness } from './page.js';
import { everything, portOf, Stage } from './stage.js';

declare const harness: Harness;

const secret = 'a secret that only this test knows';
const turnPort = portOf(1) + 9;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

describe('a network that lets only TCP to the TURN server through', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const stage = new Stage({ first: portOf(1) });
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-turn-'));
  let turn: ChildProcess;
  let teacher: Page;
  let student: Page;

  beforeAll(async () => {
    const options = [
      ['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(turnPort)],
      ['--use-auth-secret', '--static-auth-secret', secret, '--realm', 'lyceum'],
      ['--no-udp', '--no-tls', '--no-dtls', '--no-cli', '--allow-loopback-peers'],
      ['--log-file', join(folder, 'log'), '--simple-log', '--pidfile', join(folder, 'pid'), '--db', join(folder, 'db')],
    ];
    turn = spawn('turnserver', ['-n', ...options.flat()], { stdio: 'ignore' });
    await until(() => answers(turnPort), Boolean, 'the TURN server');
    await stage.start();
    stage.want({ [anna]: everything, [maya]: everything });
  });
  afterAll(async () => {
    await stage.stop();
    turn.kill();
    rmSync(folder, { recursive: true });
  });

  it('AV-12 carries picture and sound both ways through the relay over TCP', async () => {
    const urls = [`turn:127.0.0.1:${turnPort}?transport=tcp`];
    const ice = [{ urls, ...turnCredentials(secret, 600, maya) }];
    teacher = await stage.open(anna);
    student = await stage.open(maya, { ice, relay: true });
    for (const page of [teacher, student]) {
      await page.evaluate(() => harness.room.prepare());
      await page.evaluate(() => harness.publish(320, 180));
    }
    await framesFlow(student, 'to the relayed browser');
    await framesFlow(teacher, 'from the relayed browser');
    const seen = await stats(student);
    for (const path of [seen?.send, seen?.recv]) expect(path).toMatchObject({ type: 'relay', relayProtocol: 'tcp' });
    expect((await stats(teacher))?.recv.type).toBe('host');
  });

  it('AV-12 finds a new path after ICE restarts, without losing the seat', async () => {
    const before = await student.evaluate(() => harness.log.length);
    await student.evaluate(() => harness.restartIce());
    await framesFlow(student, 'after the restart');
    expect(await student.evaluate((from) => harness.log.slice(from), before)).not.toContain('preparing');
  });

  it('AV-12 gets nowhere with credentials of another secret', async () => {
    const urls = [`turn:127.0.0.1:${turnPort}?transport=tcp`];
    const stranger = await stage.open(randomUUID(), {
      ice: [{ urls, ...turnCredentials('a guess', 600, 'x') }],
      relay: true,
    });
    await stranger.evaluate(() => harness.room.prepare());
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await stranger.evaluate(() => harness.room.state)).not.toBe('connected');
  });
});
