import type { Logger } from '@lyceum/platform/telemetry';
import { HomeLink, type HomeLinkOptions } from './home-link.js';

/** This node's links to the homes of rooms that it is a branch of, by control address. */
export class HomeLinks {
  private readonly links = new Map<string, HomeLink>();

  constructor(
    private readonly options: Omit<HomeLinkOptions, 'control'>,
    private readonly log: Logger,
  ) {}

  to(control: string): HomeLink {
    const known = this.links.get(control);
    if (known) return known;
    const link = new HomeLink({ ...this.options, control }, () => this.links.delete(control), this.log);
    this.links.set(control, link);
    return link;
  }

  close(): void {
    for (const link of [...this.links.values()]) link.close();
  }
}
