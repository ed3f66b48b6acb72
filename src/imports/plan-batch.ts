import { matchByIdentity, type Apart, type KnownContact, type Match } from '../core/import/match.js';
import type { Candidate } from '../core/import/records.js';
import type { Merge } from '../database/merge-people.js';
import { pairKey, type Evidence, type NewProposal } from '../database/proposals.js';
import type { NewPerson, NewSourceRecord } from '../database/source-records.js';
import { People } from './people.js';
import type { Said } from './prepare-row.js';

/** How the rows of a file ended. `proposed` are among the created or merged: with a question to the owner. */
export interface Counts {
  created: number;
  merged: number;
  unchanged: number;
  proposed: number;
  rejected: number;
  ignored: number;
}

export const NO_COUNTS: Counts = {
  created: 0,
  merged: 0,
  unchanged: 0,
  proposed: 0,
  rejected: 0,
  ignored: 0,
};

/** Contacts with an equal identity that a row asks about at most, beside one whose name cannot be theirs. */
const MOST_ASKED = 3;

/** What became of one row that means a person. */
export interface SaidEnd {
  verdict: 'created' | 'merged' | 'unchanged' | 'proposed';
  reason?: string;
}

export interface PlannedRecord extends NewSourceRecord {
  candidate: Candidate;
}

export interface BatchPlan {
  people: NewPerson[];
  /** People who were there before, of whom something was said. */
  touched: string[];
  records: PlannedRecord[];
  /** Contacts that a row has proved to be one person. */
  merges: Merge[];
  proposals: NewProposal[];
  /** Addresses and numbers that more than one person holds. */
  contested: string[];
  /** In the order of the rows. */
  ends: SaidEnd[];
}

interface Input {
  said: readonly Said[];
  /** Fingerprints the owner's log holds. */
  seen: ReadonlySet<string>;
  known: readonly KnownContact[];
  /** Pairs (`pairKey`) of which the owner has said that they are two. */
  twoByOwner: ReadonlySet<string>;
  importId: string;
  fileId: string;
}

const SAID_BEFORE: SaidEnd = { verdict: 'unchanged', reason: 'the same row was imported before' };
const NEW: SaidEnd = { verdict: 'created' };

/** Decides each row in the order of the file, seeing the people that rows before it have made. */
export function planBatch(input: Input): BatchPlan {
  const { importId, fileId } = input;
  const people = new People(input.known);
  const created = new Map<string, NewPerson>();
  const touched = new Set<string>();
  const seen = new Set(input.seen);
  const plan: BatchPlan = {
    people: [],
    touched: [],
    records: [],
    merges: [],
    proposals: [],
    contested: [],
    ends: [],
  };
  for (const one of input.said) {
    const { candidate, fingerprint, record } = one;
    if (seen.has(fingerprint)) {
      plan.ends.push(SAID_BEFORE);
      continue;
    }
    seen.add(fingerprint);
    const match = matchByIdentity(candidate, people.holding(one.keys));
    const isNew = match.kind === 'create';
    const contactId = isNew ? one.contactId : match.contactId;
    const asked = toAsk(match, contactId, people, candidate, importId);
    people.learn(contactId, one);
    for (const other of isNew ? [] : match.also) {
      if (input.twoByOwner.has(pairKey(other, contactId))) continue;
      people.unite(other, contactId);
      plan.merges.push({ from: other, into: contactId });
      touched.delete(other);
      touched.add(contactId);
    }
    const made = created.get(contactId);
    if (isNew) created.set(contactId, { id: contactId, records: [record], ready: one.person });
    else if (made) {
      made.records.push(record);
      delete made.ready;
    } else touched.add(contactId);
    plan.proposals.push(...asked);
    plan.ends.push(endOf(match, asked));
    plan.records.push({
      id: record.id,
      contactId,
      kind: 'import',
      importId,
      fileId,
      line: one.line,
      candidate,
      fingerprint,
      text: one.text,
      verdict: isNew ? 'created' : 'merged',
    });
  }
  plan.people = [...created.values()];
  plan.touched = [...touched];
  plan.contested = people.contested();
  return plan;
}

const BY = {
  contact: 'its id in our export',
  linkedin: 'the LinkedIn profile',
  email: 'the e-mail address',
  phone: 'the phone number',
};

function endOf(match: Match, asked: readonly NewProposal[]): SaidEnd {
  if (match.kind === 'merge') return { verdict: 'merged', reason: `known by ${BY[match.by]}` };
  const [why] = match.apart;
  if (!why) return NEW;
  return { verdict: asked.length > 0 ? 'proposed' : 'created', reason: why.why };
}

/** Whom to ask about: those an equal identity points to and does not prove. */
function toAsk(
  match: Match,
  contactId: string,
  people: People,
  candidate: Candidate,
  importId: string,
): NewProposal[] {
  if (match.apart.length === 0) return [];
  const alike = match.apart.filter(({ differ }) => !differ).slice(0, MOST_ASKED);
  const other = match.apart.find(({ differ }) => differ);
  return [...alike, ...(other ? [other] : [])]
    .filter((apart) => apart.contactId !== contactId)
    .map((apart) => ({
      aId: contactId,
      bId: apart.contactId,
      why: 'identity',
      score: apart.differ ? 0.3 : 0.6,
      evidence: evidenceOf(apart, candidate.name.full, people.nameOf(apart.contactId)),
      importId,
    }));
}

/** Side by side; weights as the comparison's: positive speaks for one person. */
function evidenceOf({ kind, canonical, differ }: Apart, a: string, b: string): Evidence[] {
  const equal = { field: kind, level: 'exact', weight: 3, a: canonical, b: canonical };
  if (a === '' || b === '') return [equal, { field: 'name', level: 'missing', weight: 0, a, b }];
  const level = differ ? 'differs' : 'somewhat';
  return [equal, { field: 'name', level, weight: differ ? -5 : 0, a, b }];
}
