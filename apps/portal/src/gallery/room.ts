import type { RoomActions, RoomModel, Track } from '../features/room/model.js';
import { chatter, crowd } from './crowd.js';
import { cast, maya, uuid } from './people.js';

/** A still picture as a live track: what a camera would send. */
function painted(width: number, height: number, paint: (brush: CanvasRenderingContext2D) => void): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('no canvas');
  const draw = () => paint(brush);
  draw();
  // A canvas sends a frame only when it is drawn on.
  setInterval(draw, 250);
  const [track] = canvas.captureStream(4).getVideoTracks();
  if (!track) throw new Error('no track');
  return track;
}

const gradient = (from: string, to: string) =>
  painted(640, 360, (brush) => {
    const fill = brush.createLinearGradient(180, 0, 460, 360);
    fill.addColorStop(0, from);
    fill.addColorStop(1, to);
    brush.fillStyle = fill;
    brush.fillRect(0, 0, 640, 360);
  });

const slide = () =>
  painted(1280, 720, (brush) => {
    brush.fillStyle = '#fffdf8';
    brush.fillRect(0, 0, 1280, 720);
    brush.fillStyle = '#1d1b17';
    brush.font = '600 46px "Source Serif 4 Variable", serif';
    brush.fillText('Elasticity is a ratio of changes', 84, 120);
    brush.font = '22px "Source Serif 4 Variable", serif';
    brush.fillStyle = '#3b372f';
    brush.fillText('How strongly quantity answers when the price moves by one per cent.', 84, 176);
    brush.strokeStyle = '#1f5a4c';
    brush.lineWidth = 5;
    brush.beginPath();
    brush.moveTo(640, 300);
    brush.bezierCurveTo(760, 370, 900, 560, 1120, 600);
    brush.stroke();
  });

const faces = [
  ['#6d8f84', '#2f4a43'],
  ['#7d8aa0', '#3c465a'],
  ['#b9a184', '#6a5540'],
  ['#8f9bb3', '#434d66'],
  null,
  ['#a58a92', '#5b3f49'],
  null,
] as const;

export function roomModel(options: {
  share: boolean;
  host: boolean;
  count?: number;
  /** Pictures are asked for, and none comes. */
  frozen?: boolean;
  change?: Partial<RoomModel>;
}): RoomModel {
  const count = options.count ?? cast.length;
  const rung = options.change?.ladder?.rung ?? 'full';
  const isSelf = (index: number) => index === (options.host ? 0 : 2);
  /** What the call library leaves out: the teacher's picture goes last. */
  const rests = (index: number) =>
    Boolean(faces[index]) && !isSelf(index) && (rung === 'few' ? index > 0 : rung === 'stills' || rung === 'sound');
  const drawn = cast.slice(0, count).map((person, index) => ({
    participantId: person.id,
    name: person.name,
    role: person.role,
    isSelf: isSelf(index),
    mic: index === 0,
    camera: Boolean(faces[index]),
    resting: rests(index),
    screen: index === 0 && options.share,
    interpreter: false,
    hand: person.id === maya.id ? 1 : index === 5 ? 2 : null,
    joinedAt: index,
  }));
  const people = [...drawn, ...crowd(count)];
  const tracks: Track[] = drawn.flatMap((person, index) => {
    const face = faces[index];
    if (!face || (person.resting && !options.frozen)) return [];
    return [
      {
        trackId: uuid(index),
        participantId: person.participantId,
        source: 'camera',
        track: gradient(face[0], face[1]),
        isLocal: person.isSelf,
        resting: false,
      } as const,
    ];
  });
  if (options.share && people[0]) {
    tracks.push({
      trackId: uuid(50),
      participantId: people[0].participantId,
      source: 'screen',
      track: slide(),
      isLocal: false,
      resting: rung === 'sound' && !options.frozen,
    });
  }
  const self = people.find(({ isSelf }) => isSelf) ?? people[0];
  if (!self) throw new Error('an empty cast');
  const line = (index: number, from: number, minutes: number, text: string) => ({
    messageId: uuid(200 + index),
    participantId: people[from]?.participantId ?? '',
    name: people[from]?.name ?? '',
    isSelf: people[from]?.isSelf ?? false,
    text,
    at: Date.now() - minutes * 60_000,
    to: 'room' as const,
  });
  return {
    phase: 'present',
    courseCode: 'Econ 210',
    title: 'Price elasticity',
    courseHref: '/gallery/course',
    openedAt: Date.now() - 1_934_000,
    self,
    people,
    hands: people.filter(({ hand }) => hand !== null),
    tracks,
    speakers: people[0] ? [people[0].participantId] : [],
    chat: [
      ...(count > cast.length ? chatter(people, 3_000) : []),
      line(0, 2, 9, 'Good morning!'),
      line(1, 3, 8, 'Is the reading for today chapter 5 or 6?'),
      line(2, 0, 7, 'Chapter 5. We come to 6 next week.'),
      line(3, 0, 7, 'The slides are in the course folder.'),
      line(4, 2, 1, 'Is price elasticity always negative, or only for goods like this one?'),
    ],
    recording: { paused: false },
    mic: self.mic ? 'open' : 'muted',
    camera: self.camera ? 'on' : 'off',
    cameraResting: false,
    share: 'off',
    quality: 'good',
    ladder: null,
    talkingMuted: false,
    may: { moderate: options.host, record: options.host, end: options.host, share: true },
    soundBlocked: false,
    ...options.change,
  };
}

const nothing = () => undefined;
export const roomActions: RoomActions = {
  setMic: nothing,
  setCamera: nothing,
  setShare: nothing,
  setHand: nothing,
  lowerHand: nothing,
  sendChat: () => Promise.resolve(true),
  mute: nothing,
  stopVideo: nothing,
  stopShare: nothing,
  setInterpreter: nothing,
  remove: nothing,
  setRecording: nothing,
  leave: nothing,
  endForAll: nothing,
  dismissTalkingMuted: nothing,
  openDevices: nothing,
  unblockSound: nothing,
  watch: nothing,
};

const network = 'network' as const;
/** `/gallery/room/{kind}`: a room in each of the states that a reader can meet. */
export const roomKinds: Readonly<Record<string, Parameters<typeof roomModel>[0]>> = {
  share: { share: true, host: true },
  speaker: { share: false, host: true },
  student: { share: true, host: false },
  alone: { share: false, host: true, count: 1 },
  lost: { share: false, host: true, change: { phase: 'reconnecting' } },
  crowd: { share: false, host: true, count: 400 },
  'crowd-share': { share: true, host: false, count: 400 },
  small: { share: true, host: false, change: { ladder: { rung: 'small', reason: network }, quality: 'weak' } },
  few: { share: true, host: false, change: { ladder: { rung: 'few', reason: network }, quality: 'weak' } },
  'few-speaker': { share: false, host: false, change: { ladder: { rung: 'few', reason: 'cpu' }, quality: 'good' } },
  stills: { share: true, host: false, change: { ladder: { rung: 'stills', reason: network }, quality: 'bad' } },
  sound: {
    share: true,
    host: false,
    change: { ladder: { rung: 'sound', reason: network }, quality: 'bad', cameraResting: true },
  },
  'sound-speaker': {
    share: false,
    host: false,
    change: { ladder: { rung: 'sound', reason: network }, quality: 'bad' },
  },
  frozen: {
    share: true,
    host: false,
    frozen: true,
    change: { ladder: { rung: 'sound', reason: network }, quality: 'bad' },
  },
  'no-microphone': { share: true, host: true, change: { mic: 'missing', recording: null } },
  'talking-muted': { share: true, host: false, change: { talkingMuted: true, recording: null } },
};
