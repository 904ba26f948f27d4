export const httpOptionsKey = Symbol('lyceum:http-options');

export interface HttpOptions {
  /** The one public origin, e.g. `https://localhost:8443`. */
  origin: string;
  /** Largest JSON body, bytes. */
  bodyBytes: number;
  /** Tests: an answer with a field its schema doesn't know is an error instead of being stripped. */
  strictResponses: boolean;
}
