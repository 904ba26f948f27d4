import type { Translate } from '../../shared/i18n/text.js';
import type { RoomModel } from './model.js';

type Ladder = RoomModel['ladder'];

/** What comes of the others' pictures, and why it is not all, in words; null while it is all. */
export function ladderWords(ladder: Ladder, text: Translate): string | null {
  if (!ladder || ladder.rung === 'full') return null;
  return text(`room.ladder.line.${ladder.reason}`, { what: text(`room.ladder.${ladder.rung}`) });
}
