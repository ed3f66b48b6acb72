import { createReadStream } from 'node:fs';
import { ownWords } from '../core/inbound-text.js';
import { classify, type InboundVerdict } from '../core/inbound.js';
import { lookForFiles } from '../files/find-files.js';
import { mailsIn } from '../files/mail-files.js';
import { parseMail } from '../mail/parse.js';
import { plain, sayJsonLine, tell } from './terminal.js';

interface Counted {
  mails: number;
  failed: number;
}

/**
 * The whole of `classify`, which needs nothing of the house: no database, no services.
 * @param paths files, folders, or `-` for standard input
 * @returns what to end with where something could not be read; what that was has been said
 */
export async function classifyFiles(paths: readonly string[]): Promise<string | null> {
  const counted: Counted = { mails: 0, failed: 0 };
  for (const path of paths) {
    if (path === '-') await printFile('-', process.stdin, counted);
    else await printPath(path, counted);
  }
  if (counted.failed === 0) return null;
  return `${counted.failed} of ${counted.mails + counted.failed} could not be read.`;
}

/** The paths of a command line that asks for nothing but to classify them; null where it is for commander to read. */
export function pathsToClassify([command, ...words]: readonly string[]): string[] | null {
  const paths = words.filter((word) => word !== '--json');
  const plainly = paths.every((path) => path === '-' || !path.startsWith('-'));
  return command === 'classify' && paths.length > 0 && plainly ? paths : null;
}

async function printPath(path: string, counted: Counted): Promise<void> {
  const found = await lookForFiles([path]).catch((error: unknown) => (error as Error).message);
  if (typeof found === 'string') return fail('', found, counted);
  for (const { name, reason } of found.unreadable) fail(name, reason, counted);
  if (found.files.length + found.unreadable.length === 0) fail(path, 'there are no mails in it', counted);
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
        await sayJsonLine(printed(file, classify(parsed.mail), parsed.mail.text));
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

/** One line of output: always the same keys in the same order, null where one does not apply. */
interface Printed {
  file: string;
  kind: InboundVerdict['kind'];
  subkind: string | null;
  recipient: string | null;
  status: string | null;
  reason: string | null;
  /** `YYYY-MM-DD` */
  returnDate: string | null;
  delegate: string | null;
  text: string | null;
}

function printed(file: string, verdict: InboundVerdict, text: string): Printed {
  const nothing = { subkind: null, recipient: null, status: null, reason: null, returnDate: null, delegate: null, text: null }; // prettier-ignore
  const line = { file, kind: verdict.kind, ...nothing };
  switch (verdict.kind) {
    case 'bounce':
    case 'delay': {
      const { recipient, status } = verdict;
      const subkind = verdict.kind === 'bounce' ? verdict.severity : null;
      return { ...line, subkind, recipient, status, reason: verdict.reason.replaceAll('-', ' ') };
    }
    case 'complaint':
      return { ...line, recipient: verdict.recipient };
    case 'auto-reply': {
      const { subkind, delegate, returnOn: returnDate } = verdict;
      const reason = verdict.reason?.replaceAll('-', ' ') ?? null;
      return { ...line, subkind, reason, returnDate, delegate: delegate ?? null, text: ownWords(text) };
    }
    case 'calendar':
      return { ...line, subkind: verdict.answer, text: ownWords(text) };
    default:
      return { ...line, text: ownWords(text) };
  }
}
