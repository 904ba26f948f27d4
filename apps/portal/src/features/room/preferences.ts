import { useState } from 'react';

/** What a reader chose once and expects to find again on this device. */
export interface RoomPreferences {
  shortcuts: boolean;
  skipCheck: boolean;
  micOn: boolean;
  cameraOn: boolean;
  micId: string | null;
  cameraId: string | null;
  speakerId: string | null;
}

const KEY = 'lyceum.room';

export function readPreference<K extends keyof RoomPreferences>(
  key: K,
  otherwise: RoomPreferences[K],
): RoomPreferences[K] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<RoomPreferences>;
    const value = stored[key];
    return value === undefined || (otherwise !== null && typeof value !== typeof otherwise) ? otherwise : value;
  } catch {
    return otherwise;
  }
}

export function writePreference<K extends keyof RoomPreferences>(key: K, value: RoomPreferences[K]): void {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<RoomPreferences>;
    localStorage.setItem(KEY, JSON.stringify({ ...stored, [key]: value }));
  } catch {
    // Storage may be forbidden or full of somebody else's broken words; the choice then lasts as long as the page.
  }
}

/** A stored preference as state. */
export function useStored<K extends keyof RoomPreferences>(
  key: K,
  otherwise: RoomPreferences[K],
): [RoomPreferences[K], (value: RoomPreferences[K]) => void] {
  const [value, setValue] = useState(() => readPreference(key, otherwise));
  return [
    value,
    (next) => {
      setValue(next);
      writePreference(key, next);
    },
  ];
}
