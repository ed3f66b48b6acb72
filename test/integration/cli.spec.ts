import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Many command lines in one process, by the very function that `cli.js` calls: a start costs a second. */
async function batch(lines: readonly string[][]): Promise<Ended[]> {
  const script = `
    import { runCommand } from ${JSON.stringify(`file://${join(built, 'cli', 'run.js')}`)};
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
  const { out, err } = await node(['--input-type=module', '-e', script], '', {
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
  });
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Ended[];
}

/** The names under "Commands:". */
function commandsIn(help: string): string[] {
  const lines = help.slice(help.indexOf('\nCommands:\n')).split('\n');
  return lines.flatMap((line) => /^ {2}([a-z]+) /.exec(line)?.[1] ?? []).filter((name) => name !== 'help');
}

describe('the help', () => {
  const groups = ['owner', 'mailbox'];
  let root: Ended;
  let names: string[];

  beforeAll(async () => {
    root = await cli('--help');
    names = commandsIn(root.out);
  }, 30_000);

  it('names every command, without a database', () => {
    expect(root).toMatchObject({ code: 0, err: '' });
    const some =
      'owner mailbox import imports events debrief drafts show approve edit line release discard review tasks';
    const more =
      'done answered outbox unknown settle withdraw ingest debts promises keep fact rates why stop resume days sandbox';
    expect(names).toEqual(expect.arrayContaining(`${some} ${more}`.split(' ')));
  });

  it('explains each of them in a line and with examples', async () => {
    const sub = await batch(groups.map((name) => [name, '--help']));
    const nested = sub.flatMap(({ out }, at) => commandsIn(out).map((name) => [groups[at]!, name]));
    expect(nested.length).toBeGreaterThanOrEqual(6);
    const lines = [...names.map((name) => [name]), ...nested];
    const helps = await batch(lines.map((line) => [...line, '--help']));
    helps.forEach(({ code, out, err }, at) => {
      const name = `followthrough ${lines[at]!.join(' ')}`;
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
      expect(out).toMatch(new RegExp(`^Usage: ${name}.*\n\n[A-Z][^\n]+`));
      expect(out).toContain(`\nExamples:\n  ${name}`);
    });
  }, 60_000);
});

it('answers wrong use with exit 2, one line, and where help is', async () => {
  const unknown = await cli('befriend', 'everybody');
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toMatch(/unknown command 'befriend'\nHelp: followthrough --help\n/);
  const wrong = await batch([
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
    ['review'],
  ]);
  for (const { code, out, err } of wrong) {
    expect({ code, out, err }).toMatchObject({ code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\nHelp: followthrough [a-z ]+--help\n$/);
  }
}, 60_000);

it('says in one line that the database cannot be reached', async () => {
  const [ended] = await batch([['drafts']]);
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended?.err).toMatch(/^followthrough: [^\n]+\n$/);
}, 30_000);

it('says what to do where nothing is built', async () => {
  const bare = join(folder, 'bare');
  await mkdir(bare);
  await cp(join(process.cwd(), 'bin'), join(bare, 'bin'), { recursive: true });
  await cp(join(process.cwd(), 'package.json'), join(bare, 'package.json'));
  const ended = await node([join(bare, 'bin', 'followthrough.js'), 'drafts']);
  expect(ended).toEqual({ code: 1, out: '', err: 'followthrough: it is not built yet. Run: npm ci\n' });
});

it('takes a person from a file to a draft, each step with an exit code to trust', async () => {
  const nobody = await cli('drafts');
  expect(nobody).toMatchObject({ code: 1, out: '' });
  expect(nobody.err).toBe(
    'followthrough: There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …\n',
  );

  const added = await cli(
    'owner',
    'add',
    '--name',
    'Ada Lindqvist',
    '--email',
    'ada@example.org',
    '--zone',
    'Europe/Berlin',
  );
  expect(added).toMatchObject({ code: 0, err: '' });

  const file = join(folder, 'people.csv');
  await writeFile(
    file,
    'Name,Email,Company\nMira Okafor,mira@example.com,Lumen\nTeo\u001b[31m Vale,teo@example.net,Orrery\nNo Address,not-an-address,Void\n',
  );
  const event = ['--event', 'DevConf 2026', '--on', '2026-11-18..2026-11-20'];
  const imported = await cli('import', file, ...event);
  expect(imported.code).toBe(0);
  expect(imported.out).toMatch(
    /people\.csv: taken for .*3 rows: 2 created, 0 merged, 0 unchanged, 1 rejected/,
  );
  expect(imported.out).toMatch(/ {2}line 4: .*not-an-address/);

  const again = await cli('import', file, ...event, '--json');
  expect(JSON.parse(again.out)).toMatchObject({
    state: 'done',
    created: 0,
    merged: 0,
    unchanged: 2,
    rejected: 1,
  });

  await writeFile(
    join(folder, 'answers.csv'),
    'name-or-email,decision,met,lines\nmira@example.com,write,yes,asked: how we test our migrations\n',
  );
  await writeFile(
    join(folder, 'wrong.csv'),
    'name-or-email,decision,met,lines\nmira@example.com,write,perhaps,\nNobody Here,write,,\n',
  );
  const wrong = await cli('debrief', 'devconf 2026', '--answers', 'wrong.csv', '--yes');
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toMatch(/Nothing was decided\.\nwrong\.csv:2: met: .*\nwrong\.csv:3: .*Nobody Here/);
  const asked = await cli('debrief', 'devconf 2026', '--answers', 'answers.csv');
  expect(asked.out).toMatch(
    /1 to write to.*\n {2}Mira Okafor \(met\)\nNobody is written to until you say yes/,
  );
  const confirmed = await cli('debrief', 'devconf 2026', '--yes');
  expect(confirmed.code).toBe(0);
  expect(confirmed.out).toContain('Confirmed: 1.');
  expect(confirmed.out).toContain('when the service runs: npm start');
}, 60_000);

it('prints one JSON document and nothing else where something is listed', async () => {
  const lists = [['owner', 'list'], ['mailbox', 'list'], ['imports'], ['drafts']];
  const some = await Promise.all(lists.map((list) => cli(...list, '--json')));
  for (const { code, out, err } of some) {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ items: expect.any(Array) as unknown });
  }
}, 60_000);

it('finds by name and address, and says when there is nobody', async () => {
  const [why, whyNot, rubbish] = await Promise.all([
    cli('why', 'mira@example.com'),
    cli('why', 'Nobody Here'),
    node([join(built, 'cli.js'), 'ingest', '-'], 'this is no mail\n'),
  ]);
  expect(why.out).toMatch(/^Mira Okafor, zone /);
  expect(whyNot).toMatchObject({
    code: 3,
    out: '',
    err: 'followthrough: nobody here is called "Nobody Here"\n',
  });
  expect(rubbish).toMatchObject({ code: 1, out: '' });
  expect(rubbish.err).toMatch(/^followthrough: this is not a mail we can read: [^\n]+\n$/);
}, 60_000);
