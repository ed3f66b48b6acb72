import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
  folder = await mkdtemp(join(tmpdir(), 'followthrough-cli-'));
  database = await cloneDatabase();
}, 60_000);

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A real process; nothing of this one's environment but the path reaches it. */
function node(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), ...env },
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.err += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })));
}

const cli = (...args: string[]): Promise<Ended> => node([join(built, 'cli.js'), ...args]);

/** Nothing listens there. */
const NOWHERE = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };

/** Many command lines in one process, by the very function that `cli.js` calls: a start costs a second or two. */
async function batch(lines: readonly string[][], env: Record<string, string> = {}): Promise<Ended[]> {
  const script = `
    import { runCommand } from ${JSON.stringify(pathToFileURL(join(built, 'cli', 'run.js')).href)};
    const write = process.stdout.write.bind(process.stdout);
    const all = [];
    for (const line of ${JSON.stringify(lines)}) {
      const ended = { code: null, out: '', err: '' };
      process.stdout.write = (text) => { ended.out += text; return true; };
      process.stderr.write = (text) => { ended.err += text; return true; };
      ended.code = await runCommand(line);
      all.push(ended);
    }
    write(JSON.stringify(all), () => process.exit(0));`;
  const { out, err } = await node(['--input-type=module', '-e', script], '', env);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Ended[];
}

/** The names under "Commands:". */
function commandsIn(help: string): string[] {
  const lines = help.slice(help.indexOf('\nCommands:\n')).split('\n');
  return lines.flatMap((line) => /^ {2}([a-z]+) /.exec(line)?.[1] ?? []).filter((name) => name !== 'help');
}

describe('the help', () => {
  const nested = [
    'owner add',
    'owner list',
    'mailbox add',
    'mailbox list',
    'mailbox test',
    'mailbox resume',
    'mailbox sign-in',
    'mailbox edit',
    'mailbox default',
    'keys rotate',
    'inbox correct',
    'inbox seen',
  ];
  let root: Ended;

  beforeAll(async () => {
    root = await cli('--help');
  }, 30_000);

  it('names every command, without a database', () => {
    expect(root).toMatchObject({ code: 0, err: '' });
    const setUp =
      'owner mailbox read match import imports undo duplicates changes captures contacts contact boundary forget export events debrief';
    const line = 'drafts show approve edit line release discard review tasks done answered';
    const rest =
      'outbox unknown settle withdraw ingest debts promises keep fact rates why stop resume days sandbox backup restore';
    expect(commandsIn(root.out)).toEqual(expect.arrayContaining(`${setUp} ${line} ${rest}`.split(' ')));
  });

  it('explains each of them in a line and with examples', async () => {
    const names = [...commandsIn(root.out), ...nested];
    const helps = await batch(
      names.map((name) => [...name.split(' '), '--help']),
      NOWHERE,
    );
    for (const [at, { code, out, err }] of helps.entries()) {
      const name = `followthrough ${names[at] ?? '?'}`;
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
      expect(out).toMatch(new RegExp(`^Usage: ${name} .*\n\n[A-Z][^\n]+`));
      expect(out).toContain(`\nExamples:\n  ${name}`);
    }
  }, 60_000);
});

it('answers wrong use with exit 2, one line, and where help is', async () => {
  const unknown = await cli('befriend', 'everybody');
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toBe("error: unknown command 'befriend'\nHelp: followthrough --help\n");
  const wrong = [
    ['why'],
    ['why', 'one', 'two'],
    ['drafts', '--colour'],
    ['owner'],
    ['owner', 'add', '--name', 'Ada'],
    ['owner', 'add', '--name', 'Ada', '--email', 'ada', '--zone', 'Europe/Berlin'],
    ['rates', '--by', 'mood'],
    ['import', 'people.csv', '--on', '2026-11-18'],
    ['settle', '1a2b3c4d', 'perhaps'],
    ['fact', 'Mira', 'asked about prices'],
    ['boundary', 'Mira'],
    ['boundary', 'Mira', '--circle', 'outer'],
    ['boundary', 'Mira', '--pause-until', 'tomorrow'],
    ['review'],
  ];
  const ended = await batch([...wrong, ['drafts']], NOWHERE);
  const unreachable = ended.pop();
  for (const [at, { code, out, err }] of ended.entries()) {
    const line = wrong[at]?.join(' ');
    expect({ line, code, out }).toEqual({ line, code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\nHelp: followthrough [a-z ]+--help\n$/);
  }
  // Right in form, and yet it fails: one line, and the other exit code.
  expect(unreachable).toMatchObject({ code: 1, out: '' });
  expect(unreachable?.err).toMatch(/^followthrough: [^\n]+\n$/);
}, 60_000);

it('says what to do where nothing is built', async () => {
  const bare = join(folder, 'bare');
  await mkdir(bare);
  await cp(join(process.cwd(), 'bin'), join(bare, 'bin'), { recursive: true });
  await cp(join(process.cwd(), 'package.json'), join(bare, 'package.json'));
  const ended = await node([join(bare, 'bin', 'followthrough.js'), 'drafts']);
  expect(ended).toEqual({ code: 1, out: '', err: 'followthrough: it is not built yet. Run: npm ci\n' });
});

it('takes a person from a file to the line, each step with an exit code to trust', async () => {
  const nobody = await cli('drafts');
  expect(nobody).toMatchObject({ code: 1, out: '' });
  expect(nobody.err).toBe(
    'followthrough: There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …\n',
  );
  const who = ['--name', 'Ada Lindqvist', '--email', 'ada@example.org', '--zone', 'Europe/Berlin'];
  expect(await cli('owner', 'add', ...who)).toMatchObject({ code: 0, err: '' });

  const people = [
    'Name,Email,Company',
    'Mira Okafor,mira@example.com,Lumen',
    'Teo\u001b[31m Vale,teo@example.net,Orrery',
    ',not-an-address,Void',
  ];
  await writeFile(join(folder, 'people.csv'), people.join('\n'));
  const event = ['--event', 'DevConf 2026', '--on', '2026-11-18..2026-11-20'];
  const imported = await cli('import', 'people.csv', ...event);
  expect(imported).toMatchObject({ code: 0, err: '' });
  expect(imported.out).toMatch(
    /people\.csv: taken for .*3 rows: 2 created, 0 merged, 0 unchanged, 1 rejected/,
  );
  expect(imported.out).toMatch(/ {2}line 4: .*not-an-address/);

  const header = 'name-or-email,decision,met,lines';
  const write = 'mira@example.com,write,yes,asked: how we test our migrations';
  await writeFile(join(folder, 'answers.csv'), `${header}\n${write}\n`);
  await writeFile(
    join(folder, 'wrong.csv'),
    `${header}\nmira@example.com,write,perhaps,\nNobody Here,write,,\n`,
  );
  const [again, wrong, asked, confirmed, why] = await batch([
    ['import', 'people.csv', ...event, '--json'],
    ['debrief', 'devconf 2026', '--answers', 'wrong.csv', '--yes'],
    ['debrief', 'devconf 2026', '--answers', 'answers.csv'],
    ['debrief', 'devconf 2026', '--yes'],
    ['why', 'mira@example.com'],
  ]);
  const told = (again?.out ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { verdict: string });
  expect(told.map(({ verdict }) => verdict)).toEqual(['unchanged', 'unchanged', 'rejected']);
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong?.err).toMatch(/Nothing was decided\.\nwrong\.csv:2: met: .*\nwrong\.csv:3: .*Nobody Here/);
  expect(asked?.out).toMatch(
    /1 to write to.*\n {2}Mira Okafor \(met\)\nNobody is written to until you say yes/,
  );
  expect(confirmed?.code).toBe(0);
  expect(confirmed?.out).toContain('Confirmed: 1.');
  expect(confirmed?.out).toContain('when the service runs: npm start');
  expect(why?.out).toMatch(/^Mira Okafor, zone /);
}, 60_000);

it('prints one JSON document and nothing else where something is listed', async () => {
  const lists = [
    'owner list',
    'mailbox list',
    'imports',
    'contacts',
    'events',
    'drafts',
    'tasks',
    'outbox',
    'unknown',
  ];
  const more = ['debts', 'promises', 'rates', 'days', 'sandbox'];
  const all = [...lists, ...more].map((list) => [...list.split(' '), '--json']);
  const [real, ended] = await Promise.all([cli('contacts', '--json'), batch(all)]);
  for (const { code, out, err } of [real, ...ended]) {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ items: expect.any(Array) as unknown });
    expect(out).not.toContain('\u001b');
  }
  expect(real.out).toContain('Mira Okafor');
}, 60_000);

it('says when there is nobody, and what is no mail', async () => {
  const [rubbish, [nobody, noId, boundary]] = await Promise.all([
    node([join(built, 'cli.js'), 'ingest', '-'], 'this is no mail\n'),
    batch([
      ['why', 'Nobody Here'],
      ['show', 'ffffffff'],
      [
        'boundary',
        'teo@example.net',
        '--no-congratulations',
        '--circle',
        'inner',
        '--pause-until',
        '2027-01-10',
      ],
    ]),
  ]);
  expect(rubbish).toMatchObject({ code: 1, out: '' });
  expect(rubbish.err).toMatch(/^followthrough: this is not a mail we can read: [^\n]+\n$/);
  expect(nobody).toEqual({ code: 3, out: '', err: 'followthrough: nobody here is called "Nobody Here"\n' });
  expect(noId).toEqual({ code: 3, out: '', err: 'followthrough: There is no message "ffffffff".\n' });
  expect(boundary?.out).toMatch(/circle inner, nothing until 2027-01-10 00:00, no congratulations\.\n$/);
}, 60_000);

it('changes nobody by a part of a name', async () => {
  const before = await batch([['contact', 'Teo', '--json']]);
  const refused = await batch([
    ['boundary', 'Teo', '--do-not-contact'],
    ['fact', 'Teo', 'asked: how we test our migrations'],
  ]);
  for (const one of refused) {
    expect(one).toMatchObject({ code: 2, out: '' });
    expect(one.err).toMatch(
      /^followthrough: "Teo" is not the whole name or address of anybody; Teo.* comes near\./,
    );
  }
  expect(await batch([['contact', 'Teo', '--json']])).toEqual(before);
}, 60_000);

it('erases nobody by a part of a name', async () => {
  // A part of a name may be a part of another's, and this cannot be taken back.
  const [near, gone, after] = await batch([
    ['forget', 'mira', '--yes'],
    ['forget', 'mira@example.com', '--yes'],
    ['contact', 'mira@example.com'],
  ]);
  expect(near).toMatchObject({ code: 2, out: '' });
  expect(near?.err).toContain('is not the whole name or address of anybody; Mira Okafor');
  expect(gone?.out).toMatch(/^Mira Okafor is forgotten/);
  expect(after?.code).toBe(3);
}, 60_000);
