import { parseDebriefLines, type DebriefLine } from '../core/debrief-line.js';
import type { Person } from '../database/persons.js';
import type { DebriefDecision } from './events.schemas.js';

/** What is on record about a person at the event before the owner decides. */
export interface Known {
  debriefId: string | null;
  decision: DebriefDecision['decision'] | null;
  state: 'decided' | 'confirmed' | 'taken' | null;
  /** Some source names them at this event. */
  listed: boolean;
  /** A line was noted with an earlier decision. */
  noted: boolean;
}

/** A decision that makes sense, ready to be written. */
export interface ReadDecision {
  person: Person;
  decision: DebriefDecision['decision'];
  /** Null until written for the first time. */
  debriefId: string | null;
  /** The owner's word: true met, false not, undefined says nothing. */
  met: boolean | undefined;
  /** They take back a "not met": what the sources say counts again. */
  reopens: boolean;
  lines: Exclude<DebriefLine, { kind: 'refused' }>[];
  remarks: string[];
}

export type ReadDecisions =
  | { kind: 'read'; decisions: ReadDecision[] }
  | { kind: 'refused'; code: 'invalid' | 'conflict'; reason: string };

/** Reads a request against what is known; the first entry that makes no sense refuses it all, naming the place. */
export function readDecisions(
  given: readonly DebriefDecision[],
  persons: ReadonlyMap<string, Person>,
  known: ReadonlyMap<string, Known>,
): ReadDecisions {
  const decisions: ReadDecision[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of given.entries()) {
    const place = `decisions.${index}`;
    const person = persons.get(entry.contactId);
    if (!person) return invalid(`${place}.contactId: there is no contact ${entry.contactId}`);
    const named = `${place} (${person.fullName})`;
    if (seen.has(person.id)) return invalid(`${named}: this person stands in the request twice`);
    seen.add(person.id);
    const one = readOne(entry, person, known.get(person.id) ?? NOTHING);
    if (one.kind === 'refused') return { ...one, reason: `${named}: ${one.reason}` };
    decisions.push(one.decision);
  }
  return { kind: 'read', decisions };
}

const NOTHING: Known = { debriefId: null, decision: null, state: null, listed: false, noted: false };

type ReadOne =
  | { kind: 'read'; decision: ReadDecision }
  | { kind: 'refused'; code: 'invalid' | 'conflict'; reason: string };

function readOne(entry: DebriefDecision, person: Person, known: Known): ReadOne {
  const { decision, met, line } = entry;
  const said = line !== undefined && line.trim() !== '';
  if (decision === 'not-met' && met === true)
    return invalid('"not-met" and "met: true" contradict each other');
  if (decision === 'not-met' && said) {
    return invalid('whom you did not meet has said nothing to you; decide "remember", or leave the line out');
  }
  if (!known.listed && known.debriefId === null && met !== true) {
    return invalid('is not among the people of this event; say "met: true" if you met there');
  }
  if (known.state !== null && known.state !== 'decided' && known.decision !== decision) {
    return {
      kind: 'refused',
      code: 'conflict',
      reason:
        known.state === 'taken'
          ? `"${String(known.decision)}" was confirmed and is under way; stop it at its message, or set "do not contact"`
          : `"${String(known.decision)}" is confirmed already; stop it at its message once it is planned`,
    };
  }
  const lines = said ? parseDebriefLines(line) : [];
  const understood: ReadDecision['lines'] = [];
  for (const one of lines) {
    if (one.kind === 'refused') return invalid(`line: ${one.reason}`);
    understood.push(one);
  }
  const unmeets = decision === 'not-met' && known.decision !== 'not-met' && known.noted;
  return {
    kind: 'read',
    decision: {
      person,
      decision,
      debriefId: known.debriefId,
      met: decision === 'not-met' ? false : met,
      reopens: known.decision === 'not-met' && decision !== 'not-met',
      lines: understood,
      remarks: unmeets ? ['what you noted about this person stays until you take it back'] : [],
    },
  };
}

function invalid(reason: string): { kind: 'refused'; code: 'invalid'; reason: string } {
  return { kind: 'refused', code: 'invalid', reason };
}
