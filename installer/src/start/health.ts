import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { NetConnectOpts } from 'node:net';
import { messageOf } from '../cli/failure.ts';
import type { Layout } from '../host/layout.ts';
import type { Component } from '../model/component.ts';
import type { Placement } from '../model/placement.ts';
import { bind, port, setting } from '../model/refs.ts';

const patience = 3000;

/** Asks a component whether it does its work: undefined when it does, else why not, in words. */
export async function unhealthy(
  layout: Layout,
  placement: Placement,
  component: Component,
): Promise<string | undefined> {
  try {
    await ask(layout, placement, component);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function ask(layout: Layout, placement: Placement, component: Component): Promise<void> {
  const { health } = component;
  if (health.kind === 'none') return;
  if (health.kind === 'line') {
    const answer = await exchange({ path: String(placement.value(component, health.socket)) }, `${health.send}\n`);
    if (!answer.includes(health.expect)) throw new Error(`answers ${answer.slice(0, 200)}`);
    return;
  }
  const bound = String(placement.value(component, bind(component.name, health.port)));
  const host = bound === '0.0.0.0' ? '127.0.0.1' : bound;
  const number = Number(placement.value(component, port(component.name, health.port)));
  switch (health.kind) {
    case 'redis':
      // Without a login it refuses commands, which it can only do when it works.
      return expectAnswer(await exchange({ host, port: number }, 'PING\r\n'), /^(\+PONG|-NOAUTH)/);
    case 'postgres':
      // An SSL request: answered with one letter by a server that takes connections, and by one still starting too,
      // so a start-up packet follows that must be answered with a request to log in.
      return expectAnswer(
        await exchange({ host, port: number }, startupPacket('lyceum_app', 'postgres')),
        /^[RE](?!.*57P03)/s,
      );
    case 'stun':
      return stunBinding(host, number);
    case 'http':
    case 'https':
      return get(layout, health.kind, {
        host,
        port: number,
        path: health.path,
        headers: { host: String(placement.value(component, setting('hostName'))) },
      });
  }
}

function expectAnswer(answer: string, pattern: RegExp): void {
  if (!pattern.test(answer)) throw new Error(`answers ${JSON.stringify(answer.slice(0, 120))}`);
}

/** Sends a few bytes and returns the first that come back. */
function exchange(to: NetConnectOpts, send: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(to, () => socket.write(send));
    socket.setTimeout(patience, () => socket.destroy(new Error('does not answer')));
    socket.once('data', (data) => {
      resolve(data.toString('latin1'));
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('hangs up')));
  });
}

/** PostgreSQL's start-up message (protocol 3.0): length, version, pairs of strings. */
function startupPacket(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

/** STUN binding request (RFC 8489, section 5): anybody may ask, and a working server answers. */
function stunBinding(host: string, port: number): Promise<void> {
  const message = Buffer.concat([Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]), randomBytes(12)]);
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const timer = setTimeout(() => end(new Error('does not answer')), patience);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      socket.close();
      if (error) reject(error);
      else resolve();
    };
    socket.once('error', end);
    socket.once('message', (answer) => end(answer.readUInt16BE(0) === 0x0101 ? undefined : new Error('answers oddly')));
    socket.send(message, port, host);
  });
}

function get(
  layout: Layout,
  scheme: 'http' | 'https',
  where: { host: string; port: number; path: string; headers: Record<string, string> },
): Promise<void> {
  const options = { ...where, timeout: patience, agent: false as const };
  return new Promise((resolve, reject) => {
    const request =
      scheme === 'http'
        ? httpRequest(options)
        : httpsRequest({ ...options, ca: readFileSync(layout.authority), servername: 'localhost' });
    request.once('timeout', () => request.destroy(new Error('does not answer')));
    request.once('error', reject);
    request.once('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      response.once('end', () => {
        if (response.statusCode !== undefined && response.statusCode < 400) resolve();
        else reject(new Error(`answers ${response.statusCode} ${body.slice(0, 200).replaceAll('\n', ' ')}`));
      });
    });
    request.end();
  });
}
