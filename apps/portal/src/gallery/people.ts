/** The people of the drawn pages. */
export const cast = [
  { id: '00000000-0000-4000-8000-000000000001', name: 'Anna Lindqvist', role: 'instructor' },
  { id: '00000000-0000-4000-8000-000000000002', name: 'Per Berg', role: 'ta' },
  { id: '00000000-0000-4000-8000-000000000003', name: 'Maya Okafor', role: 'student' },
  { id: '00000000-0000-4000-8000-000000000004', name: 'Tomás Rey', role: 'student' },
  { id: '00000000-0000-4000-8000-000000000005', name: 'Jun Hayashi', role: 'student' },
  { id: '00000000-0000-4000-8000-000000000006', name: 'Sara Holm', role: 'student' },
  { id: '00000000-0000-4000-8000-000000000007', name: 'Lea Novak', role: 'student' },
] as const;
export const [anna, per, maya, tomas, jun] = cast;

export const uuid = (number: number): string => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
