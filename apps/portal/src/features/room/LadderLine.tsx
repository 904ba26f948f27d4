import { Cpu, SignalLow } from 'lucide-react';
import { Chip } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { ladderWords } from './ladder.js';
import type { RoomModel } from './model.js';

/** That not everything comes, and why; stands for as long as that is so. */
export function LadderLine({ ladder }: { ladder: RoomModel['ladder'] }) {
  const text = useText();
  const words = ladderWords(ladder, text);
  if (!words) return null;
  return (
    <Chip tone="warn" icon={ladder?.reason === 'cpu' ? Cpu : SignalLow}>
      {words}
    </Chip>
  );
}
