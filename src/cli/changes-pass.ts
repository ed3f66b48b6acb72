import type { PositionView } from '../imports/positions.schemas.js';
import type { Keyboard } from './duplicates-pass.js';
import { plain } from './terminal.js';

/** Goes through them one by one; each answer is kept at once, and may be given anew by going back. */
export async function askChanges(
  items: readonly PositionView[],
  answer: (id: string, answer: 'yes' | 'no') => Promise<unknown>,
  { say, askKey }: Keyboard,
): Promise<void> {
  say(`${items.length} changes. y so, n not so, s skip, b back, q quit.`);
  let index = 0;
  for (;;) {
    const one = items[index];
    if (!one) return;
    const seen = one.seenOn === null ? 'not dated' : `seen on ${one.seenOn}`;
    say(`\n${index + 1}/${items.length}  ${plain(one.contactName)} (${seen})`);
    say(`  before: ${positionLine(one.before)}\n  now:    ${nowLine(one)}`);
    if (one.file !== null)
      say(`  read in ${plain(one.file)}${one.line === null ? '' : `, line ${one.line}`}`);
    if (one.inboundId !== null) say('  read in a mail of theirs');
    const key = await askKey('Is it so? [y n s b q] ', 'ynsbq');
    if (key === 'q') return;
    if (key === 'b') {
      index = Math.max(0, index - 1);
      continue;
    }
    if (key === 'y' || key === 'n') await answer(one.id, key === 'y' ? 'yes' : 'no');
    index += 1;
  }
}

/** What is said to be so now: a position, and what a mail says besides. */
export function nowLine({ after, left, phone, email, successor }: PositionView): string {
  const parts = [
    left ? 'left' : positionLine(after) === '-' ? null : positionLine(after),
    phone,
    email,
    successor === null ? null : `in their place ${successor}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '-' : plain(parts.join(', '));
}

/** `CTO, Acme`, fit for a terminal. */
export function positionLine({ company, title }: PositionView['before']): string {
  const parts = [title, company].filter((part) => part !== null);
  return parts.length === 0 ? '-' : plain(parts.join(', '));
}
