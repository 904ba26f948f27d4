import type { ChatEntry, Person } from '../features/room/model.js';
import { cast, uuid } from './people.js';

const first = ['Amira', 'Bo', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hugo', 'Inès', 'Jonas', 'Kaya', 'Liv'];
const last = ['Adeyemi', 'Bergström', 'Castellanos-Ortega', 'Dahl', 'Eriksen', 'Fischer', 'Gupta', 'Haugen', 'Ito'];
const words = [
  'Yes',
  'Can you say that again, please?',
  'I think the second term is missing a minus, since demand falls when the price rises.',
  'Thank you!',
  'Is that in the exam?',
];

/** Everyone in a large lecture who is not in the drawn pages. */
export function crowd(count: number): Person[] {
  return Array.from({ length: Math.max(0, count - cast.length) }, (_, index) => ({
    participantId: uuid(1_000 + index),
    name: `${first[index % first.length] ?? ''} ${last[index % last.length] ?? ''}`,
    role: 'student',
    isSelf: false,
    mic: false,
    camera: false,
    resting: false,
    screen: false,
    interpreter: false,
    hand: null,
    joinedAt: 100 + index,
  }));
}

/** What so many write in an hour. */
export function chatter(people: readonly Person[], lines: number): ChatEntry[] {
  return Array.from({ length: lines }, (_, index) => {
    const person = people[(index * 7) % people.length];
    return {
      messageId: uuid(10_000 + index),
      participantId: person?.participantId ?? '',
      name: person?.name ?? '',
      isSelf: person?.isSelf ?? false,
      text: words[index % words.length] ?? '',
      at: Date.now() - (lines - index) * 2_000,
      to: 'room',
    };
  });
}
