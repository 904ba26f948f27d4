import { useMemo } from 'react';
import type { RoomEngine } from './engine/engine.js';
import type { RoomActions } from './model.js';

/** The room's actions on an engine; the same object for the whole visit, so that tiles aren't set up anew. */
export function useActions(engine: RoomEngine, page: Pick<RoomActions, 'openDevices' | 'unblockSound'>): RoomActions {
  const { openDevices, unblockSound } = page;
  return useMemo(
    () => ({
      openDevices,
      unblockSound,
      setMic: (open) => void engine.setMic(open),
      setCamera: (on) => void engine.setCamera(on),
      setShare: (on) => void engine.setShare(on),
      setHand: (raised) => void (raised ? engine.say('hand.raise', {}) : engine.say('hand.lower', {})),
      lowerHand: (participantId) => void engine.say('hand.lower', { participantId }),
      sendChat: (text, to) => engine.say('chat.send', { text, to }),
      mute: (participantId) => void engine.say('host.mute', participantId === null ? {} : { participantId }),
      stopVideo: (participantId) => void engine.say('host.stop-video', { participantId }),
      stopShare: (participantId) => void engine.say('host.stop-share', { participantId }),
      setInterpreter: (participantId, interpreter) =>
        void engine.say('host.set-interpreter', { participantId, interpreter }),
      remove: (participantId) => void engine.say('host.remove', { participantId }),
      setRecording: (wanted) => {
        const recording = engine.snapshot().room.state.recording;
        if (wanted === 'off') void engine.say('recording.stop', {});
        else if (wanted === 'paused') void engine.say('recording.pause', {});
        else void engine.say(recording?.paused ? 'recording.resume' : 'recording.start', {});
      },
      leave: () => void engine.leave(),
      endForAll: () => void engine.say('room.end', {}),
      dismissTalkingMuted: () => engine.dismissTalkingMuted(),
      watch: (trackId, size) => engine.watch(trackId, size),
    }),
    [engine, openDevices, unblockSound],
  );
}
