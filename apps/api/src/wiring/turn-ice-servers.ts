import { IceServers, type IceServerList } from '@lyceum/classroom';
import { turnCredentials } from '@lyceum/media';
import type { TurnConfig } from '@lyceum/platform/config';
import type { RequestContext } from '@lyceum/platform/context';

/** TURN servers with credentials of one participant, good for the configured time. */
export class TurnIceServers extends IceServers {
  constructor(
    private readonly config: Pick<TurnConfig, 'urls' | 'ttlSeconds'>,
    private readonly secret: string,
  ) {
    super();
  }

  issue(_ctx: RequestContext, participantId: string): IceServerList {
    const { urls, ttlSeconds } = this.config;
    return [{ urls: [...urls], ...turnCredentials(this.secret, ttlSeconds, participantId) }];
  }
}
