import { Sealer } from './sealer.js';

/** One sealer per purpose. */
export class Sealers {
  readonly tokens: Sealer;
  readonly login: Sealer;

  constructor(sessionKey: Buffer) {
    this.tokens = new Sealer(sessionKey, 'session tokens');
    this.login = new Sealer(sessionKey, 'login attempt');
  }
}
