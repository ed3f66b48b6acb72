import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InboxNews } from '../../src/inbox/inbox.schemas.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { transpile } from '../transpile.js';

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

let built: string;
let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  built = await transpile('src');
  folder = await mkdtemp(join(tmpdir(), 'followthrough-inbox-cli-'));
  database = await cloneDatabase();
  const eml = (from: string, subject: string, text: string): string =>
    [`From: ${from}`, 'To: ada@example.org', `Subject: ${subject}`, `Message-ID: <${subject.length}@example.com>`, '', text, ''].join('\r\n'); // prettier-ignore
  await writeFile(
    join(folder, 'stranger.eml'),
    eml('Nobody <nobody@example.net>', 'Hello', 'Could you call me?'),
  );
  await writeFile(
    join(folder, 'odd.eml'),
    eml('noreply@example.net', 'Your account', 'Your account was updated.'),
  );
}, 60_000);
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Several command lines in one real process, by the very function that `cli.js` calls; `$mail` is the first unmatched one. */
function run(lines: readonly string[][]): Promise<Ended[]> {
  const script = `
    import { runCommand } from ${JSON.stringify(pathToFileURL(join(built, 'cli', 'run.js')).href)};
    const write = process.stdout.write.bind(process.stdout);
    const all = [];
    let mail = '';
    for (const line of ${JSON.stringify(lines)}) {
      const ended = { code: null, out: '', err: '' };
      process.stdout.write = (text) => { ended.out += text; return true; };
      process.stderr.write = (text) => { ended.err += text; return true; };
      ended.code = await runCommand(line.map((word) => (word === '$mail' ? mail : word)));
      if (line.includes('ingest')) mail ||= JSON.parse(ended.out).id.slice(-8);
      all.push(ended);
    }
    write(JSON.stringify(all), () => process.exit(0));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, DATA_DIR: join(folder, 'data') },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      if (out === '') reject(new Error(err));
      else resolve(JSON.parse(out) as Ended[]);
    });
  });
}

it('lists what waits, takes a correction, and takes note', async () => {
  const ended = await run([
    ['owner', 'add', '--email', 'ada@example.org', '--name', 'Ada', '--zone', 'Europe/Berlin'],
    ['inbox'],
    ['ingest', 'stranger.eml', '--json'],
    ['ingest', 'odd.eml', '--json'],
    ['inbox'],
    ['inbox', '--json'],
    ['inbox', 'correct', '$mail', 'nonsense'],
    ['inbox', 'correct', '$mail', 'list'],
    ['inbox', 'correct', '$mail', 'list'],
    ['inbox', '--json'],
  ]);
  const [, empty, , , listed, json, wrong, done, again, after] = ended;
  expect(empty).toMatchObject({ code: 0, out: expect.stringContaining('Nothing waits for you.') });
  expect(listed!.out).toMatch(/Unknown[^]*odd|Your account/);
  expect(listed!.out).toContain('nobody@example.net');
  const news = JSON.parse(json!.out) as InboxNews;
  expect(news.unknown.map((one) => one.subject)).toEqual(['Your account']);
  expect(news.unmatched.map((one) => one.subject)).toEqual(['Hello']);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('kind') });
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Now list') });
  expect(again!.out).toContain('nothing changed');
  expect((JSON.parse(after!.out) as InboxNews).unmatched).toEqual([]);
}, 60_000);

it('takes your word that you wrote already, and that what you owed is done', async () => {
  await writeFile(join(folder, 'people.csv'), 'Name,Email,Company\nMira Okafor,mira@example.com,Lumen\n');
  await writeFile(
    join(folder, 'asks.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: Slides\r\nMessage-ID: <m1@example.com>\r\n\r\nCould you send me the slides?\r\n',
  );
  const ended = await run([
    ['import', 'people.csv', '--event', 'DevConf', '--on', '2026-11-18..2026-11-20'],
    ['ingest', 'asks.eml', '--json'],
    ['wrote', 'Mira'],
    ['wrote', 'Mira Okafor', '--at', 'yesterday'],
    ['wrote', 'Mira Okafor', '--at', '2020-01-01T09:00:00Z'],
    ['wrote', 'Mira Okafor', '--about', 'the slides'],
    ['inbox', '--json'],
  ]);
  const [, , partly, unclear, early, wrote, after] = ended;
  // What she asked later than that is owed all the same.
  expect(early).toMatchObject({ code: 0, out: expect.not.stringContaining('you owed') });
  expect(partly!.code).not.toBe(0);
  expect(unclear).toMatchObject({ code: 2, err: expect.stringContaining('instant') });
  expect(wrote).toMatchObject({ code: 0, out: expect.stringMatching(/Noted.*\nThe answer you owed/) });
  expect(JSON.parse(after!.out)).toMatchObject({ debts: [] });
}, 60_000);

it('an alarm stands at the head of every command, beside the answer, until you have taken note', async () => {
  await writeFile(
    join(folder, 'stop.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: No\r\nMessage-ID: <m2@example.com>\r\n\r\nPlease do not write to me again.\r\n',
  );
  const [taken, first, noted, second] = await run([
    ['ingest', 'stop.eml', '--json'],
    ['debts', '--json'],
    ['inbox', 'seen', '$mail'],
    ['debts', '--json'],
  ]);
  expect(JSON.parse(taken!.out)).toMatchObject({ kind: 'opt-out' });
  expect(first!.err).toMatch(/^! Mira Okafor asked you to stop .*followthrough inbox seen/);
  expect(JSON.parse(first!.out)).toHaveProperty('items');
  expect(noted!.code).toBe(0);
  expect(second!.err).not.toContain('asked you to stop');
}, 60_000);

it('spares an address by word of mouth, lists it, and lifts it again', async () => {
  const [spared, odd, listed, lifted, none, after] = await run([
    ['suppress', 'Leo@Example.net', '--scope', 'congratulations'],
    ['suppress', 'leo@example.net', '--scope', 'mondays'],
    ['suppressions', '--json'],
    ['lift', 'LEO@example.net'],
    ['lift', 'leo@example.net'],
    ['suppressions', '--json'],
  ]);
  expect(spared).toMatchObject({
    code: 0,
    out: expect.stringContaining('leo@example.net gets no congratulations'),
  });
  expect(odd).toMatchObject({ code: 2, err: expect.stringContaining('congratulations') });
  const items = (ended: Ended | undefined): { address: string }[] =>
    (JSON.parse(ended!.out) as { items: { address: string }[] }).items;
  expect(items(listed)).toContainEqual(
    expect.objectContaining({ address: 'leo@example.net', scope: 'congratulations', sourceKind: 'owner' }),
  );
  expect(lifted).toMatchObject({
    code: 0,
    out: expect.stringContaining('leo@example.net (congratulations)'),
  });
  expect(none!.code).toBe(3);
  expect(items(after).map((one) => one.address)).not.toContain('leo@example.net');
}, 60_000);

it('asks you about an answer that may be a wish to be left alone, until you have said', async () => {
  await writeFile(
    join(folder, 'perhaps.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: Hm\r\nMessage-ID: <m3@example.com>\r\n\r\nNot interested, thanks.\r\n',
  );
  const [taken, asked, said, after] = await run([
    ['ingest', 'perhaps.eml', '--json'],
    ['debts', '--json'],
    ['inbox', 'correct', '$mail', 'opt-out'],
    ['suppressions', '--json'],
  ]);
  expect(JSON.parse(taken!.out)).toMatchObject({ kind: 'reply' });
  expect(asked!.err).toMatch(
    /Mira Okafor may wish to be left alone .*Not interested.*inbox correct \w+ opt-out/,
  );
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining('Now opt-out') });
  expect(after!.err).not.toContain('may wish');
  expect(after!.out).toContain('mira@example.com');
}, 60_000);
