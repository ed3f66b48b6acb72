import { hash } from 'node:crypto';
import { candidateFingerprint } from '../core/import/fingerprint.js';
import type { FoldRecord } from '../core/import/fold.js';
import type { Candidate, ImportFormat } from '../core/import/records.js';
import { CopyText, copyText } from '../database/copy-rows.js';
import { newId } from '../database/ids.js';
import { keysOf } from '../database/known-people.js';
import { readyPerson, type ReadyPerson } from '../database/source-records.js';
import type { FileRow } from '../files/file-reading.js';

/** A row that means a person, with all that can be told of it without looking at anybody else. */
export interface Said {
  line: number;
  candidate: Candidate;
  /** By which the same row is known again. */
  fingerprint: string;
  /** By what the person may be known; see `keysOf`. */
  keys: readonly string[];
  /** Its source record. Ids are made in the order of the file. */
  record: FoldRecord;
  /** The contact's id, if it comes to one. */
  contactId: string;
  /** The contact of this row alone, and the row's candidate, as the database takes them. */
  person: ReadyPerson;
  text: CopyText;
}

/** A row ready for the database: what takes time is done before its transaction begins. */
export interface ReadyRow {
  row: FileRow;
  said: Said | null;
}

/** What the rows of one batch have in common. */
export interface RowGround {
  ownerId: string;
  ownerZone: string;
  format: ImportFormat;
  eventId: string | null;
  now: Date;
}

/** The same row, imported with the same event, is the same saying; with another event it says something new. */
export function readyRow(row: FileRow, ground: RowGround): ReadyRow {
  const { reading, line } = row;
  if (reading.kind !== 'person') return { row, said: null };
  const { candidate } = reading;
  const record: FoldRecord = { id: newId(), kind: 'import', at: ground.now, candidate };
  const contactId = newId();
  const text = `${candidateFingerprint(candidate, ground.format)}\n${ground.eventId ?? ''}`;
  return {
    row,
    said: {
      line,
      candidate,
      // 128 bits: among a billion rows two are taken for one with a chance of one in 10^20.
      fingerprint: hash('sha256', text, 'base64url').slice(0, 22),
      keys: keysOf(candidate),
      record,
      contactId,
      person: readyPerson(ground, contactId, [record]),
      text: new CopyText(copyText(candidate)),
    },
  };
}
