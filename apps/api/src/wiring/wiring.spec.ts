import { createHmac, randomUUID } from 'node:crypto';
import type { MediaGatewayEvent } from '@lyceum/classroom';
import { MediaClient, type RoomMediaEvent } from '@lyceum/media';
import { RequestContext } from '@lyceum/platform/context';
import { processLogger } from '@lyceum/platform/telemetry';
import { describe, expect, it, vi } from 'vitest';
import { MediasoupGateway } from './media-gateway.js';
import { TurnIceServers } from './turn-ice-servers.js';

const tenant = { id: randomUUID(), slug: 'spec', name: 'Spec', realm: 'spec', region: 'local' };
const ctx = RequestContext.create({ tenant, actor: { kind: 'anonymous' } });

describe('AV-09 TURN servers of a participant', () => {
  it('AV-09 come with credentials that the TURN server can check and that end', () => {
    const servers = new TurnIceServers({ urls: ['turn:h:1?transport=udp', 'turns:h:2'], ttlSeconds: 600 }, 'shared');
    const [server] = servers.issue(ctx, 'participant-1');
    expect(server?.urls).toEqual(['turn:h:1?transport=udp', 'turns:h:2']);
    const [expiry, name] = (server?.username ?? '').split(':');
    expect(name).toBe('participant-1');
    expect(Number(expiry) - Date.now() / 1000).toBeGreaterThan(500);
    expect(Number(expiry) - Date.now() / 1000).toBeLessThan(700);
    expect(server?.credential).toBe(
      createHmac('sha1', 'shared')
        .update(server?.username ?? '')
        .digest('base64'),
    );
  });
});

describe('AV-01 rooms and media', () => {
  const client = new MediaClient([{ id: 'm', control: 'ws://127.0.0.1:9', token: 't' }], 'spec', processLogger());
  const gateway = new MediasoupGateway(client);
  const seat = { tenantId: tenant.id, roomId: randomUUID(), participantId: randomUUID(), role: 'student' } as const;

  it('AV-01 passes negotiation on as it is, for the engine we have', async () => {
    const negotiate = vi.spyOn(client, 'negotiate').mockResolvedValue({ answer: 1 });
    expect(await gateway.negotiate(ctx, seat, 'mediasoup', { offer: 1 })).toEqual({ answer: 1 });
    expect(negotiate).toHaveBeenCalledWith(seat.roomId, seat.participantId, { offer: 1 });
    await expect(gateway.negotiate(ctx, seat, 'carrier-pigeon', {})).rejects.toMatchObject({
      code: 'MEDIA.BAD_REQUEST',
    });
  });

  it('AV-08 tells media on which nodes a room should be, and nothing that media need not know', () => {
    const want = vi.spyOn(client, 'want').mockReturnValue(undefined);
    const { roomId } = seat;
    const wanted = { roomId, version: 3, ended: false, seats: {}, recording: null };
    const seats = { [seat.participantId]: 'media-3' };
    gateway.publishWanted({
      wanted: { ...wanted, tenantId: tenant.id },
      home: 'media-2',
      branches: { south: 'media-3' },
      seats,
    });
    expect(want).toHaveBeenCalledWith({ wanted, home: 'media-2', seats });
    // The one node there is, though it never answered.
    expect(gateway.place(roomId, { region: 'here', regions: ['south'] }, null)).toEqual({ home: 'm', branches: {} });
  });

  it('AV-01 tells the room what media says, under the engine’s name', () => {
    let tell: (event: RoomMediaEvent) => void = () => undefined;
    vi.spyOn(client, 'onEvent').mockImplementation((listener) => {
      tell = listener;
      return () => true;
    });
    const heard: MediaGatewayEvent[] = [];
    gateway.onEvent((event) => heard.push(event));
    const event = { type: 'reset', epoch: randomUUID() } as RoomMediaEvent['event'];
    tell({ roomId: seat.roomId, to: [seat.participantId], event });
    expect(heard).toEqual([
      { roomId: seat.roomId, participantIds: [seat.participantId], engine: 'mediasoup', payload: event },
    ]);
  });
});
