import { Command, Option } from 'nest-commander';
import { MatchScans } from '../imports/match-scans.service.js';
import { MatchService } from '../imports/match.service.js';
import type { ProposalView } from '../imports/proposals.schemas.js';
import { ProposalsService } from '../imports/proposals.service.js';
import { whyFailed } from '../imports/match-register.js';
import { AppError } from '../http/errors.js';
import type { Desk } from './desk.js';
import { keyboard, percent, workThrough } from './duplicates-pass.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { CountBar } from './progress.js';
import { short, table, when } from './table.js';
import { isInteractive, plain, say, sayJson, tell } from './terminal.js';

interface DuplicatesOptions extends ListOptions {
  list?: boolean;
  scan?: boolean;
  state?: ProposalView['state'];
  yes?: string[];
  no?: string[];
  later?: string[];
  reopen?: string[];
}

const STATES = ['open', 'later', 'yes', 'no'] as const;
const ACTS = ['yes', 'no', 'later', 'reopen'] as const;

@Command({
  name: 'duplicates',
  description: menu.duplicates,
})
export class DuplicatesCommand extends ListingCommand {
  protected readonly examples = [
    'duplicates',
    'duplicates --scan',
    'duplicates --list --json',
    'duplicates --yes 1a2b3c4d --no 5e6f7a8b',
  ];

  @Option({ flags: '--list', description: 'list them instead of asking' })
  readList(): boolean {
    return true;
  }

  @Option({ flags: '--state <state>', description: 'list those answered: open, later, yes or no' })
  readState(text: string): ProposalView['state'] {
    const state = STATES.find((one) => one === text);
    if (!state) throw new WrongUsage(`--state: "${text}" is none of ${STATES.join(', ')}.`);
    return state;
  }

  @Option({ flags: '--scan', description: 'first compare everybody with everybody' })
  readScan(): boolean {
    return true;
  }

  @Option({ flags: '--yes <ids...>', description: 'these are one person' })
  readYes(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  @Option({ flags: '--no <ids...>', description: 'these are two people' })
  readNo(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  @Option({ flags: '--later <ids...>', description: 'ask about these after the others' })
  readLater(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  @Option({ flags: '--reopen <ids...>', description: 'take the answers to these back' })
  readReopen(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  async run(_: string[], options: DuplicatesOptions): Promise<void> {
    const desk = await this.desk(options);
    if (ACTS.some((act) => options[act] !== undefined)) return answerThese(desk, options);
    if (options.scan) await this.shell.hold((signal) => scan(desk, signal));
    else await tellTrouble(desk);
    const wantsList = options.list ?? (options.json || options.state !== undefined);
    if (!wantsList && isInteractive()) return askAll(desk);
    const states = options.state === undefined ? (['open', 'later'] as const) : [options.state];
    const items = (await Promise.all(states.map((state) => listed(desk, state)))).flat();
    if (options.json) return sayJson({ items });
    if (items.length === 0) return nothingWaits(desk, options.state);
    say(
      table(
        ['id', 'one', 'other', 'sure', 'state', 'for it'],
        items.map(({ id, a, b, score, state, evidence }) => [
          short(id),
          sideLine(a),
          sideLine(b),
          percent(score),
          state,
          evidence
            .filter(({ weight }) => weight > 0)
            .map(({ words }) => words)
            .join('; '),
        ]),
      ),
    );
    if (options.state === undefined)
      say('One by one: followthrough duplicates. By id: --yes <id>, --no <id>.');
  }
}

function sideLine({ fullName, company }: ProposalView['a']): string {
  return company === null ? fullName : `${fullName}, ${company}`;
}

function listed(desk: Desk, state: ProposalView['state'], most?: number): Promise<ProposalView[]> {
  return pages((page) => desk.get(ProposalsService).list(desk.ownerId, { ...page, state }), most);
}

/** Here and now, while the owner waits; what is written when they press Ctrl-C stays. */
async function scan(desk: Desk, signal: AbortSignal): Promise<void> {
  const bar = new CountBar('Comparing everybody with everybody; with 100,000 people it takes minutes.');
  try {
    const { people, merged, proposed } = await desk.get(MatchService).scanAll(desk.ownerId, {
      signal,
      onBatch: ({ done, pairs }) => bar.show(`${done} of ${pairs} pairs written down`),
    });
    bar.end();
    tell(`${people} people compared: ${merged} merged, ${proposed} new questions.`);
  } catch (error) {
    bar.end();
    if (error instanceof AppError || signal.aborted) throw error;
    throw new Failed(`Your people were not compared: ${whyFailed(error)} (${plain(String(error))}).`);
  }
}

/** Comparing goes by itself; whoever looks for duplicates should know when it does not. */
export async function tellTrouble(desk: Desk): Promise<void> {
  const { failures, why, againAt } = await desk.get(MatchScans).view(desk.ownerId);
  if (failures === 0) return;
  const again = againAt === null ? '' : ` It is tried again after ${when(againAt, desk.zone)}.`;
  tell(
    `New people could not be compared (tried ${failures} ${failures === 1 ? 'time' : 'times'}): ${plain(why)}.${again}`,
  );
}

async function nothingWaits(desk: Desk, state: ProposalView['state'] | undefined): Promise<void> {
  if (state !== undefined) return say(`No pair is "${state}".`);
  say('Nobody waits to be told apart.');
  say('New people are compared after each import. All of them, now: followthrough duplicates --scan');
  await desk.remind('Imports are compared');
}

async function answerThese(desk: Desk, options: DuplicatesOptions): Promise<void> {
  const proposals = desk.get(ProposalsService);
  const wanted: { act: (typeof ACTS)[number]; id: string }[] = [];
  for (const act of ACTS) {
    for (const piece of options[act] ?? []) wanted.push({ act, id: await wholeId(desk, 'duplicate', piece) });
  }
  const twice = wanted.find(({ id }, at) => wanted.findIndex((one) => one.id === id) !== at);
  if (twice) throw new WrongUsage(`${short(twice.id)} is named twice: give each pair one answer.`);
  const items: ProposalView[] = [];
  for (const { act, id } of wanted) {
    const done =
      act === 'reopen'
        ? await proposals.reopen(desk.ownerId, id)
        : await proposals.answer(desk.ownerId, id, act);
    items.push(done);
    if (!options.json)
      say(`${plain(done.a.fullName)} and ${plain(done.b.fullName)}: ${OUTCOME[done.state]}.`);
  }
  if (options.json) sayJson({ items });
}

const OUTCOME: Record<ProposalView['state'], string> = {
  yes: 'one person from now on',
  no: 'two people, and not asked again',
  later: 'asked later',
  open: 'to be decided again',
};

/** Asked in one sitting. */
const SITTING = 500;

async function askAll(desk: Desk): Promise<void> {
  const proposals = desk.get(ProposalsService);
  const waiting = await proposals.waiting(desk.ownerId);
  if (waiting.open + waiting.later === 0) return nothingWaits(desk, undefined);
  const items = [...(await listed(desk, 'open', SITTING)), ...(await listed(desk, 'later', SITTING))];
  say(`${waiting.open + waiting.later} pairs. y yes, n no, l later, u undo, q quit, ? help.`);
  const { yes, no, later } = await workThrough(
    items.map(({ id }) => id),
    {
      get: (id) => proposals.get(desk.ownerId, id),
      answer: (id, answer) => proposals.answer(desk.ownerId, id, answer),
      reopen: (id) => proposals.reopen(desk.ownerId, id),
    },
    keyboard(),
  );
  say(`\n${yes} merged, ${no} kept apart, ${later} for later.`);
}
