import {
  handQueue,
  isHost,
  mayCommand,
  presentSeats,
  type ParticipantRole,
  type SessionDetail,
} from '@lyceum/contracts';
import type { CameraState, ChatEntry, MicState, Person, RoomModel, RoomPhase, Track } from '../model.js';
import { type EngineView, isOver } from './engine.js';

/** Where the reader stands. */
export function phaseOf(view: Pick<EngineView, 'room' | 'left'>): RoomPhase {
  if (isOver(view)) return 'ended';
  const { room } = view;
  if (room.you === null || room.connection === 'connecting') return 'connecting';
  if (room.you.status === 'waiting') return 'waiting';
  if (room.you.status === 'prepared') return room.connection === 'open' ? 'prepared' : 'connecting';
  return room.connection === 'open' ? 'present' : 'reconnecting';
}

/**
 * What the microphone really does, whatever the button was meant to do: it is only called open when the media server has the
 * track, does not hold it, and is connected. So a lost socket doesn't close a microphone that is still heard.
 */
export function micState(view: Pick<EngineView, 'local' | 'media' | 'published'>): MicState {
  const { mic } = view.local;
  if (mic === 'blocked' || mic === 'missing') return mic;
  if (mic === 'off') return 'muted';
  if (view.media === 'closed' || view.media === 'preparing' || view.media === 'idle') return 'down';
  const own = view.published.find(({ source }) => source === 'mic');
  const flows = own !== undefined && own.published && !own.held && !own.muted;
  return flows && view.media === 'connected' ? 'open' : 'starting';
}

export function cameraState(view: Pick<EngineView, 'local' | 'media' | 'published'>): CameraState {
  const { camera } = view.local;
  if (camera === 'blocked' || camera === 'missing' || camera === 'off') return camera;
  if (view.media === 'closed' || view.media === 'preparing' || view.media === 'idle') return 'down';
  const own = view.published.find(({ source }) => source === 'camera');
  return own !== undefined && own.published && !own.muted && view.media === 'connected' ? 'on' : 'starting';
}

const NOBODY: Pick<Person, 'participantId' | 'role'> = { participantId: '', role: 'student' };

/** A page's model from what the engine knows. Pure. `erased` stands for a name that was removed. */
export function toModel(
  view: EngineView,
  session: Pick<SessionDetail, 'title' | 'course'>,
  courseHref: string,
  erased: string,
): Omit<RoomModel, 'soundBlocked'> {
  const { room, speaker } = view;
  const { state, references } = room;
  const selfId = room.you?.participantId ?? room.seat?.participantId ?? NOBODY.participantId;
  const role: ParticipantRole = room.you?.role ?? room.seat?.role ?? NOBODY.role;
  const nameOf = (id: string) => references.people[id]?.name ?? (id === selfId ? room.seat?.name : undefined) ?? erased;
  const queue = handQueue(state).map(({ participantId }) => participantId);
  const mic = micState(view);
  // Asked for or not: on a path that is too narrow none of them comes.
  const soundAlone = view.ladder?.rung === 'sound';
  const resting = new Set(
    view.remote
      .filter((track) => track.source === 'camera' && (track.resting || soundAlone))
      .map(({ participantId }) => participantId),
  );
  const people = presentSeats(state).map((seat): Person => {
    const isSelf = seat.participantId === selfId;
    const place = queue.indexOf(seat.participantId);
    return {
      participantId: seat.participantId,
      name: nameOf(seat.participantId),
      role: seat.role,
      isSelf,
      mic: isSelf ? mic === 'open' : seat.media.mic,
      camera: isSelf ? view.local.camera === 'on' : seat.media.camera,
      resting: seat.media.camera && resting.has(seat.participantId),
      screen: seat.media.screen,
      interpreter: seat.interpreter,
      hand: place < 0 ? null : place + 1,
      joinedAt: seat.joinedAt,
    };
  });
  const self = people.find(({ isSelf }) => isSelf) ?? {
    ...NOBODY,
    participantId: selfId,
    role,
    name: nameOf(selfId),
    isSelf: true,
    mic: false,
    camera: false,
    resting: false,
    screen: false,
    interpreter: false,
    hand: null,
    joinedAt: 0,
  };
  const byId = new Map(people.map((person) => [person.participantId, person]));
  return {
    phase: phaseOf(view),
    courseCode: session.course.code,
    title: session.title,
    courseHref,
    openedAt: state.openedAt === null ? null : state.openedAt - room.clockOffsetMs,
    self,
    people,
    hands: queue.flatMap((id) => byId.get(id) ?? []),
    tracks: tracksOf(view, selfId, byId),
    speakers: speaker !== null && byId.get(speaker)?.mic ? [speaker] : [],
    chat: room.chat.map((message): ChatEntry => ({
      messageId: message.messageId,
      participantId: message.from,
      name: nameOf(message.from),
      isSelf: message.from === selfId,
      text: references.texts[message.textId] ?? null,
      at: message.at - room.clockOffsetMs,
      to: message.audience.kind === 'people' ? 'person' : message.audience.kind === 'hosts' ? 'hosts' : 'room',
    })),
    recording: state.recording && { paused: state.recording.paused },
    mic,
    camera: cameraState(view),
    cameraResting: view.published.some(({ source, resting }) => source === 'camera' && resting),
    share: view.sharing,
    quality: view.quality,
    ladder: view.ladder,
    talkingMuted: view.talkingMuted,
    may: {
      moderate: isHost(role),
      record: mayCommand('recording.start', role),
      end: mayCommand('room.end', role),
      share: mayCommand('media.set', role),
    },
  };
}

const ownTrack = { isLocal: true, resting: false };

function tracksOf(view: EngineView, selfId: string, people: ReadonlyMap<string, Person>): Track[] {
  const own = view.published
    // The preview must not wait for the server: one's own picture is there before anyone else's.
    .filter(({ source, muted }) => source !== 'camera' && !muted)
    .map(({ source, track }) => ({ trackId: `local-${source}`, participantId: selfId, source, track, ...ownTrack }));
  const { cameraTrack } = view.local;
  if (cameraTrack)
    own.push({ trackId: 'local-camera', participantId: selfId, source: 'camera', track: cameraTrack, ...ownTrack });
  const remote = view.remote.flatMap((track): Track[] => {
    const { media, paused, trackId, participantId, source, kind, resting } = track;
    const owner = people.get(participantId);
    if (!media || !owner || owner.isSelf) return [];
    // A paused picture would be frozen; a paused voice keeps its element, so that unmuting is heard from the first sound.
    if (kind === 'video' && (paused || (source === 'camera' && resting))) return [];
    return [{ trackId, participantId, source, track: media, isLocal: false, resting }];
  });
  return [...own, ...remote];
}
