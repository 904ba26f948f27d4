import { describe, expect, it } from 'vitest';
import type { ChatEntry, Person, RoomModel } from './model.js';
import { roomNews } from './useAnnouncements.js';

const person = (name: string, change: Partial<Person> = {}): Person => ({
  participantId: name,
  name,
  role: 'student',
  isSelf: false,
  mic: false,
  camera: false,
  resting: false,
  screen: false,
  interpreter: false,
  hand: null,
  joinedAt: 0,
  ...change,
});
const self = person('Anna', { isSelf: true, role: 'instructor', mic: true });
const line = (messageId: string, name: string): ChatEntry => ({
  messageId,
  participantId: name,
  name,
  isSelf: name === 'Anna',
  text: 'hello',
  at: 0,
  to: 'room',
});

function room(change: Partial<RoomModel> = {}): RoomModel {
  return {
    phase: 'present',
    courseCode: '',
    title: '',
    courseHref: '',
    openedAt: 0,
    self,
    people: [self],
    hands: [],
    tracks: [],
    speakers: [],
    chat: [],
    recording: null,
    mic: 'open',
    camera: 'off',
    cameraResting: false,
    share: 'off',
    quality: null,
    ladder: null,
    talkingMuted: false,
    may: { moderate: true, record: true, end: true, share: true },
    soundBlocked: false,
    ...change,
  };
}

/** Words as ids and their values, so that the test reads what is said and not how. */
const said = (before: RoomModel, after: RoomModel, chatOpen = false, keys = true) =>
  roomNews(before, after, { chatOpen, keys }, (id, values) => [id, ...Object.values(values ?? {})].join(' '));

describe('AC-03 polite announcements', () => {
  it('AC-03 makes one sentence of many who come or go', () => {
    const many = room({ people: [self, person('Maya'), person('Tomás'), person('Jun')] });
    expect(said(room(), many)).toEqual(['room.said.joined Maya 2']);
    expect(said(many, room())).toEqual(['room.said.left Maya 2']);
  });

  it('AC-03 tells of raised hands, recording, and being muted by somebody else', () => {
    const hand = person('Maya', { hand: 1 });
    const people = [self, hand];
    expect(said(room({ people }), room({ people, hands: [hand] }))).toEqual(['room.said.hand Maya']);
    expect(said(room(), room({ recording: { paused: false } }))).toEqual(['room.said.recording']);
    expect(said(room({ recording: { paused: false } }), room())).toEqual(['room.said.notRecording']);
    expect(said(room(), room({ self: { ...self, mic: false }, mic: 'muted' }))).toEqual(['room.said.muted']);
  });

  it('AC-03 reads a message out when the chat is open, and only says whose it is when not', () => {
    const after = room({ chat: [line('1', 'Maya')] });
    expect(said(room(), after, true)).toEqual(['room.said.chat Maya hello']);
    expect(said(room(), after, false)).toEqual(['room.said.chatClosed Maya hello']);
    expect(said(after, after)).toEqual([]);
    expect(said(room(), room({ chat: [line('1', 'Anna')] }))).toEqual([]);
  });

  it('AC-03 tells who talks while muted how to be heard, once', () => {
    const talking = room({ talkingMuted: true });
    expect(said(room(), talking)).toEqual(['room.said.talkingMuted M']);
    expect(said(room(), talking, false, false)).toEqual(['room.said.talkingMuted.noKeys']);
    expect(said(talking, talking)).toEqual([]);
  });

  it('AC-03 tells what a bad network leaves, and when everything comes again', () => {
    const few = room({ ladder: { rung: 'few', reason: 'network' } });
    expect(said(room(), few)).toEqual(['room.ladder.line.network room.ladder.few']);
    expect(said(few, room({ ladder: { rung: 'few', reason: 'cpu' } }))).toEqual([]);
    expect(said(few, room())).toEqual(['room.said.allVideos']);
  });

  it('AC-03 says nothing about a room that one only just entered or came back to', () => {
    const people = [self, person('Maya')];
    expect(said(room({ phase: 'prepared', people: [] }), room({ people }))).toEqual([]);
    expect(said(room({ phase: 'reconnecting' }), room({ people }))).toEqual([]);
  });
});
