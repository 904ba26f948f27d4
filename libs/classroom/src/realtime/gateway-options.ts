/** Injection token of `GatewayOptions`. */
export const GATEWAY_OPTIONS = Symbol('GatewayOptions');

export interface GatewayOptions {
  /** The one public origin; a browser page of another one gets no socket. */
  readonly origin: string;
  /** Networks (CIDR) by the region that their people are in. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}
