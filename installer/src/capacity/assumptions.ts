/** What nobody measured. Each is printed beside every answer that it went into. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

export const assumptions = {
  eventsPerSeatMinute: {
    value: 1,
    unit: 'event a minute from each seat',
    why: 'hands, chat, polls and roles; at most 5 a second in one class, which is what was rehearsed',
  },
  arrivalSeconds: {
    value: 120,
    unit: 's in which a class comes in',
    why: 'people come in around the hour, not at one moment',
  },
  restCores: {
    value: 0.5,
    unit: 'cores for Keycloak, Redis, the store, keys, TURN and jobs',
    why: 'no rehearsal loads them; people who need the relay, replays and pages come on top',
  },
  baseMemoryGb: { value: 8, unit: 'GB for the appliance itself', why: 'what the operator’s guide asks for' },
  seatMemoryMb: { value: 1, unit: 'MB a seat, all components', why: 'sockets, transports and their buffers' },
} as const satisfies Record<string, Assumption>;

export const largestEventRate = 5;
