import { Command } from 'nest-commander';
import type { DraftView } from '../composing/composing.schemas.js';
import { ComposingService } from '../composing/composing.service.js';
import { DraftsService } from '../composing/drafts.service.js';
import { AppError } from '../http/errors.js';
import type { Desk } from './desk.js';
import { editOne, waitingDrafts } from './draft.commands.js';
import { draftText } from './draft-text.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { noteOpened } from './opened.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { askKey, askLine, isInteractive, say } from './terminal.js';

@Command({ name: 'review', description: menu.review })
export class ReviewCommand extends OwnedCommand {
  protected readonly examples = ['review'];

  async run(_: string[], options: OwnerOption): Promise<void> {
    if (!isInteractive()) throw new WrongUsage('review wants a terminal; in scripts use show and approve.');
    const desk = await this.desk(options);
    const drafts = await waitingDrafts(desk);
    if (drafts.length === 0) {
      say('No draft waits for you.');
      return desk.remind('Drafts are written');
    }
    say(`${drafts.length} drafts. a approve, e edit, l a line, d discard, s skip, q quit.`);
    let approved = 0;
    for (const [index, { id }] of drafts.entries()) {
      const outcome = await reviewOne(desk, id, `${index + 1}/${drafts.length}`);
      if (outcome === 'quit') break;
      if (outcome === 'approved') approved += 1;
    }
    if (approved > 0) await desk.remind(`The ${approved} approved are sent`);
  }
}

/** Shows it, and does what the key says, until it is decided. */
async function reviewOne(desk: Desk, id: string, place: string): Promise<'approved' | 'next' | 'quit'> {
  for (;;) {
    const draft = await desk.get(DraftsService).message(desk.ownerId, id);
    // Answered or rewritten while the owner read the one before.
    if (draft.state !== 'needs_review' && draft.state !== 'withheld') return 'next';
    say(`\n${place}  ${draftText(draft, desk.zone)}`);
    if (draft.state === 'needs_review') await noteOpened(desk, draft);
    const keys = draft.state === 'needs_review' ? 'aedsq' : 'lrdsq';
    const names = draft.state === 'needs_review' ? '[a e d s q]' : '[l line, r release, d s q]';
    const key = await askKey(`${names} `, keys);
    if (key === 'q') return 'quit';
    if (key === 's') return 'next';
    try {
      await act(desk, draft, key);
      if (key === 'e') continue;
      return key === 'a' ? 'approved' : 'next';
    } catch (error) {
      if (!(error instanceof AppError || error instanceof Failed || error instanceof WrongUsage)) throw error;
      say(`  ${error.message}`);
      if (error instanceof AppError && error.code === 'conflict') return 'next';
    }
  }
}

async function act(desk: Desk, draft: DraftView, key: string): Promise<void> {
  const composing = desk.get(ComposingService);
  if (key === 'a') await composing.approve(desk.ownerId, draft.id, draft.version);
  if (key === 'e') await editOne(desk, draft, null);
  if (key === 'd') await composing.discard(desk.ownerId, draft.id);
  if (key === 'r') await composing.release(desk.ownerId, draft.id);
  if (key === 'l') {
    const line = (await askLine('  What was said (asked: …, said: …, promise: …): ')).trim();
    if (line !== '') await composing.giveLine(desk.ownerId, draft.id, line);
  }
}
