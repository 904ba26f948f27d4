import { RoomEngine, type SeatApi, type Trouble } from './engine/engine.js';
import { readPreference } from './preferences.js';

/** Whether the reader goes straight into the room: the link says so, or they chose it on this device. */
export function skipsCheck(search: string): boolean {
  const check = new URLSearchParams(search).get('check');
  return check === 'skip' || (check !== 'show' && readPreference('skipCheck', false));
}

interface Ahead {
  readonly sessionId: string;
  readonly engine: RoomEngine;
  /** What the reader should have been told before there was a page to tell it. */
  readonly untold: Trouble[];
  trouble: (trouble: Trouble) => void;
}

let ahead: Ahead | undefined;

/**
 * Begins a visit that goes straight into the room before its page is drawn: seat, socket and media need nothing of it.
 * Camera and microphone wait for the page. Whoever may not come in is refused as they would be later.
 */
export function beginAhead(api: SeatApi, sessionId: string): void {
  const untold: Trouble[] = [];
  const engine = new RoomEngine({ api, sessionId, trouble: (trouble) => begun.trouble(trouble) });
  const begun: Ahead = { sessionId, engine, untold, trouble: (trouble) => untold.push(trouble) };
  ahead = begun;
  engine.join();
}

/**
 * The engine of a visit whose page is being drawn: the one that was begun for this session, or a new one. A drawing may be
 * given up and begun again, so it stays there until `takeOver`.
 */
export function engineFor(api: SeatApi, sessionId: string, trouble: (trouble: Trouble) => void): RoomEngine {
  if (ahead?.sessionId !== sessionId) return new RoomEngine({ api, sessionId, trouble });
  ahead.trouble = trouble;
  return ahead.engine;
}

/** The page of the visit is there: it tells the reader what happened before, and sees to the engine's end. */
export function takeOver(engine: RoomEngine): void {
  if (ahead?.engine !== engine) return;
  for (const untold of ahead.untold) ahead.trouble(untold);
  ahead = undefined;
}

/** The page goes, and nothing came of what was begun for it. */
export function dropAhead(): void {
  void ahead?.engine.leave();
  ahead = undefined;
}
