import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planClass } from '../lessons/class-session.js';
import { HttpPerson } from '../robot/http-person.js';
import { applianceUnderTest } from './appliance-under-test.js';
import { ownInstitution } from './own-institution.js';

/** Everything that coturn's own test client says, whatever it ends with. */
const turnClient = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile('turnutils_uclient', args, { timeout: 20_000 }, (_, stdout, stderr) => resolve(stdout + stderr));
  });

describe('SE-05 AV-06 the relay is no door into the network it stands in', () => {
  const appliance = applianceUnderTest();
  let student: HttpPerson;
  let credentials: string[];

  beforeAll(async () => {
    const place = await ownInstitution('relay-peers');
    const arrive = (name: string) => HttpPerson.arrive(place.appliance, place.appliance.person(place.tenant, name));
    const teacher = await arrive('anna');
    student = await arrive('maya');
    const { id } = await planClass({ api: (...call) => teacher.json(...call) }, 'The relay');
    const { iceServers } = await student.json<{ iceServers: { username: string; credential: string }[] }>(
      'POST',
      `sessions/${id}/join`,
      {},
    );
    const [server] = iceServers;
    if (!server) throw new Error('A student was given no relay.');
    credentials = ['-u', server.username, '-w', server.credential];
    await teacher.leave();
  });
  afterAll(() => student?.leave());

  /** Asks the relay, with a student's own credentials, for a way to `peer`. */
  const wayTo = (peer: string, ...more: string[]) =>
    turnClient(
      '-v',
      ...credentials,
      ...['-p', String(appliance.ports.turn.turn), '-e', peer],
      ...['-n', '1', '-m', '1', '-l', '50', ...more, appliance.mediaAddress],
    );

  it('leads to the media address', async () => {
    const said = await wayTo(appliance.mediaAddress);
    expect(said).toContain('channel bind');
    expect(said).not.toContain('error');
  });

  const neighbours = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, address }) => family === 'IPv4' && address !== appliance.mediaAddress)
    .map(({ address }) => address);

  it.each([...neighbours, '127.0.0.2', '10.0.0.1', '192.168.1.1', '169.254.169.254'])(
    'answers 403 to a way to %s',
    async (peer) => {
      expect(await wayTo(peer)).toContain('error 403 (Forbidden IP)');
    },
  );

  it('opens no TCP connections, hence none to the database or Redis at the media address', async () => {
    expect(await wayTo(appliance.mediaAddress, '-t', '-T')).toContain('error 442');
  });

  it('relays nothing for who guesses the credentials', async () => {
    const said = await turnClient(
      ...['-v', '-u', `${Math.floor(Date.now() / 1000) + 600}:guess`, '-w', 'guess'],
      ...['-p', String(appliance.ports.turn.turn), '-e', appliance.mediaAddress, '-n', '1', '-m', '1'],
      appliance.mediaAddress,
    );
    expect(said).toMatch(/error 401|Cannot complete Allocation/);
  });
});
