import { surerName } from '../core/import/fold.js';
import { isRoleAddress } from '../core/import/identity.js';
import type { KnownBy, KnownContact } from '../core/import/match.js';
import type { PersonName } from '../core/import/records.js';
import type { Said } from './prepare-row.js';

/** One person. Most of a batch are never looked at again, so no more is kept of them than this. */
interface Entry {
  contactId: string;
  name: PersonName;
  keys: string[];
}

/** The people known so far, by what they are known by; it learns from each row of a batch. */
export class People {
  private readonly byKey = new Map<string, Entry | Entry[]>();
  private readonly byId = new Map<string, Entry>();
  /** Held by more than one person, or a desk's. */
  private readonly shared = new Set<string>();
  private readonly contestedKeys = new Set<string>();

  constructor(known: readonly KnownContact[]) {
    for (const { contactId, name, identities } of known) {
      const entry: Entry = { contactId, name, keys: [] };
      this.byId.set(contactId, entry);
      for (const { kind, canonical, shared } of identities) {
        const key = `${kind} ${canonical}`;
        if (shared) this.shared.add(key);
        entry.keys.push(key);
        this.hold(key, entry);
      }
    }
  }

  /** Those who hold one of these identities, the longest known first. */
  holding(keys: readonly string[]): KnownContact[] {
    let found: Set<Entry> | null = null;
    for (const key of keys) {
      const holders = this.byKey.get(key);
      if (!holders) continue;
      found ??= new Set();
      for (const holder of Array.isArray(holders) ? holders : [holders]) found.add(holder);
    }
    if (!found) return [];
    const known = [...found].map((entry) => this.knownOf(entry, keys));
    return known.length < 2 ? known : known.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  }

  nameOf(contactId: string): string {
    return this.byId.get(contactId)?.name.full ?? '';
  }

  /** Takes up what a row says of a person, as the register will once the batch is written. */
  learn(contactId: string, { candidate, keys }: Said): void {
    let entry = this.byId.get(contactId);
    if (entry) entry.name = surerName(candidate.name, entry.name);
    else {
      entry = { contactId, name: candidate.name, keys: [] };
      this.byId.set(contactId, entry);
    }
    for (const key of keys) this.add(entry, key);
  }

  /** From now on one person: what the one is known by, the other is known by. */
  unite(from: string, into: string): void {
    const gone = this.byId.get(from);
    const stays = this.byId.get(into);
    if (!gone || !stays) return;
    this.byId.delete(from);
    for (const key of gone.keys) {
      const holders = this.byKey.get(key);
      if (holders === gone) this.byKey.delete(key);
      else if (Array.isArray(holders)) this.byKey.set(key, holders.filter((holder) => holder !== gone)); // prettier-ignore
      this.contestedKeys.add(key);
      this.add(stays, key);
    }
  }

  /** Addresses and numbers that more than one person holds, or held before a merge. */
  contested(): string[] {
    return [...this.contestedKeys].map((key) => key.slice(key.indexOf(' ') + 1));
  }

  /** Of what they are known by, only what is asked for tells anything. */
  private knownOf({ contactId, name, keys }: Entry, asked: readonly string[]): KnownContact {
    const identities: KnownContact['identities'] = [];
    for (const key of asked) {
      if (!keys.includes(key)) continue;
      const space = key.indexOf(' ');
      const kind = key.slice(0, space) as KnownBy;
      identities.push({ kind, canonical: key.slice(space + 1), shared: this.shared.has(key) });
    }
    return { contactId, name, identities };
  }

  private add(entry: Entry, key: string): void {
    if (!entry.keys.includes(key)) entry.keys.push(key);
    if (this.hold(key, entry) < 2) return;
    this.contestedKeys.add(key);
    if (!/^(?:linkedin|contact) /.test(key)) this.shared.add(key);
  }

  /** Answers how many hold it. */
  private hold(key: string, entry: Entry): number {
    const holders = this.byKey.get(key);
    if (!holders) {
      this.byKey.set(key, entry);
      if (key.startsWith('email ') && isRoleAddress(key.slice(6))) this.shared.add(key);
      return 1;
    }
    if (holders === entry) return 1;
    if (!Array.isArray(holders)) {
      this.byKey.set(key, [holders, entry]);
      return 2;
    }
    if (!holders.includes(entry)) holders.push(entry);
    return holders.length;
  }
}
