import type { SessionStatus } from '@lyceum/contracts';

/**
 * What may become of a class session. Opening and ending the room make it live and ended; people only cancel a planned
 * one or take that back. Ended is for ever: its log, attendance and recordings are facts.
 */
export const sessionLife: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  planned: ['live', 'cancelled'],
  cancelled: ['planned'],
  live: ['ended'],
  ended: [],
};

export const canBecome = (from: SessionStatus, to: SessionStatus): boolean => sessionLife[from].includes(to);
