import type { DataSource } from 'typeorm';
import { codeOf } from '../database/embedded/unavailable.js';
import type { Db } from '../database/rows.js';
import { MARK_SQL, markRecords, type Candidate, type Claimed } from './claim.js';

/** What we use of the driver's client. Several statements in one message are answered by a list. */
interface Client {
  query(sql: string): Promise<Answer | Answer[]>;
  escapeLiteral(text: string): string;
}

interface Answer {
  rows: Record<string, string | null>[];
}

/** One transaction of the mark, in three messages to the server: begin and lock, look, mark and commit. */
export interface MarkLine {
  tx: Db;
  /**
   * Begins, and locks the owners ("stop everything" updates theirs, so it waits for us and we for it), then, in id order,
   * the persons written to and everyone who holds one of the addresses: a stop of theirs stops it, and no two messages to
   * it are under way at once. Answers each contact's person, as of the lock: who merges people holds it too.
   * @param patience ms that a statement, and the wait for one lock, may last
   */
  lock(
    claimed: readonly Claimed[],
    patience: { statement: number; lock: number },
  ): Promise<Map<string, string>>;
  /** The ids of those that are marked now; must come last. */
  markAndCommit(sendable: readonly Candidate[], leaseSeconds: number): Promise<Set<string>>;
}

const LOCK_SQL = `
WITH s AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1) AS r("ownerId" uuid, "contactId" uuid, "toCanonical" text) LIMIT $2),
owners AS MATERIALIZED (
  SELECT id FROM owner WHERE id IN (SELECT "ownerId" FROM s) ORDER BY id FOR SHARE)
SELECT given.contact_id, coalesce(c.merged_into, c.id) AS person
  FROM (SELECT k.id AS contact_id, coalesce(k.merged_into, k.id) AS root
          FROM s JOIN contact k ON k.owner_id = s."ownerId" AND k.id = s."contactId"
        UNION
        SELECT NULL, coalesce(k.merged_into, k.id)
          FROM s JOIN identity i ON i.owner_id = s."ownerId" AND i.kind = 'email' AND i.canonical = s."toCanonical"
          JOIN contact k ON k.id = i.contact_id) given
  JOIN contact c ON c.id = given.root
 WHERE (SELECT count(*) FROM owners) > 0
 ORDER BY c.id FOR UPDATE OF c`;

/** Planned once on each connection; afterwards they are named in the messages. */
const PREPARED = [
  `PREPARE followthrough_lock (jsonb, bigint) AS ${LOCK_SQL}`,
  `PREPARE followthrough_mark (jsonb, bigint, double precision) AS ${MARK_SQL}`,
];
/** SQLSTATE of a statement that is prepared already: a rollback does not take it back. */
const DUPLICATE = '42P05';

const ready = new WeakSet<Client>();

/** The transaction of one group of marks. Taken back when `act` throws. */
export async function inOneGo<T>(dataSource: DataSource, act: (line: MarkLine) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as Client;
    if (!ready.has(client)) await prepareOn(client);
    return await act({
      tx: runner.manager,
      lock: (claimed, patience) => lock(client, claimed, patience),
      markAndCommit: (sendable, leaseSeconds) => markAndCommit(client, sendable, leaseSeconds),
    });
  } catch (error) {
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function prepareOn(client: Client): Promise<void> {
  for (const sql of PREPARED) {
    await client.query(sql).catch((error: unknown) => {
      if (codeOf(error) !== DUPLICATE) throw error;
    });
  }
  ready.add(client);
}

async function lock(
  client: Client,
  claimed: readonly Claimed[],
  patience: { statement: number; lock: number },
): Promise<Map<string, string>> {
  const records = claimed.map(({ ownerId, contactId, toCanonical }) => ({ ownerId, contactId, toCanonical }));
  const answers = await client.query(
    `BEGIN; SET LOCAL statement_timeout = ${patience.statement}; SET LOCAL lock_timeout = ${patience.lock};
     EXECUTE followthrough_lock(${client.escapeLiteral(JSON.stringify(records))}, ${claimed.length})`,
  );
  const persons = new Map<string, string>();
  for (const { contact_id: contactId, person } of listOf(answers).at(-1)?.rows ?? []) {
    if (contactId && person) persons.set(contactId, person);
  }
  return persons;
}

async function markAndCommit(
  client: Client,
  sendable: readonly Candidate[],
  leaseSeconds: number,
): Promise<Set<string>> {
  if (sendable.length === 0) {
    await client.query('COMMIT');
    return new Set();
  }
  const records = client.escapeLiteral(markRecords(sendable));
  const answers = await client.query(
    `EXECUTE followthrough_mark(${records}, ${sendable.length}, ${leaseSeconds}); COMMIT`,
  );
  return new Set(listOf(answers)[0]?.rows.flatMap(({ id }) => id ?? []) ?? []);
}

function listOf(answers: Answer | Answer[]): Answer[] {
  return Array.isArray(answers) ? answers : [answers];
}
