import { createLyceumApi, createPlatformApi, type LyceumApi, type PlatformApi } from '@lyceum/sdk/rest';
import { createContext, use } from 'react';

export interface Apis {
  platform: PlatformApi;
  tenant: (slug: string) => LyceumApi;
}

function realApis(): Apis {
  const known = new Map<string, LyceumApi>();
  return {
    platform: createPlatformApi(),
    tenant: (slug) => {
      const api = known.get(slug) ?? createLyceumApi({ tenant: slug });
      known.set(slug, api);
      return api;
    },
  };
}

/** The gallery puts fixtures here. */
export const ApisContext = createContext<Apis>(realApis());
export const TenantContext = createContext<string>('');

export const usePlatformApi = (): PlatformApi => use(ApisContext).platform;

/** The REST interface of the institution whose pages we are on. */
export function useApi(): LyceumApi {
  return use(ApisContext).tenant(use(TenantContext));
}

/** Paths below the institution: `useTenantPath()('courses')` is `/t/northfield/courses`. */
export function useTenantPath(): (path?: string) => string {
  const slug = use(TenantContext);
  return (path = '') => `/t/${slug}/${path}`;
}
