/** Token of the one public origin, e.g. `https://localhost:8443`. */
export const publicOrigin = Symbol('lyceum:public-origin');
