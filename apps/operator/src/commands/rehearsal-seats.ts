import { TenantDirectory } from '@lyceum/platform/database';
import type { CommandDefinition } from '../command.js';
import { withOperator } from '../operator.module.js';
import { printResult } from '../output.js';
import { RehearsalClassMaker } from '../rehearsal/rehearsal-class.js';

const MOST = 5_000;

/**
 * Opens a class of robots in an institution and prints `{"tenant","sessionId","roomId","seats":[{"participantId","role",
 * "seatToken"}]}`, the teacher's seat first. Only whoever may run the operator can: there is no way to this over HTTP. Each
 * token opens its one seat until the class ends, at most 12 hours.
 */
export const rehearsalSeats: CommandDefinition = {
  name: 'rehearsal seats',
  usage: 'rehearsal seats --tenant SLUG --students N',
  options: ['tenant', 'students'],
  async run(options, { config }) {
    const slug = options.need('tenant');
    const students = Number(options.need('students'));
    if (!Number.isInteger(students) || students < 1 || students > MOST) {
      throw new Error(`--students is a number from 1 to ${MOST}`);
    }
    const made = await withOperator(config, async (app) => {
      const tenant = await app.get(TenantDirectory).bySlug(slug);
      if (!tenant) throw new Error(`there is no open institution "${slug}"`);
      return new RehearsalClassMaker(app).make(tenant, students);
    });
    printResult(made);
    return 0;
  },
};
