import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { transpile } from '../transpile.js';

const run = promisify(execFile);

interface Letter {
  to: string;
  date: string;
  subject: string;
  inReplyTo: string | undefined;
  text: string;
}

interface Told {
  report: string;
  letters: Letter[];
  errors: string;
}

/** The demo as a user starts it, twice at the same time: what it tells must not depend on who was quicker. */
describe('the demo', () => {
  let folder: string;
  let one: Told;
  let two: Told;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'followthrough-demo-spec-'));
    // Root's database server runs as another user, who must come through to its own folder.
    await chmod(folder, 0o711);
    const home = await transpile('src');
    const play = async (name: string): Promise<Told> => {
      const mails = join(folder, name);
      const options = ['--exit', '--samples', resolve('samples'), '--mails', mails];
      const { stdout, stderr } = await run(process.execPath, [join(home, 'demo', 'demo.js'), ...options], {
        env: { ...process.env, TMPDIR: folder },
      });
      return { report: stdout, errors: stderr, letters: readLetters(await readFile(mails, 'utf8')) };
    };
    [one, two] = await Promise.all([play('one'), play('two')]);
  }, 600_000);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('tells the same both times, to the last number', () => {
    const told = (report: string): string => report.replace(/took \d+ seconds/, 'took some time');
    expect(one.report).toMatch(/took \d+ seconds/);
    expect(told(two.report)).toBe(told(one.report));
    const words = (letters: Letter[]): unknown[] => letters.map(({ to, date, text }) => ({ to, date, text }));
    expect(words(two.letters)).toEqual(words(one.letters));
  });

  it('shows the import, three mails with their provenance, what was withheld, and rates with their intervals', () => {
    expect(one.errors).toBe('');
    expect(one.report).toMatch(/^ {2}119 people\. Rejected:$/m);
    expect(one.report.match(/^ {2}To: {6}/gm)).toHaveLength(3);
    expect(one.report).toContain('└ from the template, your note “');
    expect(one.report).toContain('give one line that is theirs alone, or release it knowingly');
    expect(one.report).toMatch(/step 1 \(first\) +\d+ +\d+ +\d+ +\d+ % +\d+ % to \d+ %/);
    expect(one.report).toContain('Nothing has left this machine.');
  });

  it('writes to no address twice but in a thread or for a birthday', () => {
    const byAddress = new Map<string, Letter[]>();
    const birthdays = one.letters.filter(({ subject }) => subject.startsWith('Happy birthday'));
    expect(birthdays.map(({ to }) => to)).toEqual(['petra.novotna@vltava.example.com']);
    for (const letter of one.letters.filter((each) => !birthdays.includes(each)))
      byAddress.set(letter.to, [...(byAddress.get(letter.to) ?? []), letter]);
    expect(byAddress.size).toBeGreaterThan(40);
    for (const letters of byAddress.values()) {
      expect(letters.map(({ inReplyTo }) => inReplyTo !== undefined)).toEqual(
        [false, true].slice(0, letters.length),
      );
    }
  });

  it('calls nobody met who only stood on the list, greets everybody by name, and leaves no gap', () => {
    for (const { to, text } of one.letters) {
      expect(text).toMatch(/^Hi \p{Lu}[\p{L} -]+,\n/u);
      expect(text).not.toMatch(/\{\{|\}\}|undefined|null|\n\n\n/);
      if (to.startsWith('kenji.arai@')) expect(text).not.toMatch(/\bmeet\b|\bmet\b/);
    }
    expect(one.letters.some(({ to }) => to.startsWith('kenji.arai@'))).toBe(true);
  });

  it('leaves nothing behind', async () => {
    expect(await readdir(folder)).toEqual(['one', 'two']);
  });
});

function readLetters(text: string): Letter[] {
  return text.split(/^-{80,}\n\n/m).map((letter) => {
    const [head = '', ...body] = letter.split('\n\n');
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1];
    return {
      to: field('To') ?? '',
      date: field('Date') ?? '',
      subject: field('Subject') ?? '',
      inReplyTo: field('In-Reply-To'),
      text: body.join('\n\n'),
    };
  });
}
