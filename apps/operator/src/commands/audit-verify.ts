import { AuditVerification, type TenantVerdict } from '@lyceum/compliance';
import type { CommandDefinition } from '../command.js';
import { withOperator } from '../operator.module.js';
import { printLine, printResult } from '../output.js';

/**
 * Recomputes the audit chains and names every row that was changed, removed or reordered. Lines for people, then all of it
 * as one JSON object on the last line. Status 1 when anything is wrong.
 */
export const auditVerify: CommandDefinition = {
  name: 'audit verify',
  usage: 'audit verify [--tenant SLUG]',
  options: ['tenant'],
  async run(options, { config }) {
    const tenants = await withOperator(config, (app) => app.get(AuditVerification).verify(options.find('tenant')));
    for (const line of tenants.flatMap(describe)) printLine(line);
    const ok = tenants.every((tenant) => tenant.ok);
    printResult({ ok, tenants });
    return ok ? 0 : 1;
  },
};

function describe({ tenant, ok, links, waiting, faults }: TenantVerdict): string[] {
  const count = `${links} entries linked${waiting > 0 ? `, ${waiting} waiting for their link` : ''}`;
  return [
    `${ok ? 'intact ' : 'BROKEN '} ${tenant}: ${count}`,
    ...faults.map(({ kind, number, entryId, explanation }) => {
      const which = [number !== null && `link ${number}`, entryId !== null && `entry ${entryId}`].filter(Boolean);
      return `        ${kind}: ${which.join(', ') || 'the chain'}: ${explanation}`;
    }),
  ];
}
