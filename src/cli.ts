import 'reflect-metadata';
import { exits } from './cli/exit.js';
import { runCommand } from './cli/run.js';
import type { Shell } from './cli/shell.js';

/** Ctrl-C leaves the database as it should be left; asked twice, at once. */
function leaveWhenAsked(shell: Shell): void {
  let asked = false;
  const leave = (): void => {
    if (asked) process.exit(exits.interrupted);
    asked = true;
    shell.interrupted = true;
    void shell.close().finally(() => process.exit(exits.interrupted));
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  // Who reads our output (`| head`) may have read enough; what was asked for is done all the same.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') leave();
  });
}

const code = await runCommand(process.argv.slice(2), leaveWhenAsked);
// A pipe may still be taking what was said.
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit(code);
