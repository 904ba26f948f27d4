import type { ProbeReadings } from '../robot/probe.js';

/** Delivery times (ms) of the texts: the sender's click on Send → the message stands in a receiver's page. NaN: never came. */
export function chatDelays(
  texts: readonly string[],
  sender: ProbeReadings,
  receivers: readonly ProbeReadings[],
): number[] {
  const sends = sender.clicks.filter(({ name }) => name.trim() === 'Send').slice(-texts.length);
  return texts.flatMap((text, index) => {
    const sentAt = sends[index]?.at ?? NaN;
    return receivers.map(({ messages }) => (messages.find((m) => m.text.includes(text))?.at ?? NaN) - sentAt);
  });
}
