import type { Translate } from '../../shared/i18n/text.js';
import { isTeaching } from './layout.js';
import type { Person, RoomModel } from './model.js';

type Ladder = RoomModel['ladder'];

/** What comes of the others' pictures, and why it is not all, in words; null while it is all. */
export function ladderWords(ladder: Ladder, text: Translate): string | null {
  if (!ladder || ladder.rung === 'full') return null;
  return text(`room.ladder.line.${ladder.reason}`, { what: text(`room.ladder.${ladder.rung}`) });
}

/**
 * Whether a person's picture doesn't come although they send one: their initials stand there then, since a frozen face
 * looks like a broken call. `prominent`: they speak, or stand on the stage.
 */
export function isHeldBack(ladder: Ladder, person: Pick<Person, 'isSelf' | 'role'>, prominent: boolean): boolean {
  if (!ladder || person.isSelf) return false;
  switch (ladder.rung) {
    case 'full':
    case 'small':
      return false;
    case 'few':
      return !prominent && !isTeaching(person);
    case 'stills':
    case 'sound':
      return true;
  }
}
