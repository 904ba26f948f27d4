import type { ParticipantRole } from '@lyceum/contracts';
import type { LadderView } from '@lyceum/sdk/media';
import { createContext } from 'react';
import type { SelectOption } from '../../design/index.js';

/** Where the reader stands with this room; also on the room's root element, for those who drive the page from outside. */
export type RoomPhase = 'connecting' | 'prepared' | 'waiting' | 'present' | 'reconnecting' | 'ended';

export interface Person {
  readonly participantId: string;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly isSelf: boolean;
  readonly mic: boolean;
  readonly camera: boolean;
  /** Sends a picture that doesn't come for now; `RoomModel.ladder` says why. */
  readonly resting: boolean;
  readonly screen: boolean;
  /** Interprets, for instance in sign language. */
  readonly interpreter: boolean;
  /** Place in the queue from 1; null when the hand is down. */
  readonly hand: number | null;
  /** Server clock, ms. */
  readonly joinedAt: number;
}

export type Source = 'mic' | 'camera' | 'screen' | 'screen-audio';

/** Something to show or play. */
export interface Track {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: Source;
  readonly track: MediaStreamTrack;
  readonly isLocal: boolean;
  /** A screen of which this browser takes nothing for now. */
  readonly resting: boolean;
}

export interface ChatEntry {
  readonly messageId: string;
  readonly participantId: string;
  readonly name: string;
  readonly isSelf: boolean;
  /** Null when the text was erased. */
  readonly text: string | null;
  readonly at: number;
  readonly to: 'room' | 'hosts' | 'person';
}

/**
 * What the microphone really does. `open`: heard by the room. `muted`: sends nothing. `starting`: asked for, not heard yet.
 * `down`: would be open, but media is not there, so nobody hears it. `blocked`: the browser or the system refuses.
 * `missing`: there is no microphone (any more).
 */
export type MicState = 'open' | 'muted' | 'starting' | 'down' | 'blocked' | 'missing';
export type CameraState = 'on' | 'off' | 'starting' | 'down' | 'blocked' | 'missing';
/** A camera or microphone as its owner means it. `blocked`: the browser or the system refuses. `missing`: there is none. */
export type DeviceState = 'on' | 'off' | 'starting' | 'blocked' | 'missing';

/** The reader's own devices, and what there is to choose from. */
export interface LocalMediaView {
  /** What the person means; whether anyone hears it is the engine's to know. */
  readonly mic: DeviceState;
  readonly camera: DeviceState;
  /** The open microphone, also while muted: unmuting then takes no time. */
  readonly micTrack: MediaStreamTrack | null;
  readonly cameraTrack: MediaStreamTrack | null;
  readonly mics: readonly SelectOption<string>[];
  readonly cameras: readonly SelectOption<string>[];
  readonly speakers: readonly SelectOption<string>[];
  readonly micId: string | null;
  readonly cameraId: string | null;
  readonly speakerId: string | null;
}

/**
 * What happened to a device by itself. `switched`: it is gone, `label` is used instead. `gone`: and there is no other.
 * `back`: the chosen one, `label`, is used again. `again`: there was none and now there is one, not in use.
 * `refused`: `label` was chosen and could not be opened.
 */
export interface DeviceNews {
  readonly device: 'mic' | 'camera' | 'speaker';
  readonly what: 'switched' | 'gone' | 'back' | 'again' | 'refused';
  readonly label: string;
}

export type ShareState = 'on' | 'off' | 'starting';

export interface RoomModel {
  readonly phase: RoomPhase;
  readonly courseCode: string;
  readonly title: string;
  readonly courseHref: string;
  /** Reader's clock, ms since the epoch, at which the room opened; null before. */
  readonly openedAt: number | null;
  readonly self: Person;
  /** Everyone who is present, the reader included. */
  readonly people: readonly Person[];
  /** Raised hands, first come first. */
  readonly hands: readonly Person[];
  readonly tracks: readonly Track[];
  /** Who speaks and is heard, the loudest first. Apart from people, since it changes all the time. */
  readonly speakers: readonly string[];
  readonly chat: readonly ChatEntry[];
  readonly recording: { readonly paused: boolean } | null;
  readonly mic: MicState;
  readonly camera: CameraState;
  /** The own picture rests, since the path carries no more than the voice. */
  readonly cameraResting: boolean;
  readonly share: ShareState;
  readonly quality: 'good' | 'weak' | 'bad' | null;
  /** What of the others' pictures is held back, and why; null while everything comes. */
  readonly ladder: LadderView | null;
  /** The reader is muted, and talks all the same. */
  readonly talkingMuted: boolean;
  readonly may: {
    readonly moderate: boolean;
    readonly record: boolean;
    readonly end: boolean;
    readonly share: boolean;
  };
  /** The browser plays no sound before a click. */
  readonly soundBlocked: boolean;
}

export type ChatAddress = { kind: 'room' } | { kind: 'hosts' } | { kind: 'person'; participantId: string };

/** All of it but what changes several times a second: most of the room is drawn anew only when this does. */
export type SteadyRoom = Omit<RoomModel, 'speakers'>;
/** Who speaks, for the stage alone. */
export const SpeakersContext = createContext<RoomModel['speakers']>([]);

/** Everything a reader can do in the room. Failures show as a toast and reject nothing. */
export interface RoomActions {
  setMic: (open: boolean) => void;
  setCamera: (on: boolean) => void;
  setShare: (on: boolean) => void;
  setHand: (raised: boolean) => void;
  lowerHand: (participantId: string) => void;
  /** Resolves to false when it could not be sent, so that the field keeps its words. */
  sendChat: (text: string, to: ChatAddress) => Promise<boolean>;
  mute: (participantId: string | null) => void;
  stopVideo: (participantId: string) => void;
  stopShare: (participantId: string) => void;
  setInterpreter: (participantId: string, interpreter: boolean) => void;
  remove: (participantId: string) => void;
  setRecording: (wanted: 'on' | 'paused' | 'off') => void;
  leave: () => void;
  endForAll: () => void;
  dismissTalkingMuted: () => void;
  openDevices: () => void;
  unblockSound: () => void;
  watch: (trackId: string, size: { width: number; height: number; visible: boolean }) => void;
}
