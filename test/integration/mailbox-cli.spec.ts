import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeServiceLock } from '../../src/database/service-lock.js';
import { startCommandLine, type CommandLine } from '../command-line.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const SECRET = 'open sesame';
let commands: CommandLine;
let smtp: ScriptedSmtp;

beforeAll(async () => {
  commands = await startCommandLine();
  smtp = await startScriptedSmtp({ auth: { username: 'ada', password: SECRET } });
  await writeFile(join(commands.folder, 'secret'), `${SECRET}\n`);
});
afterAll(async () => {
  await smtp.close();
  await commands.close();
});

const key = (): Promise<string> => readFile(join(commands.folder, 'data', 'secret-key'), 'utf8');

it('adds, tests and changes a mailbox from the command line, without a password in sight', async () => {
  const server = `127.0.0.1:${smtp.settings.port}`;
  const byHand = ['--smtp', server, '--tls', 'none', '--username', 'ada', '--no-imap'];
  const ended = await commands.batch(
    [
      ['owner', 'add', '--name', 'Ada', '--email', 'ada@example.org', '--zone', 'Europe/Berlin'],
      ['mailbox', 'add', 'ada@example.com', ...byHand, '--password-file', 'secret'],
      ['mailbox', 'test', 'ada@example.com'],
      ['mailbox', 'list'],
      ['mailbox', 'edit', 'ada@example.com', '--password-env', 'WRONG'],
      ['mailbox', 'test', 'ada@example.com'],
      ['mailbox', 'edit', 'ada@example.com', '--password-env', 'RIGHT', '--daily-cap', '40', '--no-warm-up'],
      ['mailbox', 'default', 'ada@example.com'],
      ['mailbox', 'list', '--json'],
      ['mailbox', 'add', 'b@example.com', '--smtp', server, '--tls', 'none', '--username', 'ada'],
      ['mailbox', 'add', 'ada@outlook.com'],
      ['mailbox', 'add'],
      ['mailbox', 'add', 'c@example.com', '--smtp', 'mail.example.com:99999'],
      ['mailbox', 'edit', 'ada@example.com', '--daily-cap', 'many'],
      ['mailbox', 'edit', 'ada@example.com'],
      ['mailbox', 'test', 'ada@example.com', '--json'],
      ['mailbox', 'add', 'slip@example.com', ...byHand, '--password-file', 'secret'],
      ['mailbox', 'remove', 'slip@example.com'],
      ['mailbox', 'remove', 'slip@example.com'],
    ],
    { WRONG: 'something else', RIGHT: SECRET },
  );
  const [, added, tested, listed, , failed, edited, chosen, json, nobody, outlook, none, port, ...more] =
    ended;
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added?.out).toMatch(/Added ada@example\.com .*It is not read.*Try it: followthrough mailbox test/s);
  expect(tested?.out).toMatch(/SMTP: we may send\..*ada@example\.com works\./s);
  expect(listed?.out).toMatch(/smtp, default.*ada@example\.com.*nowhere.*20.*active/);
  expect(failed).toMatchObject({ code: 1, out: '' });
  expect(failed?.err).toMatch(/SMTP failed at the sign-in \(auth\)\. .*check both.*\n {2}Its words: 535 /);
  expect(edited).toMatchObject({ code: 0, err: '' });
  expect(chosen?.out).toBe('New sequences send from ada@example.com.\n');
  const { items } = JSON.parse(json?.out ?? '{}') as { items: { dailyCap: number; warmUpFrom: unknown }[] };
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ dailyCap: 40, warmUpFrom: null, hasPassword: true })])); // prettier-ignore
  expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('--password-file') });
  expect(outlook).toMatchObject({ code: 1, err: expect.stringContaining('MICROSOFT_CLIENT_ID') });
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('Which address?') });
  expect(port).toMatchObject({ code: 2, err: expect.stringContaining('--smtp:') });
  const [many, nothing, asJson, , removed, gone] = more;
  expect(many).toMatchObject({
    code: 2,
    err: expect.stringContaining('--daily-cap: "many" is not a whole number above 0.'),
  });
  expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('Say what to change.') });
  expect(asJson?.code).toBe(0);
  expect(JSON.parse(asJson?.out ?? '')).toMatchObject({ ok: true, smtp: { ok: true }, imap: null });
  expect(removed).toMatchObject({ code: 0, out: 'Removed slip@example.com.\n' });
  expect(gone).toMatchObject({ code: 3, out: '' });
  expect(JSON.stringify(ended)).not.toContain(SECRET);
}, 240_000);

it('changes the key while nothing runs, and the password still opens', async () => {
  const before = await key();
  const lock = await takeServiceLock(() => commands.databaseUrl, { alone: false, onLost: () => undefined });
  if (lock.kind !== 'held') throw new Error('no place');
  const [running] = await commands.batch([['keys', 'rotate']]);
  await lock.lock.release();
  expect(running).toMatchObject({ code: 1, err: expect.stringContaining('stop it first') });
  expect(await key()).toBe(before);
  const [rotated, again] = await commands.batch([
    ['keys', 'rotate'],
    ['mailbox', 'test', 'ada@example.com'],
  ]);
  expect(rotated).toMatchObject({ code: 0, err: '' });
  expect(rotated?.out).toMatch(/2 secrets are sealed with the new key/);
  expect(again).toMatchObject({ code: 0 });
  const after = await key();
  expect(after).toMatch(/^[0-9a-f]{64}$/);
  expect(after).not.toBe(before);
  const other = 'cd'.repeat(32);
  const [told] = await commands.batch([['keys', 'rotate']], { SECRET_KEY: after });
  expect(told).toMatchObject({ code: 1, err: expect.stringContaining('SECRET_KEY_OLD') });
  const [bySetting] = await commands.batch([['keys', 'rotate']], {
    SECRET_KEY: other,
    SECRET_KEY_OLD: after,
  });
  expect(bySetting?.out).toContain('remove SECRET_KEY_OLD');
  const [works] = await commands.batch([['mailbox', 'test', 'ada@example.com']], { SECRET_KEY: other });
  expect(works).toMatchObject({ code: 0 });
  const [blocked] = await commands.batch([['keys', 'rotate']], {
    SECRET_KEY: 'ef'.repeat(32),
    SECRET_KEY_OLD: after,
  });
  expect(blocked).toMatchObject({ code: 1, err: expect.stringMatching(/Nothing was changed.*password of ada@example\.com/) }); // prettier-ignore
}, 240_000);
