import 'reflect-metadata';
import { classifyFiles, pathsToClassify } from './cli/classify-files.js';
import { exits } from './cli/exit.js';
import type { Shell } from './cli/shell.js';
import { tell } from './cli/terminal.js';

/** One Ctrl-C may reach us twice: from the terminal, and passed on by npx. Within so many ms it is one. */
const ONE_KEY = 500;

/** To load the house takes longer than to classify a hundred mails. */
async function classifyAlone(paths: readonly string[]): Promise<number> {
  // Nothing is at stake: who has read enough (`| head`) ends it.
  process.stdout.on('error', ({ code: trouble }: NodeJS.ErrnoException) =>
    process.exit(trouble === 'EPIPE' ? exits.ok : exits.failed),
  );
  const trouble = await classifyFiles(paths);
  if (trouble === null) return exits.ok;
  tell(`followthrough: ${trouble}`);
  return exits.failed;
}

/** Ctrl-C leaves the database as it should be left; asked twice, at once. */
function leaveWhenAsked(shell: Shell): void {
  let asked: number | null = null;
  const leave = (): void => {
    if (asked !== null && performance.now() - asked < ONE_KEY) return;
    if (asked !== null) process.exit(exits.interrupted);
    asked = performance.now();
    // The command hears of it and says so; one that does not is not waited for.
    void shell.interrupt().finally(() => setTimeout(() => process.exit(exits.interrupted), ONE_KEY));
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  // Who reads our output (`| head`) may have read enough; what was asked for is done all the same.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') leave();
  });
}

const words = process.argv.slice(2);
const paths = pathsToClassify(words);
const code = paths
  ? await classifyAlone(paths)
  : await (await import('./cli/run.js')).runCommand(words, leaveWhenAsked);
// A pipe may still be taking what was said.
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit(code);
