import { BlockList, isIP } from 'node:net';

interface Network {
  readonly region: string;
  readonly length: number;
  readonly list: BlockList;
}

/** Which region an address is in, by a table of networks; of several that contain it the smallest counts. */
export class NetworkRegions {
  private readonly networks: readonly Network[];

  /** Networks in CIDR notation by region. @throws Error when one is none */
  constructor(regions: Readonly<Record<string, readonly string[]>>) {
    const networks = Object.entries(regions).flatMap(([region, all]) => all.map((text) => toNetwork(region, text)));
    this.networks = networks.sort((a, b) => b.length - a.length);
  }

  /** Null for an address of none of them, and for none. */
  of(address: string | null): string | null {
    if (address === null) return null;
    const family = familyOf(address);
    return this.networks.find(({ list }) => list.check(address, family))?.region ?? null;
  }
}

function toNetwork(region: string, text: string): Network {
  const [address = '', length = ''] = text.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(length), familyOf(address));
  return { region, length: Number(length), list };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
