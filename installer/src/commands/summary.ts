import type { Reporter } from '../cli/output.ts';
import type { Appliance } from '../model/appliance.ts';
import { isLocal, origin } from '../model/settings.ts';
import { type DemoPerson, peopleFile, readPeople } from '../seed/seed.ts';

/** The last lines of `up`: where to go, who can sign in, and what a browser must trust. */
export function printSummary({ layout, settings }: Appliance, report: Reporter): void {
  const people = readPeople(layout);
  report.line(`\nAddress    ${origin(settings)}`);
  if (isLocal(settings)) report.line('           (this machine only; ./lyceum up --host NAME opens it to the network)');
  report.line(`Authority  ${layout.authority}   (trust it in browsers of other machines)`);
  for (const tenant of new Set(people.map((person) => person.tenant))) {
    report.line(peopleOf(tenant, people, origin(settings)));
  }
  if (people.length > 0) report.line(`\nThe same list is in ${peopleFile(layout)}, which only its owner can read.`);
}

/** Where an institution's demo people go, and how they sign in. */
export function peopleOf(tenant: string, people: readonly DemoPerson[], at: string): string {
  const lines = people
    .filter((person) => person.tenant === tenant)
    .map(({ username, password, name, roles }) => {
      return `  ${username.padEnd(10)} ${password.padEnd(24)} ${name} (${roles.join(', ')})`;
    });
  return [`\n${at}/t/${tenant}`, ...lines].join('\n');
}
