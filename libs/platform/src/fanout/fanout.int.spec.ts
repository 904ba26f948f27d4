import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applianceForTests } from '../keys/appliance-for-tests.js';
import { processLogger } from '../telemetry/index.js';
import { Fanout, createRedis } from './index.js';

const config = applianceForTests();
const patienceMs = 10_000;

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + patienceMs; !condition(); await sleep(10)) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

describe('OP-01 fan-out between processes', () => {
  let here: Fanout;
  let there: Fanout;
  let channel: string;
  const open = () => {
    const log = processLogger();
    return new Fanout(createRedis(config.redis, log), createRedis(config.redis, log), log);
  };

  /** Publishes until somebody hears it: subscribing takes a moment, and the channel is lossy by contract. */
  async function reach(heard: unknown[], message: unknown): Promise<void> {
    const before = heard.length;
    for (const end = Date.now() + patienceMs; heard.length === before; await sleep(20)) {
      if (Date.now() > end) throw new Error('nobody heard it');
      here.publish(channel, message);
    }
  }

  beforeEach(async () => {
    channel = `spec-${randomUUID()}`;
    [here, there] = [open(), open()];
    await until(() => here.connected && there.connected);
  });
  afterEach(() => {
    here.close();
    there.close();
  });

  it('OP-01 reaches every listener of a channel, and a failing one harms nobody', async () => {
    const heard: unknown[] = [];
    there.subscribe(channel, () => {
      throw new Error('contained');
    });
    there.subscribe(channel, (message) => heard.push(message));
    await reach(heard, { room: 'r1', number: 7 });
    expect(heard[0]).toEqual({ room: 'r1', number: 7 });
  });

  it('OP-01 is over for a listener that stopped, and goes on for the others', async () => {
    const [one, two]: [unknown[], unknown[]] = [[], []];
    const stop = there.subscribe(channel, (message) => one.push(message));
    there.subscribe(channel, (message) => two.push(message));
    await reach(two, 'first');
    stop();
    const before = one.length;
    await reach(two, 'second');
    expect(one).toHaveLength(before);
  });

  it('OP-01 publishing into a closed connection neither throws nor waits', async () => {
    here.close();
    expect(() => here.publish(channel, 'closing')).not.toThrow();
    await until(() => !here.connected);
    expect(() => here.publish(channel, 'lost')).not.toThrow();
  });
});
