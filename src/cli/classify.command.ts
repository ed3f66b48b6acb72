import { createReadStream } from 'node:fs';
import { Command, Option } from 'nest-commander';
import { ownWords } from '../core/inbound-text.js';
import { classify, type InboundVerdict } from '../core/inbound.js';
import { lookForFiles } from '../files/find-files.js';
import { mailsIn } from '../files/mail-files.js';
import { parseMail } from '../mail/parse.js';
import { Failed } from './exit.js';
import { HelpfulCommand } from './owned.command.js';
import { plain, sayJsonLine, tell } from './terminal.js';

interface Counted {
  mails: number;
  failed: number;
}

@Command({
  name: 'classify',
  arguments: '<files...>',
  argsDescription: { files: 'mails (.eml), mailbox files, folders of mails, or - for standard input' },
  description: 'Say what mails are, one JSON object for each, without any database.',
})
export class ClassifyCommand extends HelpfulCommand {
  protected readonly examples = [
    'classify bounce.eml',
    'classify ~/Maildir | jq -r .kind | sort | uniq -c',
    'classify - < reply.eml',
  ];

  @Option({ flags: '--json', description: 'one JSON object for each mail; it is the only form' })
  readJson(): boolean {
    return true;
  }

  async run(paths: string[]): Promise<void> {
    const counted: Counted = { mails: 0, failed: 0 };
    for (const path of paths) {
      if (path === '-') await printFile('-', process.stdin, counted);
      else await printPath(path, counted);
    }
    if (counted.failed > 0) {
      throw new Failed(`${counted.failed} of ${counted.mails + counted.failed} could not be read.`);
    }
  }
}

async function printPath(path: string, counted: Counted): Promise<void> {
  const found = await lookForFiles([path]).catch((error: unknown) => (error as Error).message);
  if (typeof found === 'string') return fail('', found, counted);
  for (const { name, reason } of found.unreadable) fail(name, reason, counted);
  for (const file of found.files) await printFile(file.path, createReadStream(file.path), counted);
}

async function printFile(path: string, pieces: AsyncIterable<Buffer>, counted: Counted): Promise<void> {
  let any = false;
  try {
    for await (const { raw, at } of mailsIn(pieces)) {
      any = true;
      const file = at === null ? path : `${path}#${at}`;
      const parsed = await parseMail(raw);
      if (parsed.kind === 'refused') fail(file, parsed.reason, counted);
      else {
        counted.mails += 1;
        await sayJsonLine({ file, ...printed(classify(parsed.mail), parsed.mail.text) });
      }
    }
    if (!any) fail(path, 'the file is empty', counted);
  } catch (error) {
    fail(path, error instanceof Error ? error.message : String(error), counted);
  }
}

function fail(file: string, reason: string, counted: Counted): void {
  counted.failed += 1;
  tell(plain(file === '' ? reason : `${file}: ${reason}`));
}

/** The shape: what does not apply is left out. */
function printed(verdict: InboundVerdict, text: string): Record<string, string | undefined> {
  const { kind } = verdict;
  switch (verdict.kind) {
    case 'bounce':
    case 'delay':
      return {
        kind,
        subkind: verdict.kind === 'bounce' ? verdict.severity : undefined,
        recipient: verdict.recipient ?? undefined,
        status: verdict.status ?? undefined,
        reason: verdict.reason.replaceAll('-', ' '),
      };
    case 'complaint':
      return { kind, recipient: verdict.recipient ?? undefined };
    case 'auto-reply':
      return {
        kind,
        subkind: verdict.subkind,
        reason: verdict.reason?.replaceAll('-', ' '),
        returnDate: verdict.returnOn ?? undefined,
        delegate: verdict.delegate ?? undefined,
        text: ownWords(text),
      };
    case 'calendar':
      return { kind, subkind: verdict.answer, text: ownWords(text) };
    case 'reply':
    case 'opt-out':
      return { kind, text: ownWords(text) };
    default:
      return { kind };
  }
}
