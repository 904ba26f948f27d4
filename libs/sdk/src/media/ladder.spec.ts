import { describe, expect, it } from 'vitest';
import { Ladder, type Evidence, type Rung } from './ladder.js';
import { needsOf, type Shown } from './picture-share.js';

const teacher: Shown = { participantId: 'anna', source: 'camera', priority: 'teacher' };
const student: Shown = { participantId: 'maya', source: 'camera', priority: null };
const screen: Shown = { participantId: 'anna', source: 'screen', priority: 'teacher' };
const lesson = [teacher, screen, ...Array.from({ length: 6 }, () => student)];

/** A path over which a class is looked at once a second; `at` is what one look finds. */
class Class {
  readonly ladder = new Ladder();
  readonly path: [second: number, rung: Rung][] = [];
  private second = 0;

  constructor(private readonly pictures: readonly Shown[] = lesson) {}

  for(seconds: number, at: (rung: Rung) => Partial<Omit<Evidence, 'atMs' | 'needs'>> = () => ({})): this {
    const needs = needsOf(this.pictures, null);
    for (const end = this.second + seconds; this.second < end; this.second += 1) {
      const clear = {
        concealed: 0,
        missing: 0,
        available: null,
        dropped: 0,
        busy: false,
        frozen: false,
        encoderLimited: false,
      };
      const evidence = { ...clear, ...at(this.ladder.rung), atMs: this.second * 1000, needs };
      const before = this.ladder.rung;
      this.ladder.look(evidence);
      if (this.ladder.rung !== before) this.path.push([this.second, this.ladder.rung]);
    }
    return this;
  }

  get rungs(): Rung[] {
    return this.path.map(([, rung]) => rung);
  }
}

/** A path that carries the voice and nothing else. */
const narrow = (rung: Rung) => ({ available: 80_000, concealed: rung === 'sound' ? 0 : 0.3 });

describe('Ladder', () => {
  it('AV-07 stays on full while speech is fine and pictures fit', () => {
    const room = new Class().for(60, () => ({ concealed: 0.02, available: 2_000_000 }));
    expect(room.path).toEqual([]);
    expect(room.ladder.view).toBeNull();
  });

  it('AV-07 keeps only sound at once when the path falls to 100 kbit/s and speech suffers', () => {
    const room = new Class().for(5).for(3, () => ({ concealed: 0.4, available: 85_000 }));
    expect(room.path).toEqual([[5, 'sound']]);
    expect(room.ladder.view).toEqual({ rung: 'sound', reason: 'network' });
  });

  it('AV-07 drops nothing for an estimate alone, which sinks on a busy computer, too', () => {
    expect(new Class().for(60, () => ({ available: 85_000 })).path).toEqual([]);
  });

  it('AV-07 takes a single moment of bad sound for no bad path', () => {
    expect(
      new Class()
        .for(5)
        .for(1, () => ({ concealed: 0.4 }))
        .for(10).path,
    ).toEqual([]);
  });

  it('AV-07 gives up what does not fit and no more', () => {
    const falls = (available: number) => new Class().for(1, () => ({ available, concealed: 0.2 })).ladder.rung;
    expect(falls(900_000)).toBe('full');
    expect(falls(300_000)).toBe('few');
    expect(falls(150_000)).toBe('stills');
    expect(falls(80_000)).toBe('sound');
  });

  it('AV-07 relieves speech that suffers rung by rung, whatever the estimate says', () => {
    const room = new Class().for(12, () => ({ concealed: 0.2 }));
    expect(room.rungs).toEqual(['small', 'few', 'stills', 'sound']);
    expect(room.path.at(-1)?.[0]).toBeLessThanOrEqual(10);
  });

  it('AV-07 does not take away pictures when a speaker’s own path is the bad one', () => {
    expect(new Class().for(60, () => ({ concealed: 0.4, available: 2_000_000 })).path).toEqual([]);
  });

  it('AV-07 skips stills when no screen is shared', () => {
    expect(new Class([teacher]).for(12, () => ({ concealed: 0.2 })).rungs).toEqual(['small', 'sound']);
  });

  it('AV-07 climbs back by itself once the path is clear', () => {
    const room = new Class().for(3, narrow);
    // The estimate grows with what is sent only.
    room.for(40, (rung) => ({ available: rung === 'sound' ? 80_000 : 2_000_000 }));
    expect(room.rungs).toEqual(['sound', 'stills', 'few', 'small', 'full']);
    expect(room.path.at(-1)?.[0]).toBeLessThan(30);
  });

  it('AV-07 tries more and more seldom on a path that stays narrow, at most once a minute', () => {
    const room = new Class([teacher]).for(600, narrow);
    const climbs = room.path.filter(([, rung]) => rung !== 'sound').map(([second]) => second);
    const waits = climbs.slice(1).map((second, index) => second - (climbs[index] ?? 0));
    expect(waits[0]).toBeLessThan(25);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(waits.at(-1)).toBeLessThanOrEqual(75);
    expect(climbs.length).toBeLessThan(15);
  });

  it('AV-07 gives back at once what spoils speech', () => {
    const room = new Class([teacher]).for(60, narrow);
    const [, up, down] = room.path;
    expect(up?.[1]).toBe('few');
    expect(down).toEqual([(up?.[0] ?? 0) + 1, 'sound']);
  });

  it('AV-07 goes on to say why nothing moves while it tries to climb, until something does', () => {
    const room = new Class([teacher]).for(3, narrow);
    const views: (Rung | undefined)[] = [];
    const look = (at: (rung: Rung) => { available: number; frozen: boolean }, seconds: number) => {
      for (let second = 0; second < seconds; second += 1) views.push(room.for(1, at).ladder.view?.rung);
    };
    // The server sends no picture over it, so that speech is fine on every rung.
    look((rung) => ({ available: 90_000, frozen: rung !== 'sound' }), 60);
    expect(room.rungs).toContain('full');
    expect(new Set(views)).toEqual(new Set(['sound']));
    views.length = 0;
    look(() => ({ available: 90_000, frozen: false }), 1);
    expect(views).toEqual([undefined]);
  });

  it('AV-07 says so when a path gets too narrow for pictures and spares speech', () => {
    const room = new Class([teacher]).for(10, () => ({ available: 2_000_000 }));
    room.for(4, () => ({ available: 90_000, frozen: true }));
    expect(room.ladder.view).toBeNull();
    room.for(2, () => ({ available: 90_000, frozen: true }));
    expect(room.ladder.view).toEqual({ rung: 'sound', reason: 'network' });
    expect(room.ladder.rung).toBe('full');
    room.for(1, () => ({ available: 90_000 }));
    expect(room.ladder.view).toBeNull();
  });

  it('AV-07 takes a screen on which nothing happens for no narrow path', () => {
    const room = new Class([screen]).for(60, () => ({ available: 2_000_000, frozen: true }));
    expect(room.ladder.view).toBeNull();
  });

  it('AV-07 waits with the climb until speech is fine', () => {
    const room = new Class([teacher]).for(4, narrow);
    room.for(30, () => ({ concealed: 0.05, available: 80_000 }));
    expect(room.rungs).toEqual(['sound']);
  });

  it('AV-07 gives a slow computer fewer pictures, never takes all, and says why', () => {
    const room = new Class().for(30, () => ({ dropped: 0.5 }));
    expect(room.rungs).toEqual(['small', 'few']);
    expect(room.ladder.view).toEqual({ rung: 'few', reason: 'cpu' });
  });

  it('AV-07 takes a hiccup for no slow computer, nor an encoder that is short of time alone', () => {
    expect(new Class().for(4, () => ({ dropped: 0.5 })).for(10).path).toEqual([]);
    expect(new Class().for(60, () => ({ encoderLimited: true })).path).toEqual([]);
    expect(new Class().for(6, () => ({ encoderLimited: true, dropped: 0.2 })).rungs).toEqual(['small']);
  });

  it('AV-07 blames a busy computer for speech that came whole and is played late', () => {
    const late = { concealed: 0.4, busy: true };
    const room = new Class().for(30, () => late);
    expect(room.rungs).toEqual(['small', 'few']);
    expect(room.ladder.view).toEqual({ rung: 'few', reason: 'cpu' });
    // Its estimate of the path sinks with it.
    expect(new Class().for(6, () => ({ ...late, available: 200_000 })).rungs).toEqual(['small', 'few']);
  });

  it('AV-07 blames the path for what a busy computer never got, and when fewer pictures did not help', () => {
    const busy = { concealed: 0.4, available: 85_000, busy: true };
    expect(new Class().for(1, () => ({ ...busy, missing: 0.3 })).rungs).toEqual(['sound']);
    const room = new Class().for(12, () => busy);
    expect(room.rungs).toEqual(['small', 'few', 'sound']);
    expect(room.ladder.view).toEqual({ rung: 'sound', reason: 'network' });
  });

  it('AV-07 complains about nothing when nobody shows anything', () => {
    expect(new Class([]).for(20, () => ({ concealed: 0.3, available: 30_000 })).path).toEqual([]);
  });
});
