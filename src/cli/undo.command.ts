import { Command, Option } from 'nest-commander';
import { UndoService } from '../imports/undo.service.js';
import type { UndoReport } from '../imports/undo.schemas.js';
import { WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { wholeId } from './short-ids.js';
import { short } from './table.js';
import { askYes, isInteractive, plain, say, sayJson } from './terminal.js';

interface UndoOptions extends ListOptions {
  yes?: boolean;
  dryRun?: boolean;
}

@Command({
  name: 'undo',
  arguments: '<import>',
  argsDescription: { import: 'the end of its id; see: followthrough imports' },
  description: menu.undo,
})
export class UndoCommand extends ListingCommand {
  protected readonly examples = ['undo 1a2b3c4d', 'undo 1a2b3c4d --dry-run', 'undo 1a2b3c4d --yes --json'];

  @Option({ flags: '--yes', description: 'do not ask' })
  readYes(): boolean {
    return true;
  }

  @Option({ flags: '--dry-run', description: 'only tell what would go and what would stay' })
  readDryRun(): boolean {
    return true;
  }

  async run([given = '']: string[], { yes, dryRun, json, ...options }: UndoOptions): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'import', given);
    const undos = desk.get(UndoService);
    if (dryRun) {
      const preview = await undos.preview(desk.ownerId, id);
      return json ? sayJson(preview) : show(preview, 'would');
    }
    if (!yes) {
      if (json || !isInteractive())
        throw new WrongUsage('Nobody can be asked here: say --yes, or --dry-run.');
      show(await undos.preview(desk.ownerId, id), 'would');
      if (!(await askYes('\nUndo it?'))) return say('Nothing was changed.');
    }
    const report = await undos.undo(desk.ownerId, id);
    if (json) return sayJson(report);
    show(report, 'did');
    say(`Undone. The same files may be imported again; what you said about their columns is remembered.`);
  }
}

/** What goes and what stays, a line each; nothing of which there is none. */
function show(report: UndoReport, tense: 'would' | 'did'): void {
  const { contacts } = report;
  const go = tense === 'would' ? 'would go' : 'went';
  const stay = tense === 'would' ? 'would stay' : 'stayed';
  const lines: [number, string][] = [
    [contacts.removed, `people whom only this import knew ${go}`],
    [contacts.others, `people whom others know too ${stay}, without what it said of them`],
    [report.records, `rows of its files ${go}`],
    [report.encounters, `meetings it told of ${go}`],
    [report.notes + report.facts, `notes and facts ${go}`],
    [report.positions, `changes of position ${go}`],
    [report.proposals, `open questions about duplicates ${go}`],
    [report.captures, `photos and voice notes ${go}`],
    [report.mergesSplit, tense === 'would' ? 'merges would be split' : 'merges were split'],
    [report.decisions, `debrief decisions ${go}`],
    [report.enrollmentsStopped, tense === 'would' ? 'sequences would be stopped' : 'sequences were stopped'],
    [report.messagesCancelled, tense === 'would' ? 'messages would be cancelled' : 'messages were cancelled'],
    [report.messagesUnderWay, 'messages are with a mail server, or of unknown end, and cannot be taken back'],
    [report.addressesKept, 'addresses stay known, because mail went there'],
  ];
  const some = lines.filter(([count]) => count > 0);
  if (some.length === 0) say('It brought nothing.');
  for (const [count, words] of some) say(`${String(count).padStart(7)} ${words}`);
  for (const name of report.events.removed) say(`The event ${plain(name)} ${go}.`);
  for (const { name, why } of report.events.kept) say(`The event ${plain(name)} stays: ${why}.`);
  if (contacts.named.length === 0) return;
  say(`${contacts.kept + contacts.hidden} people stay:`);
  for (const { id, name, state, why } of contacts.named) {
    say(`  ${short(id)}  ${plain(name)}: ${state === 'hidden' ? 'out of sight; ' : ''}${why}`);
  }
  const more = contacts.kept + contacts.hidden - contacts.named.length;
  if (more > 0) say(`  and ${more} more.`);
}
