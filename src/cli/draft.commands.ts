import { readFile } from 'node:fs/promises';
import { Command, Option } from 'nest-commander';
import { editDraft, type DraftView, type EditDraft } from '../composing/composing.schemas.js';
import { ComposingService } from '../composing/composing.service.js';
import { DraftsService } from '../composing/drafts.service.js';
import type { Desk } from './desk.js';
import { draftText } from './draft-text.js';
import { editInEditor } from './editor.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { noteOpened, openedDrafts } from './opened.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { wholeId, wholeIds } from './short-ids.js';
import { short, table } from './table.js';
import { isInteractive, say, sayJson } from './terminal.js';

const DRAFT = { draft: 'the end of its id, as `drafts` shows it' };

/** Mails that wait for the owner, in review and withheld; tasks are `tasks`. */
export function waitingDrafts(desk: Desk, state?: 'needs_review' | 'withheld'): Promise<DraftView[]> {
  const drafts = desk.get(DraftsService);
  return pages((page) => drafts.list(desk.ownerId, { ...page, channel: 'mail', state }));
}

@Command({ name: 'drafts', description: menu.drafts })
export class DraftsCommand extends ListingCommand {
  protected readonly examples = ['drafts', 'drafts --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await waitingDrafts(desk);
    if (options.json) return sayJson({ items });
    if (items.length === 0) {
      say('No draft waits for you.');
      return desk.remind('Drafts are written');
    }
    say(
      table(
        ['id', 'to', 'kind', 'state', 'subject, or why not'],
        items.map((one) => [
          short(one.id),
          one.contactName,
          one.kind,
          one.state === 'needs_review' ? 'to review' : one.state,
          one.state === 'needs_review' ? one.subject : one.why,
        ]),
      ),
    );
    say('Read them one by one: followthrough review');
  }
}

@Command({
  name: 'show',
  arguments: '<draft>',
  argsDescription: DRAFT,
  description: menu.show,
})
export class ShowCommand extends ListingCommand {
  protected readonly examples = ['show 1a2b3c4d', 'show 1a2b3c4d --json'];

  async run([given = '']: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const draft = await desk.get(DraftsService).message(desk.ownerId, id);
    if (draft.state === 'needs_review') await noteOpened(desk, draft);
    if (options.json) return sayJson(draft);
    say(draftText(draft, desk.zone));
  }
}

interface ApproveOptions extends OwnerOption {
  opened?: boolean;
}

@Command({
  name: 'approve',
  arguments: '[drafts...]',
  argsDescription: { drafts: 'the ends of their ids' },
  description: menu.approve,
})
export class ApproveCommand extends OwnedCommand {
  protected readonly examples = ['approve 1a2b3c4d', 'approve --opened'];

  @Option({ flags: '--opened', description: 'every draft you have opened in its present words' })
  readOpened(): boolean {
    return true;
  }

  async run(given: string[], options: ApproveOptions): Promise<void> {
    if (options.opened ? given.length > 0 : given.length === 0) {
      throw new WrongUsage('Name the drafts to approve, or say --opened; one of the two.');
    }
    const desk = await this.desk(options);
    const opened = await openedDrafts(desk);
    const chosen = options.opened ? opened : await among(desk, given, opened);
    if (chosen.length === 0) return say('No draft was opened since it was written: followthrough review');
    let refused = 0;
    for (let at = 0; at < chosen.length; at += 100) {
      const drafts = chosen.slice(at, at + 100);
      const { items } = await desk.get(ComposingService).approveMany(desk.ownerId, { drafts });
      for (const one of items) say(`${short(one.id)}  ${one.approved ? 'approved' : one.why}`);
      refused += items.filter(({ approved }) => !approved).length;
    }
    if (refused < chosen.length) await desk.remind('It is sent');
    if (refused > 0) throw new Failed(`${refused} of ${chosen.length} were not approved.`);
  }
}

async function among(
  desk: Desk,
  given: readonly string[],
  opened: readonly { id: string; version: number }[],
): Promise<{ id: string; version: number }[]> {
  const ids = await wholeIds(desk, 'message', given);
  return Promise.all(
    ids.map(async (id) => {
      const one = opened.find((draft) => draft.id === id);
      if (one) return one;
      const { state } = await desk.get(DraftsService).message(desk.ownerId, id);
      throw new Failed(
        state === 'needs_review'
          ? `You have not opened ${short(id)} in its present words: followthrough show ${short(id)}`
          : `${short(id)} is ${state}; only a draft in review can be approved.`,
      );
    }),
  );
}

interface EditOptions extends OwnerOption {
  subject?: string;
  textFile?: string;
}

@Command({
  name: 'edit',
  arguments: '<draft>',
  argsDescription: DRAFT,
  description: menu.edit,
})
export class EditCommand extends OwnedCommand {
  protected readonly examples = [
    'edit 1a2b3c4d',
    'edit 1a2b3c4d --subject "Your question" --text-file words.txt',
  ];

  @Option({ flags: '--subject <subject>', description: 'a new subject' })
  readSubject(text: string): string {
    return text;
  }

  @Option({ flags: '--text-file <file>', description: 'the new text' })
  readTextFile(file: string): string {
    return file;
  }

  async run([given = '']: string[], { subject, textFile, ...options }: EditOptions): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const draft = await desk.get(DraftsService).message(desk.ownerId, id);
    const named = subject !== undefined || textFile !== undefined;
    if (!named && !isInteractive())
      throw new WrongUsage('Nobody is there to edit: use --subject or --text-file.');
    const text = textFile === undefined ? (draft.text ?? '') : await readFile(textFile, 'utf8');
    const words = named ? { text, ...(subject !== undefined && { subject }) } : null;
    const edited = await editOne(desk, draft, words);
    if (!edited) return say('Nothing was changed.');
    say(draftText(edited, desk.zone));
    await noteOpened(desk, edited);
  }
}

/** With no words given, the editor asks for them; null when nothing was changed there. */
export async function editOne(
  desk: Desk,
  draft: DraftView,
  given: EditDraft | null,
): Promise<DraftView | null> {
  const edit = given ?? (await editInEditor({ subject: draft.subject, text: draft.text ?? '' }));
  if (!edit) return null;
  const read = readAs(editDraft, edit, { text: 'the text', subject: '--subject' });
  return desk.get(ComposingService).edit(desk.ownerId, draft.id, draft.version, read);
}

@Command({
  name: 'line',
  arguments: '<draft> <line>',
  argsDescription: { ...DRAFT, line: 'what was said: "asked: how we test our migrations"' },
  description: menu.line,
})
export class LineCommand extends OwnedCommand {
  protected readonly examples = ['line 1a2b3c4d "asked: how we test our migrations"'];

  async run([given = '', line = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    await desk.get(ComposingService).giveLine(desk.ownerId, id, line);
    say('Noted. The draft is written from it.');
    await desk.remind('It is written');
  }
}

@Command({
  name: 'release',
  arguments: '<draft>',
  argsDescription: DRAFT,
  description: menu.release,
})
export class ReleaseCommand extends OwnedCommand {
  protected readonly examples = ['release 1a2b3c4d'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const message = await desk.get(ComposingService).release(desk.ownerId, id);
    say(`${message.contactName}: ${message.why ?? message.state}.`);
    await desk.remind('It is looked at');
  }
}

@Command({
  name: 'discard',
  arguments: '<draft>',
  argsDescription: DRAFT,
  description: menu.discard,
})
export class DiscardCommand extends OwnedCommand {
  protected readonly examples = ['discard 1a2b3c4d'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const message = await desk.get(ComposingService).discard(desk.ownerId, id);
    say(`${message.contactName}: ${message.why ?? message.state}.`);
  }
}
