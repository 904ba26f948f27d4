import type { LucideIcon } from 'lucide-react';

/** A Lucide drawing at our weight. Always decoration: the words beside it, or the control's label, carry the meaning. */
export function Icon({ of: Drawing, size = 20, className }: { of: LucideIcon; size?: number; className?: string }) {
  return <Drawing aria-hidden="true" focusable="false" size={size} strokeWidth={1.75} className={className} />;
}
