import { main } from './cli/main.ts';

process.umask(0o022);
process.exitCode = await main(process.argv.slice(2));
