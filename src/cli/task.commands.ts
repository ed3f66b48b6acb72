import { Command, Option } from 'nest-commander';
import type { DraftView } from '../composing/composing.schemas.js';
import { taskDone } from '../composing/composing.schemas.js';
import { DraftsService } from '../composing/drafts.service.js';
import { TasksService } from '../composing/tasks.service.js';
import { AppError } from '../http/errors.js';
import type { Desk } from './desk.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { draftText } from './draft-text.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { askKey, isInteractive, say, sayJson } from './terminal.js';

@Command({
  name: 'tasks',
  description: menu.tasks,
})
export class TasksCommand extends ListingCommand {
  protected readonly examples = ['tasks', 'tasks --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const drafts = desk.get(DraftsService);
    const items = await pages((page) => drafts.list(desk.ownerId, { ...page, channel: 'task' }));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('No task waits for you.');
    if (isInteractive()) return goThrough(desk, items);
    say(
      table(
        ['id', 'whom', 'kind', 'state', 'text, or why not'],
        items.map((one) => [
          short(one.id),
          one.contactName,
          one.kind,
          one.state === 'needs_review' ? 'to do' : one.state,
          one.state === 'needs_review' ? one.text : one.why,
        ]),
      ),
    );
  }
}

async function goThrough(desk: Desk, items: readonly DraftView[]): Promise<void> {
  say(`${items.length} tasks. d done, a answered, s skip, q quit.`);
  for (const task of items) {
    say(`\n${draftText(task, desk.zone)}`);
    if (task.state !== 'needs_review') {
      say(`Withheld; see: followthrough line ${short(task.id)} "…"`);
      continue;
    }
    const key = await askKey('[d a s q] ', 'dasq');
    if (key === 'q') return;
    try {
      if (key === 'd') await desk.get(TasksService).done(desk.ownerId, task.id, null);
      if (key === 'a') await desk.get(TasksService).answered(desk.ownerId, task.id, null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      say(`  ${error.message}`);
    }
  }
}

interface DoneOptions extends OwnerOption {
  at?: string;
}

abstract class TaskCommand extends OwnedCommand {
  @Option({ flags: '--at <instant>', description: 'when, such as 2026-11-21T09:00:00Z; now by default' })
  readAt(text: string): string {
    return text;
  }

  async run([given = '']: string[], { at, ...options }: DoneOptions): Promise<void> {
    const read = readAs(taskDone, { ...(at !== undefined && { at }) });
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    await this.mark(desk, id, read.at ?? null);
  }

  protected abstract mark(desk: Desk, id: string, at: Date | null): Promise<void>;
}

@Command({
  name: 'done',
  arguments: '<task>',
  argsDescription: { task: 'the end of its id' },
  description: menu.done,
})
export class DoneCommand extends TaskCommand {
  protected readonly examples = ['done 1a2b3c4d', 'done 1a2b3c4d --at 2026-11-21T09:00:00Z'];

  protected async mark(desk: Desk, id: string, at: Date | null): Promise<void> {
    const { contactName } = await desk.get(TasksService).done(desk.ownerId, id, at);
    say(`${contactName}: done.`);
  }
}

@Command({
  name: 'answered',
  arguments: '<task>',
  argsDescription: { task: 'the end of its id' },
  description: menu.answered,
})
export class AnsweredCommand extends TaskCommand {
  protected readonly examples = ['answered 1a2b3c4d'];

  protected async mark(desk: Desk, id: string, at: Date | null): Promise<void> {
    const { contactName } = await desk.get(TasksService).answered(desk.ownerId, id, at);
    say(`${contactName}: answered. Nothing more goes to them by itself.`);
  }
}
