import { components } from '../components/index.ts';
import { Layout } from '../host/layout.ts';
import type { ComponentName, UserName } from '../model/names.ts';
import { componentNames } from '../model/names.ts';
import type { Placement } from '../model/placement.ts';
import type { Spread } from '../model/spread.ts';
import { defaultPortBase } from '../model/settings.ts';
import { NativePlacement } from './native.ts';
import type { ProgramKeys } from './native.ts';

/** Where the checkout's installer lies in the image. */
export const sourceFolder = '/usr/src/lyceum';

/** The network of the containers: addresses don't change when a container is made anew, so nobody has to look again. */
export const subnet = '10.84.40.0/24';
const firstAddress = 10;

/** First number of the containers' users and groups: above Debian's own, so that volumes keep their owners. */
const firstUser = 20_001;

/** In an image the version is the image's: plain names, so that configuration does not change with every build. */
export const imagePrograms: ProgramKeys = {
  node: 'node',
  keycloak: 'keycloak',
  versitygw: 'versitygw',
  'mediasoup-worker': 'mediasoup-worker',
  release: 'release',
  theme: 'theme',
};

/** Inside a container everything lies in the system's usual places. */
export const imageLayout = new Layout({
  checkout: sourceFolder,
  cache: '/var/cache/lyceum',
  home: undefined,
  separated: true,
});

export function addressOf(name: ComponentName): string {
  return subnet.replace(/\d+\/\d+$/, String(firstAddress + componentNames.indexOf(name)));
}

/** Users in alphabetical order with their numbers; the group of a user has the same one. */
export function imageUsers(): { readonly user: UserName; readonly name: string; readonly id: number }[] {
  return [...new Set(components.map((component) => component.user))]
    .sort()
    .map((user, index) => ({ user, name: imageLayout.user(user), id: firstUser + index }));
}

export function composeSpread(): Spread {
  const here = componentNames.filter((name) => name !== 'operator');
  return { hosts: Object.fromEntries(here.map((name) => [name, addressOf(name)])), here };
}

/** Resolves what the Compose file itself has to know: paths, programs, ports and addresses. Never a secret. */
export function composePlacement(): Placement {
  const settings = {
    hostName: '${LYCEUM_HOST}',
    mediaAddress: '${LYCEUM_ADDRESS}',
    portBase: defaultPortBase,
    region: 'local',
  };
  return new NativePlacement(imageLayout, settings, imagePrograms, composeSpread());
}
