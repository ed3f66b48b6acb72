import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NOWHERE, startCommandLine, type CommandLine, type Ended } from '../command-line.js';
import { transpile } from '../transpile.js';

let commands: CommandLine;
beforeAll(async () => {
  commands = await startCommandLine();
});
afterAll(() => commands.close());

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
    root = await commands.cli(['--help']);
  });

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
    const helps = await commands.batch(
      names.map((name) => [...name.split(' '), '--help']),
      NOWHERE,
    );
    for (const [at, { code, out, err }] of helps.entries()) {
      const name = `followthrough ${names[at] ?? '?'}`;
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
      expect(out).toMatch(new RegExp(`^Usage: ${name} .*\n\n[A-Z][^\n]+`));
      expect(out).toContain(`\nExamples:\n  ${name}`);
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
    expect(root.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('says the version', async () => {
    expect(await commands.cli(['--version'])).toMatchObject({ code: 0, err: '' });
  });

  it('is there without the house: nothing of a database is loaded for it, nor for who needs none', async () => {
    await writeFile(join(commands.folder, 'two.csv'), 'Name,Email\nMira Okafor,mira@example.com\n');
    const run = pathToFileURL(join(await transpile('src'), 'cli', 'run.js')).href;
    const script = (lines: string[][]): string => `
      import { createRequire } from 'node:module';
      import { runCommand } from ${JSON.stringify(run)};
      for (const line of ${JSON.stringify(lines)}) await runCommand(line);
      const { cache } = createRequire(${JSON.stringify(run)});
      process.exit(Object.keys(cache).some((file) => /node_modules.(pg|typeorm|bullmq)\\W/.test(file)) ? 1 : 0);`;
    const loads = async (...lines: string[][]): Promise<boolean> =>
      (await commands.node(['--input-type=module', '-e', script(lines)])).code === 1;
    expect(await loads(['--help'], ['befriend'], ['match', 'two.csv'], ['read', 'two.csv'])).toBe(false);
    expect(await loads(['drafts', '--help'])).toBe(true);
  });
});

it('answers wrong use with exit 2, one line, and where help is', async () => {
  const unknown = await commands.cli(['befriend', 'everybody']);
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
    ['mailbox', 'befriend'],
    ['import', 'people.csv', '--event', 'DevConf', '--on', '2026-13-40'],
    ['mailbox', 'add', 'ada@example.org', '--smtp', 'mail.example.org:99999'],
    ['inbox', 'correct', '1a2b3c4d', 'nonsense'],
    ['inbox', 'correct', '1a2b3c4d', 'auto-reply', '--back', 'soon'],
  ];
  const ended = await commands.batch([...wrong, ['drafts']], NOWHERE);
  const unreachable = ended.pop();
  for (const [at, { code, out, err }] of ended.entries()) {
    const line = wrong[at]?.join(' ');
    expect({ line, code, out }).toEqual({ line, code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\nHelp: followthrough [a-z ]+--help\n$/);
  }
  // Right in form, and yet it fails: one line, and the other exit code.
  expect(unreachable).toMatchObject({ code: 1, out: '' });
  expect(unreachable?.err).toMatch(/^followthrough: [^\n]+\n$/);
});

it('says what to do where nothing is built', async () => {
  const bare = join(commands.folder, 'bare');
  await mkdir(bare);
  await cp(join(process.cwd(), 'bin'), join(bare, 'bin'), { recursive: true });
  await cp(join(process.cwd(), 'package.json'), join(bare, 'package.json'));
  const ended = await commands.node([join(bare, 'bin', 'followthrough.js'), 'drafts']);
  expect(ended).toEqual({ code: 1, out: '', err: 'followthrough: it is not built yet. Run: npm ci\n' });
});

it('takes a person from a file to the line, each step with an exit code to trust', async () => {
  const nobody = await commands.cli(['drafts']);
  expect(nobody).toMatchObject({ code: 1, out: '' });
  expect(nobody.err).toBe(
    'followthrough: There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …\n',
  );
  const who = ['--name', 'Ada Lindqvist', '--email', 'ada@example.org', '--zone', 'Europe/Berlin'];
  expect(await commands.cli(['owner', 'add', ...who])).toMatchObject({ code: 0, err: '' });

  const people = [
    'Name,Email,Company',
    'Mira Okafor,mira@example.com,Lumen',
    'Teo\u001b[31m Vale,teo@example.net,Orrery',
    ',not-an-address,Void',
  ];
  await writeFile(join(commands.folder, 'people.csv'), people.join('\n'));
  const event = ['--event', 'DevConf 2026', '--on', '2026-11-18..2026-11-20'];
  const imported = await commands.cli(['import', 'people.csv', ...event]);
  expect(imported).toMatchObject({ code: 0, err: '' });
  expect(imported.out).toMatch(
    /people\.csv: taken for .*3 rows: 2 created, 0 merged, 0 unchanged, 1 rejected/,
  );
  expect(imported.out).toMatch(/ {2}line 4: .*not-an-address/);

  const header = 'name-or-email,decision,met,lines';
  const write = 'mira@example.com,write,yes,asked: how we test our migrations';
  await writeFile(join(commands.folder, 'answers.csv'), `${header}\n${write}\n`);
  await writeFile(
    join(commands.folder, 'wrong.csv'),
    `${header}\nmira@example.com,write,perhaps,\nNobody Here,write,,\n`,
  );
  const [again, wrong, asked, confirmed, why] = await commands.batch([
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
});

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
  const [real, ended] = await Promise.all([commands.cli(['contacts', '--json']), commands.batch(all)]);
  for (const { code, out, err } of [real, ...ended]) {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ items: expect.any(Array) as unknown });
    expect(out).not.toContain('\u001b');
  }
  expect(real.out).toContain('Mira Okafor');
});

it('says when there is nobody, and what is no mail', async () => {
  const [rubbish, [nobody, noId, boundary]] = await Promise.all([
    commands.cli(['ingest', '-'], { input: 'this is no mail\n' }),
    commands.batch([
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
});

it('changes nobody by a part of a name', async () => {
  const before = await commands.batch([['contact', 'Teo', '--json']]);
  const refused = await commands.batch([
    ['boundary', 'Teo', '--do-not-contact'],
    ['fact', 'Teo', 'asked: how we test our migrations'],
  ]);
  for (const one of refused) {
    expect(one).toMatchObject({ code: 2, out: '' });
    expect(one.err).toMatch(
      /^followthrough: "Teo" is not the whole name or address of anybody; Teo.* comes near\./,
    );
  }
  expect(await commands.batch([['contact', 'Teo', '--json']])).toEqual(before);
});

it('erases nobody by a part of a name', async () => {
  // A part of a name may be a part of another's, and this cannot be taken back.
  const [near, gone, after] = await commands.batch([
    ['forget', 'mira', '--yes'],
    ['forget', 'mira@example.com', '--yes'],
    ['contact', 'mira@example.com'],
  ]);
  expect(near).toMatchObject({ code: 2, out: '' });
  expect(near?.err).toContain('is not the whole name or address of anybody; Mira Okafor');
  expect(gone?.out).toMatch(/^Mira Okafor is forgotten/);
  expect(after?.code).toBe(3);
});

it('says which file or folder is the trouble, in a line', async () => {
  const ended = await commands.batch([
    ['ingest', commands.folder],
    ['debrief', 'devconf 2026', '--answers', commands.folder],
    ['match', 'nowhere.csv'],
    ['read', 'people.csv', '--mapping', 'nowhere.json'],
    ['export', 'nowhere/all.csv'],
    ['backup', 'nowhere/all.backup'],
  ]);
  expect(ended.map(({ code, out, err }) => `${code} ${out}${err}`)).toEqual([
    '1 followthrough: A folder was named where a file is wanted.\n',
    '1 followthrough: A folder was named where a file is wanted.\n',
    '1 followthrough: nowhere.csv: there is no such file.\n',
    '1 followthrough: nowhere.json: there is no such file.\n',
    '1 followthrough: nowhere: there is no such folder.\n',
    '1 followthrough: nowhere: there is no such folder.\n',
  ]);
});

it('acts for the one of two owners who is named, by a subcommand as well', async () => {
  await writeFile(
    join(commands.folder, 'hello.eml'),
    'From: new@example.net\nTo: bea@example.org\nSubject: Hello\nMessage-ID: <1@example.net>\n\nHello Bea.\n',
  );
  const bea = ['--owner', 'bea@example.org'];
  const [, nobodyNamed, listed, ingested] = await commands.batch([
    ['owner', 'add', '--name', 'Bea', '--email', 'bea@example.org', '--zone', 'Europe/Berlin'],
    ['drafts'],
    ['owner', 'list'],
    ['ingest', 'hello.eml', '--json', ...bea],
  ]);
  expect(nobodyNamed).toMatchObject({ code: 2, out: '' });
  const id = /^(\w+) +Bea /m.exec(listed?.out ?? '')?.[1] ?? '';
  const { id: mail } = JSON.parse(ingested?.out ?? '') as { id: string };
  const [byId, corrected, seen] = await commands.batch([
    ['drafts', '--json', '--owner', id],
    ['inbox', 'correct', mail, 'list', '--json', ...bea],
    ['inbox', 'seen', mail, ...bea],
  ]);
  expect(byId).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(corrected?.out ?? '')).toMatchObject({ id: mail, kind: 'list', firstKind: 'reply' });
  expect(seen).toEqual({ code: 0, out: 'Noted.\n', err: '' });
});
