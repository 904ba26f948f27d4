import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startApi, type TestApi } from './test-api.js';
import { TestClass, type TestPerson } from './test-class.js';
import { WireSeat } from './wire-seat.js';

/** A seat on the wire with what its join gave. */
export type EnteredSeat = WireSeat & { readonly id: string; readonly token: string; readonly roomId: string };

/** Two apis for the specs of a file, and a class of its own for each spec. */
export class Rooms {
  readonly seats: WireSeat[] = [];
  private apis: readonly [TestApi, TestApi] | null = null;
  private current: TestClass | null = null;

  get one(): TestApi {
    return this.started()[0];
  }

  get two(): TestApi {
    return this.started()[1];
  }

  get lesson(): TestClass {
    if (!this.current) throw new Error('a class is made before each spec');
    return this.current;
  }

  /** Registers the hooks of the file it is called in. */
  static hooks(options: { recorded?: boolean } = {}): Rooms {
    const rooms = new Rooms();
    beforeAll(async () => {
      rooms.apis = [await startApi('api-one'), await startApi('api-two')];
    });
    afterAll(async () => {
      for (const api of rooms.apis ?? []) await api.app.close();
    });
    beforeEach(async () => {
      rooms.current = await rooms.anotherClass(options);
    });
    afterEach(async () => {
      for (const seat of rooms.seats.splice(0)) seat.close();
      await rooms.current?.close();
    });
    return rooms;
  }

  /** A class of another institution. */
  async anotherClass(options: { recorded?: boolean } = {}): Promise<TestClass> {
    const made = await TestClass.create(this.one, options);
    await made.knownTo(this.one, this.two);
    return made;
  }

  /** Joins by REST, says hello and (unless told otherwise) enters the room. */
  async enter(
    api: TestApi,
    person: TestPerson,
    { prepared = false, lesson = this.lesson, from }: { prepared?: boolean; lesson?: TestClass; from?: string } = {},
  ): Promise<EnteredSeat> {
    const { participantId, seatToken, roomId } = await lesson.join(api, person);
    const seat = await this.hello(api, seatToken, null, lesson, from);
    if (!prepared) {
      await seat.do('participant.join', { mic: true, camera: false });
      await seat.until(() => seat.state.seats[participantId]?.present || undefined, 'snapshot of the room');
    }
    return Object.assign(seat, { id: participantId, token: seatToken, roomId });
  }

  /** Another socket of a seat, closed after the spec. */
  async hello(
    api: TestApi,
    token: string,
    since: number | null = null,
    lesson = this.lesson,
    from?: string,
  ): Promise<WireSeat> {
    const seat = await WireSeat.hello(api, lesson.tenant.slug, token, since, from);
    this.seats.push(seat);
    return seat;
  }

  private started(): readonly [TestApi, TestApi] {
    if (!this.apis) throw new Error('the apis start before the specs');
    return this.apis;
  }
}
