import type { JoinResponse } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';

export type IceServerList = JoinResponse['iceServers'];

/** Port to TURN: servers with credentials for one participant (draft-uberti-behave-turn-rest); also the injection token. */
export abstract class IceServers {
  abstract issue(ctx: RequestContext, participantId: string): IceServerList | Promise<IceServerList>;
}
