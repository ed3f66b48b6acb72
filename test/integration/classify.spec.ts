import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transpile } from '../transpile.js';

let built: string;
let folder: string;

beforeAll(async () => {
  built = await transpile('src');
  folder = await mkdtemp(join(tmpdir(), 'followthrough-classify-'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A real process that knows of no database. */
function classify(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(built, 'cli.js'), 'classify', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATABASE_URL: 'postgres://127.0.0.1:1/none' },
  });
  const ended = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.err += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })));
}

const objects = (out: string): unknown[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

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
  await mkdir(join(folder, 'Maildir', 'new'), { recursive: true });
  await writeFile(join(folder, 'bounce.eml'), BOUNCE);
  await writeFile(join(folder, 'Maildir', 'new', '1.host'), REPLY);
  await writeFile(join(folder, 'photo.eml'), Buffer.from([0, 1, 2, 3, 0, 0]));
  const line = 'From ada@example.com Fri Nov 20 09:00:00 2026\n';
  await writeFile(join(folder, 'box.mbox'), `${line}${REPLY}\n${line}${REPLY}`);

  const { code, out, err } = await classify([
    'bounce.eml',
    'nowhere.eml',
    'photo.eml',
    'Maildir',
    'box.mbox',
  ]);
  const reply = { kind: 'reply', text: 'Gladly!' };
  expect(objects(out)).toEqual([
    {
      file: 'bounce.eml',
      kind: 'bounce',
      subkind: 'hard',
      recipient: 'ada@example.com',
      status: '5.1.1',
      reason: 'user unknown',
    },
    { file: join('Maildir', 'new', '1.host'), ...reply },
    { file: 'box.mbox#1', ...reply },
    { file: 'box.mbox#2', ...reply },
  ]);
  expect(err).toMatch(/nowhere\.eml.*\n.*photo\.eml/);
  expect(code).toBe(1);
});

it('reads standard input', async () => {
  const { code, out } = await classify(['-', '--json'], REPLY);
  expect(objects(out)).toEqual([{ file: '-', kind: 'reply', text: 'Gladly!' }]);
  expect(code).toBe(0);
});
