import { createHash } from 'node:crypto';
import { candidateFingerprint } from '../core/import/fingerprint.js';
import { foldContact, type FoldRecord } from '../core/import/fold.js';
import { canonicalEmail, isRoleAddress } from '../core/import/identity.js';
import { matchByIdentity, type KnownContact } from '../core/import/match.js';
import type { Candidate, ImportFormat } from '../core/import/records.js';
import { keysOf } from '../database/known-people.js';
import type { Merge } from '../database/merge-people.js';
import type { NewPerson, NewSourceRecord } from '../database/source-records.js';
import type { FileRow } from '../files/file-reading.js';

/** How the rows of a file ended. */
export interface Counts {
  created: number;
  merged: number;
  unchanged: number;
  rejected: number;
  ignored: number;
}

export const NO_COUNTS: Counts = { created: 0, merged: 0, unchanged: 0, rejected: 0, ignored: 0 };

/** A row that means a person, with the hash by which the same row is known again. */
export interface Said {
  line: number;
  candidate: Candidate;
  fingerprint: string;
}

/** The same row, imported with the same event, is the same saying; with another event it says something new. */
export function saidBy(row: FileRow, format: ImportFormat, eventId: string | null): Said | null {
  if (row.reading.kind !== 'person') return null;
  const { candidate } = row.reading;
  const text = `${candidateFingerprint(candidate, format)}\n${eventId ?? ''}`;
  return { line: row.line, candidate, fingerprint: createHash('sha256').update(text).digest('hex') };
}

export interface BatchPlan {
  people: NewPerson[];
  /** People who were there before, of whom something was said. */
  touched: string[];
  records: (NewSourceRecord & { candidate: Candidate })[];
  /** Contacts that a row has proved to be one person. */
  merges: Merge[];
  unchanged: number;
}

interface Input {
  said: readonly Said[];
  /** Fingerprints the owner's log holds. */
  seen: ReadonlySet<string>;
  known: readonly KnownContact[];
  importId: string;
  fileId: string;
  now: Date;
  /** Ids for records and contacts, as many as there are sayings of each, ascending: the order of ids is the file's. */
  recordIds: readonly string[];
  contactIds: readonly string[];
}

/** Decides each row in the order of the file, seeing the people that rows before it have made. */
export function planBatch(input: Input): BatchPlan {
  const { importId, fileId, now } = input;
  const people = new People(input.known);
  const created = new Map<string, NewPerson>();
  const touched = new Set<string>();
  const seen = new Set(input.seen);
  const plan: BatchPlan = { people: [], touched: [], records: [], merges: [], unchanged: 0 };
  for (const [index, { line, candidate, fingerprint }] of input.said.entries()) {
    if (seen.has(fingerprint)) {
      plan.unchanged += 1;
      continue;
    }
    seen.add(fingerprint);
    const id = input.recordIds[index] ?? '';
    const match = matchByIdentity(candidate, people.holding(candidate));
    const isNew = match.kind === 'create';
    const contactId = isNew ? (input.contactIds[index] ?? '') : match.contactId;
    const record: FoldRecord = { id, kind: 'import', at: now, candidate };
    people.learn(contactId, record);
    for (const other of isNew ? [] : match.also) {
      people.unite(other, contactId);
      plan.merges.push({ from: other, into: contactId });
      touched.delete(other);
      touched.add(contactId);
    }
    if (isNew) created.set(contactId, { id: contactId, records: [record] });
    else if (created.has(contactId)) created.get(contactId)?.records.push(record);
    else touched.add(contactId);
    const verdict = isNew ? 'created' : 'merged';
    plan.records.push({
      id,
      contactId,
      kind: 'import',
      importId,
      fileId,
      line,
      candidate,
      fingerprint,
      verdict,
    });
  }
  plan.people = [...created.values()];
  plan.touched = [...touched];
  return plan;
}

/** The people known so far, by what they are known by. */
class People {
  private readonly byKey = new Map<string, KnownContact[]>();
  private readonly byId = new Map<string, KnownContact>();

  constructor(known: readonly KnownContact[]) {
    for (const contact of known) {
      this.byId.set(contact.contactId, contact);
      for (const { kind, canonical } of contact.identities) this.hold(`${kind} ${canonical}`, contact);
    }
  }

  /** Those who hold an identity of the candidate, the longest known first. */
  holding(candidate: Candidate): KnownContact[] {
    const found = new Set(keysOf(candidate).flatMap((key) => this.byKey.get(key) ?? []));
    return [...found].sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  }

  /** Takes up what a row says of a person, as the register will once the batch is written. */
  learn(contactId: string, record: FoldRecord): void {
    const candidate = record.candidate as Candidate;
    const before = this.byId.get(contactId);
    const contact = before ?? { contactId, name: candidate.name, identities: [] };
    this.byId.set(contactId, contact);
    if (before) {
      const earlier: FoldRecord = {
        id: '',
        kind: 'import',
        at: new Date(0),
        candidate: { name: before.name },
      };
      contact.name = foldContact([earlier, record]).fields.name;
    }
    const emails = candidate.emails.map(canonicalEmail).filter((email) => email !== null);
    for (const canonical of emails) this.add(contact, 'email', canonical);
    if (candidate.linkedin !== undefined) this.add(contact, 'linkedin', candidate.linkedin);
  }

  /** From now on one person: what the one is known by, the other is known by. */
  unite(from: string, into: string): void {
    const gone = this.byId.get(from);
    const stays = this.byId.get(into);
    if (!gone || !stays) return;
    this.byId.delete(from);
    for (const { kind, canonical } of gone.identities) {
      const holders = this.byKey.get(`${kind} ${canonical}`) ?? [];
      this.byKey.set(
        `${kind} ${canonical}`,
        holders.filter((holder) => holder !== gone),
      );
      if (kind !== 'phone') this.add(stays, kind, canonical);
    }
  }

  private add(contact: KnownContact, kind: 'email' | 'linkedin', canonical: string): void {
    const holders = this.hold(`${kind} ${canonical}`, contact);
    const isShared = kind === 'email' && (holders.length > 1 || isRoleAddress(canonical));
    if (!contact.identities.some((one) => one.kind === kind && one.canonical === canonical)) {
      contact.identities.push({ kind, canonical, shared: isShared });
    }
    if (!isShared) return;
    for (const holder of holders) {
      for (const one of holder.identities)
        if (one.kind === kind && one.canonical === canonical) one.shared = true;
    }
  }

  private hold(key: string, contact: KnownContact): KnownContact[] {
    const holders = this.byKey.get(key) ?? [];
    if (!holders.includes(contact)) holders.push(contact);
    this.byKey.set(key, holders);
    return holders;
  }
}
