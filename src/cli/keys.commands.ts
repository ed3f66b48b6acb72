import { Command, SubCommand } from 'nest-commander';
import { bootParts } from '../boot.js';
import { readConfig, type Config } from '../config.js';
import { createDataSource } from '../database/data-source.js';
import { takeServiceLock } from '../database/service-lock.js';
import { prepareNextKey, putKeyInPlace, reseal } from '../mail/secrets-rotate.js';
import { Failed } from './exit.js';
import { menu } from './menu.js';
import { GroupCommand, HelpfulCommand } from './owned.command.js';
import { plain, say, tell } from './terminal.js';

/** What to do where SECRET_KEY is a setting: a process cannot change the settings of others. */
const BY_SETTING =
  'The key is set by SECRET_KEY. Make another (openssl rand -hex 32), set SECRET_KEY to it and SECRET_KEY_OLD to the present one, wherever Followthrough runs, then say this again.';

@SubCommand({
  name: 'rotate',
  description: 'Seal all stored passwords and tokens with another key, while the service is stopped.',
})
export class KeysRotateCommand extends HelpfulCommand {
  protected readonly examples = [
    'keys rotate',
    'keys rotate   (SECRET_KEY: the new one, SECRET_KEY_OLD: the old)',
  ];

  async run(): Promise<void> {
    const booted = await bootParts({ service: false, say: tell });
    const { databaseUrl } = booted.parts;
    try {
      const place = await takeServiceLock(() => databaseUrl, { alone: true, onLost: () => undefined });
      if (place.kind === 'taken') {
        throw new Failed(
          'A service runs on this data and holds the old key: stop it first, then say this again.',
        );
      }
      try {
        // Read only now: another change may just have ended.
        await rotate(readConfig(), databaseUrl);
      } finally {
        await place.lock.release();
      }
    } finally {
      await booted.leave();
    }
  }
}

async function rotate(config: Config, databaseUrl: string): Promise<void> {
  const bySetting = config.SECRET_KEY !== undefined;
  if (bySetting && config.SECRET_KEY_OLD === undefined) throw new Failed(BY_SETTING);
  const to = bySetting ? config.secretKey : await prepareNextKey(config.dataDir);
  const db = await createDataSource(databaseUrl, 2).initialize();
  try {
    const done = await reseal(db, config, to);
    if (done.kind === 'blocked') {
      throw new Failed(
        `Nothing was changed, for these open with no key there is: ${plain(done.what.join(', '))}. Enter them again (followthrough mailbox edit), or bring their key back as SECRET_KEY_OLD.`,
      );
    }
    if (!bySetting) await putKeyInPlace(config.dataDir);
    say(`${done.count === 1 ? 'One secret is' : `${done.count} secrets are`} sealed with the new key.`);
    say(
      bySetting
        ? 'Now remove SECRET_KEY_OLD everywhere and start the service. Backups made before open with the old key only.'
        : 'The file secret-key in DATA_DIR is the new one. Backups made before hold what the old key sealed: keep it with them, apart from here, or let them go.',
    );
  } finally {
    await db.destroy();
  }
}

@Command({
  name: 'keys',
  description: menu.keys,
  subCommands: [KeysRotateCommand],
})
export class KeysCommand extends GroupCommand {
  protected readonly examples = ['keys rotate'];
}
