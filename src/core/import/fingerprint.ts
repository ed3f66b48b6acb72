/** What makes two rows the same saying. */
import type { Candidate, ImportFormat, SaidEncounter } from './records.js';

/**
 * Stable text of what a row says, for the caller to hash: every value in its own place. The order of keys and of
 * addresses says nothing and does not count.
 */
export function candidateFingerprint(candidate: Candidate, format: ImportFormat): string {
  const { name, emails, phones, sign, message, encounters } = candidate;
  return JSON.stringify([
    format,
    name.full,
    name.given,
    name.family,
    name.prefix,
    name.suffix,
    inOrder(emails),
    inOrder(phones),
    candidate.linkedin,
    candidate.company,
    candidate.title,
    candidate.city,
    candidate.country,
    candidate.birthday,
    candidate.language,
    candidate.zone,
    candidate.notes,
    candidate.whereMet,
    sign && [sign.kind, sign.at],
    candidate.event,
    candidate.consent,
    candidate.origin,
    candidate.priority,
    candidate.form,
    message && [message.at, message.from, message.text],
    candidate.contactId,
    ...(encounters ? [inOrder(encounters.map(saidAgain))] : []),
  ]);
}

const saidAgain = ({ event, startsOn, endsOn, zone, kind, at }: SaidEncounter): string =>
  JSON.stringify([event, startsOn, endsOn, zone, kind, at]);

function inOrder(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...texts].sort();
}
