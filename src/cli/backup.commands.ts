import { Command, Option } from 'nest-commander';
import { bootParts, type Booted } from '../boot.js';
import { BackupRefused } from '../database/backup/backup-format.js';
import { restoreBackup } from '../database/backup/restore-backup.js';
import { writeBackup } from '../database/backup/write-backup.js';
import { Failed } from './exit.js';
import { menu } from './menu.js';
import { HelpfulCommand } from './owned.command.js';
import type { Shell } from './shell.js';
import { plain, say, tell } from './terminal.js';
import { appVersion } from './version.js';

const group = (count: number): string => count.toLocaleString('en-GB');

/**
 * A database that answers and is migrated, without the application: a backup needs no service of ours. Ctrl-C ends the
 * work by the signal; what it has begun it clears away, and the embedded server is left.
 */
function withDatabase<T>(
  shell: Shell,
  work: (parts: Booted['parts'], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return shell.hold((signal) => booted((parts) => work(parts, signal)));
}

async function booted<T>(work: (parts: Booted['parts']) => Promise<T>): Promise<T> {
  const booted = await bootParts({ service: false, say: tell });
  try {
    return await work(booted.parts);
  } catch (error) {
    if (error instanceof BackupRefused) throw new Failed(error.message);
    throw error;
  } finally {
    await booted.leave();
  }
}

const onTable = (name: string, rows: number): void => {
  if (process.stderr.isTTY && rows > 0) tell(`${name}: ${group(rows)}`);
};

@Command({
  name: 'backup',
  arguments: '<file>',
  argsDescription: { file: 'where to: one compressed file with everything of all owners' },
  description: menu.backup,
})
export class BackupCommand extends HelpfulCommand {
  protected readonly examples = ['backup followthrough-2026-11-21.backup', 'backup latest.backup --force'];

  @Option({ flags: '--force', description: 'write over a file that is there' })
  readForce(): boolean {
    return true;
  }

  async run([file = '']: string[], { force = false }: { force?: boolean }): Promise<void> {
    const app = await appVersion();
    const written = await withDatabase(this.shell, ({ config, databaseUrl: url, clock }, signal) =>
      writeBackup({ url, file, app, now: clock.now(), secretKey: config.secretKey, force, onTable, signal }),
    );
    say(`${plain(file)}: ${group(written.rows)} rows of ${written.tables} tables, ${group(written.bytes)} bytes.`); // prettier-ignore
    say(
      'It holds your people and your mail in the clear: keep it as you keep them. Not in it: the key (SECRET_KEY, or secret-key in DATA_DIR), without which stored passwords do not open and forgotten people are not known again; keep it apart.',
    );
  }
}

@Command({
  name: 'restore',
  arguments: '<file>',
  argsDescription: { file: 'what backup has written' },
  description: menu.restore,
})
export class RestoreCommand extends HelpfulCommand {
  protected readonly examples = [
    'restore followthrough-2026-11-21.backup',
    'restore old.backup   (DATABASE_URL or DATA_DIR: the new place)',
  ];

  async run([file = '']: string[]): Promise<void> {
    const done = await withDatabase(this.shell, ({ config, databaseUrl: url, clock }, signal) =>
      restoreBackup({ url, file, now: clock.now(), secretKey: config.secretKey, onTable, signal }),
    );
    const { header, rows, owners, approved, sameKey } = done;
    say(
      `${group(rows)} rows of ${header.tables.length} tables are back, as they were at ${header.createdAt} (Followthrough ${plain(header.app)}, Postgres ${plain(header.server)}).`,
    );
    say(`${owners === 1 ? 'The owner is' : `All ${owners} owners are`} stopped: nothing is sent yet, for mail may have left the original since.`); // prettier-ignore
    if (approved > 0)
      say(`${group(approved)} messages were approved then and may have been sent since: look through followthrough outbox, and withdraw what went out.`); // prettier-ignore
    say(
      'Never let both run. When the original is stopped for good and you have looked: followthrough resume',
    );
    if (!sameKey)
      say('The key here is another than the one it was made with: bring SECRET_KEY (or secret-key in DATA_DIR) back as it was, or enter the mailbox passwords again; people forgotten before are only known again with the old key.'); // prettier-ignore
  }
}
