import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from './IconButton.js';
import styles from './Toast.module.css';

export interface ToastMessage {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
}

/** Problems stay longer: they have to be read and acted on. */
const STAY_MS = { plain: 5_000, problem: 12_000 } as const;

let messages: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly ToastMessage[]): void {
  messages = next;
  for (const listener of listeners) listener();
}

/** Says something in passing. At most three at a time; the same words twice are said once. */
export function showToast(text: string, tone: ToastMessage['tone'] = 'plain'): void {
  const message = { id: ++lastId, text, tone };
  publish([...messages.filter((other) => other.text !== text), message].slice(-3));
  setTimeout(() => dismissToast(message.id), STAY_MS[tone]);
}

export function dismissToast(id: number): void {
  if (messages.some((message) => message.id === id)) publish(messages.filter((message) => message.id !== id));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Stands once per page. A polite live region, so that a screen reader finishes its sentence first. */
export function ToastRegion({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <section aria-label={label} className={styles.region}>
      <ul aria-live="polite" aria-relevant="additions">
        {shown.map((message) => (
          <li key={message.id} className={`${styles.toast} ${styles[message.tone]}`}>
            <span>{message.text}</span>
            <IconButton icon={X} size="sm" label={dismissLabel} onPress={() => dismissToast(message.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
