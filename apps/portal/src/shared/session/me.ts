import type { Me, Permission } from '@lyceum/contracts';
import { createContext, use } from 'react';

export const MeContext = createContext<Me | null>(null);

/** The person who is signed in. Only below the signed-in part of the router. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe outside of the signed-in pages');
  return me;
}

/** Whether the person's roles grant `permission` in the whole institution; what a course grants comes with the course. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
