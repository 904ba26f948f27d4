/** For integration specs of every library; nothing that runs in production imports it. */
export { openTestDatabase, operatorConfigForTests, type TestDatabase } from './test-database.js';
