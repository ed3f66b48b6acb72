import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOWHERE, startCommandLine, type CommandLine, type Ended } from '../command-line.js';

let commands: CommandLine;
beforeAll(async () => {
  commands = await startCommandLine(NOWHERE);
});
afterAll(() => commands.close());

/** A real process that knows of no database. */
const classify = (args: string[], input = ''): Promise<Ended> =>
  commands.cli(['classify', ...args], { input });

const objects = (out: string): unknown[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

/** Every line has all keys, in this order. */
const line = (file: string, kind: string, over: Record<string, string>): unknown => ({
  ...{ file, kind, subkind: null, recipient: null, status: null, reason: null },
  ...{ returnDate: null, delegate: null, text: null },
  ...over,
});

const BOUNCE = [
  'From: Mail Delivery System <mailer-daemon@mx.example.net>',
  'To: me@example.org',
  'Subject: Undelivered Mail Returned to Sender',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  '',
  '--b\r\n\r\nThe mail could not be delivered.',
  '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n',
  'Final-Recipient: rfc822; ada@example.com\r\nAction: failed\r\nStatus: 5.1.1',
  'Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n',
  '--b--',
].join('\r\n');
const REPLY =
  'From: Ada <ada@example.com>\nTo: me@example.org\nSubject: Re: DevConf\n\nGladly!\n\n> Shall we talk?\n';

it('prints one object for each mail of files, folders and mailbox files, and goes on past what it cannot read', async () => {
  await mkdir(join(commands.folder, 'Maildir', 'new'), { recursive: true });
  await writeFile(join(commands.folder, 'bounce.eml'), BOUNCE);
  await writeFile(join(commands.folder, 'Maildir', 'new', '1.host'), REPLY);
  await writeFile(join(commands.folder, 'photo.eml'), Buffer.from([0, 1, 2, 3, 0, 0]));
  const between = 'From ada@example.com Fri Nov 20 09:00:00 2026\n';
  await writeFile(join(commands.folder, 'box.mbox'), `${between}${REPLY}\n${between}${REPLY}`);
  await mkdir(join(commands.folder, 'bare'));

  const { code, out, err } = await classify([
    'bounce.eml',
    'nowhere.eml',
    'photo.eml',
    'Maildir',
    'box.mbox',
    'bare',
  ]);
  const text = 'Gladly!';
  expect(objects(out)).toEqual([
    line('bounce.eml', 'bounce', { subkind: 'hard', recipient: 'ada@example.com', status: '5.1.1', reason: 'user unknown' }),
    line(join('Maildir', 'new', '1.host'), 'reply', { text }),
    line('box.mbox#1', 'reply', { text }),
    line('box.mbox#2', 'reply', { text }),
  ]); // prettier-ignore
  expect(Object.keys(objects(out)[0] as object).join()).toBe(
    'file,kind,subkind,recipient,status,reason,returnDate,delegate,text',
  );
  expect(err).toMatch(/nowhere\.eml.*\n.*photo\.eml.*\n.*bare: there are no mails in it/);
  expect(code).toBe(1);
});

it('tells the words of a mail from a list too, and of an absence when it ends', async () => {
  const list = `List-Id: <dev.example.org>\nPrecedence: list\n${REPLY}`;
  const away =
    'From: Ada <ada@example.com>\nTo: me@example.org\nSubject: Out of office\nAuto-Submitted: auto-replied\n' +
    'Date: Fri, 20 Nov 2026 09:00:00 +0000\n\nI am on holiday until 30 November 2026. Please write to bob@example.com.\n';
  const { out } = await classify(['-'], list);
  expect(objects(out)).toEqual([line('-', 'list', { text: 'Gladly!' })]);
  const [absence] = objects((await classify(['-'], away)).out);
  expect(absence).toMatchObject({ kind: 'auto-reply', subkind: 'away', delegate: 'bob@example.com' });
  expect(absence).toMatchObject({ returnDate: expect.stringMatching(/^2026-1[12]-/), status: null });
});

it('reads standard input', async () => {
  const { code, out } = await classify(['-', '--json'], REPLY);
  expect(objects(out)).toEqual([line('-', 'reply', { text: 'Gladly!' })]);
  expect(code).toBe(0);
});

it('says how it is used, and what it does not know', async () => {
  for (const wrong of [[], ['--json'], ['--colour', 'x.eml']]) {
    const { code, out, err } = await classify(wrong);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Help: followthrough classify --help');
  }
  expect((await classify(['--help'])).out).toContain('followthrough classify bounce.eml');
});
