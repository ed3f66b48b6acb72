import type { DraftView } from '../composing/composing.schemas.js';
import { short, when } from './table.js';
import { plain, plainBlock } from './terminal.js';

/** A draft as the owner reads it: the words, where each paragraph is from, and what a yes would do. */
export function draftText(draft: DraftView, zone: string): string {
  const { kind, contactName, to, eventName, channel } = draft;
  const address = channel === 'task' ? 'no address: a task' : (to ?? 'no address');
  const about = eventName === null ? '' : `, ${eventName}`;
  const lines = [`${short(draft.id)}  ${kind} to ${plain(contactName)} <${plain(address)}>${plain(about)}`];
  if (draft.state !== 'needs_review') {
    lines.push(`State: ${draft.state}${draft.why === null ? '' : `: ${plain(draft.why)}`}`);
  }
  if (draft.subject) lines.push(`Subject: ${plain(draft.subject)}`);
  if (draft.text !== null) lines.push('', plainBlock(draft.text), '', 'Written from:', ...provenance(draft));
  for (const { severity, advice, excerpt } of draft.findings) {
    lines.push(
      `${severity === 'refuse' ? 'Refused' : 'Mind'}: ${plain(advice)}${excerpt ? ` (“${plain(excerpt)}”)` : ''}`,
    );
  }
  const { does, at, why } = draft.onYes;
  if (draft.state === 'needs_review' && channel === 'mail') {
    lines.push(`Your yes: ${does}${at ? ` ${when(at, zone)} your time` : ''} (${plain(why)})`);
  }
  return lines.join('\n');
}

function provenance({ paragraphs }: DraftView): string[] {
  return paragraphs.map(({ id, sources }) => `  ${plain(id)}: ${sourcesLine(sources)}`);
}

/** What a paragraph was written from; the template's own words are left out, they stand in the paragraph. */
export function sourcesLine(sources: readonly { kind: string; words: string }[]): string {
  const from = sources.filter(({ kind }) => kind !== 'template');
  return from.length === 0
    ? 'the template'
    : from.map(({ kind, words }) => `${kind} “${plain(words)}”`).join(', ');
}
