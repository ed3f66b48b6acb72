import { CommandFactory, CommandRunnerService } from 'nest-commander';
import { CliModule } from './cli.module.js';
import { endOf } from './end-of.js';
import { exits, Interrupted } from './exit.js';
import { Root } from './root.js';
import { Shell } from './shell.js';
import { tell } from './terminal.js';
import { appVersion } from './version.js';

/**
 * Runs one command, answers its exit code, and leaves nothing running.
 * @param argv what stands after `followthrough`
 * @param onShell is handed the way to leave the database before the command has ended
 */
export async function runCommand(
  argv: readonly string[],
  onShell: (shell: Shell) => void = () => undefined,
): Promise<number> {
  const rethrow = (error: Error): never => {
    throw error;
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
  const app = await CommandFactory.createWithoutRunning(await CliModule.for(argv), {
    logger: false,
    errorHandler: rethrow,
    serviceErrorHandler: rethrow,
  });
  const shell = app.get(Shell);
  const root = app.get(Root);
  root.describe(await appVersion());
  onShell(shell);
  try {
    await app.get(CommandRunnerService).run(['node', 'followthrough', ...argv]);
    return exits.ok;
  } catch (error) {
    return await report(shell.interrupted ? new Interrupted() : error, root.helpOf(argv));
  } finally {
    await shell.close().catch((error: unknown) => tell(`followthrough: closing: ${String(error)}`));
    await app.close();
  }
}

async function report(error: unknown, help: string): Promise<number> {
  const { code, exitCode } = error as { code?: unknown; exitCode?: unknown };
  // The parser of the command line has said it already.
  if (typeof code === 'string' && code.startsWith('commander.')) {
    if (exitCode === 0) return exits.ok;
    if (code !== 'commander.help') tell(`Help: ${help}`);
    return exits.usage;
  }
  const end = await endOf(error);
  tell(`followthrough: ${end.line}`);
  if (end.hint) tell(`Help: ${help}`);
  if (end.trace !== undefined) tell(end.trace);
  return end.code;
}
