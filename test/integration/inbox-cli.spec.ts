import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InboxNews } from '../../src/inbox/inbox.schemas.js';
import { startCommandLine, type CommandLine, type Ended } from '../command-line.js';

let commands: CommandLine;

beforeAll(async () => {
  commands = await startCommandLine();
  const eml = (from: string, subject: string, text: string): string =>
    [`From: ${from}`, 'To: ada@example.org', `Subject: ${subject}`, `Message-ID: <${subject.length}@example.com>`, '', text, ''].join('\r\n'); // prettier-ignore
  await writeFile(
    join(commands.folder, 'stranger.eml'),
    eml('Nobody <nobody@example.net>', 'Hello', 'Could you call me?'),
  );
  await writeFile(
    join(commands.folder, 'odd.eml'),
    eml('noreply@example.net', 'Your account', 'Your account was updated.'),
  );
});
afterAll(() => commands.close());

/** The short id of what `ingest --json` took in. */
const shortId = (taken: Ended | undefined): string => (JSON.parse(taken!.out) as { id: string }).id.slice(-8);

it('lists what waits, takes a correction, and takes note', async () => {
  const [, empty, stranger, , listed, json] = await commands.batch([
    ['owner', 'add', '--email', 'ada@example.org', '--name', 'Ada', '--zone', 'Europe/Berlin'],
    ['inbox'],
    ['ingest', 'stranger.eml', '--json'],
    ['ingest', 'odd.eml', '--json'],
    ['inbox'],
    ['inbox', '--json'],
  ]);
  const correct = ['inbox', 'correct', shortId(stranger)];
  const [wrong, done, again, after] = await commands.batch([
    [...correct, 'nonsense'],
    [...correct, 'list'],
    [...correct, 'list'],
    ['inbox', '--json'],
  ]);
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
});

it('takes your word that you wrote already, and that what you owed is done', async () => {
  await writeFile(
    join(commands.folder, 'people.csv'),
    'Name,Email,Company\nMira Okafor,mira@example.com,Lumen\n',
  );
  await writeFile(
    join(commands.folder, 'asks.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: Slides\r\nMessage-ID: <m1@example.com>\r\n\r\nCould you send me the slides?\r\n',
  );
  const ended = await commands.batch([
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
});

it('an alarm stands at the head of every command, beside the answer, until you have taken note', async () => {
  await writeFile(
    join(commands.folder, 'stop.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: No\r\nMessage-ID: <m2@example.com>\r\n\r\nPlease do not write to me again.\r\n',
  );
  const [taken, first] = await commands.batch([
    ['ingest', 'stop.eml', '--json'],
    ['debts', '--json'],
  ]);
  const [noted, second] = await commands.batch([
    ['inbox', 'seen', shortId(taken)],
    ['debts', '--json'],
  ]);
  expect(JSON.parse(taken!.out)).toMatchObject({ kind: 'opt-out' });
  expect(first!.err).toMatch(/^! Mira Okafor asked you to stop .*followthrough inbox seen/);
  expect(JSON.parse(first!.out)).toHaveProperty('items');
  expect(noted!.code).toBe(0);
  expect(second!.err).not.toContain('asked you to stop');
});

it('spares an address by word of mouth, lists it, and lifts it again', async () => {
  const [spared, odd, listed, lifted, none, after] = await commands.batch([
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
});

it('asks you about an answer that may be a wish to be left alone, until you have said', async () => {
  await writeFile(
    join(commands.folder, 'perhaps.eml'),
    'From: Mira <mira@example.com>\r\nTo: ada@example.org\r\nSubject: Hm\r\nMessage-ID: <m3@example.com>\r\n\r\nNot interested, thanks.\r\n',
  );
  const [taken, asked] = await commands.batch([
    ['ingest', 'perhaps.eml', '--json'],
    ['debts', '--json'],
  ]);
  const [said, after] = await commands.batch([
    ['inbox', 'correct', shortId(taken), 'opt-out'],
    ['suppressions', '--json'],
  ]);
  expect(JSON.parse(taken!.out)).toMatchObject({ kind: 'reply' });
  expect(asked!.err).toMatch(
    /Mira Okafor may wish to be left alone .*Not interested.*inbox correct \w+ opt-out/,
  );
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining('Now opt-out') });
  expect(after!.err).not.toContain('may wish');
  expect(after!.out).toContain('mira@example.com');
});
