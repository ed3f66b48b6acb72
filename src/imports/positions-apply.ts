import { createHash } from 'node:crypto';
import { canonicalEmail } from '../core/import/identity.js';
import type { Candidate } from '../core/import/records.js';
import { appendSuppression } from '../database/append.js';
import { newId } from '../database/ids.js';
import { row, type Db } from '../database/rows.js';
import { appendSourceRecords, lockPeople, refold } from '../database/source-records.js';

interface Asked {
  contactId: string;
  company: string | null;
  title: string | null;
  phone: string | null;
  email: string | null;
  left: boolean;
  /** Where its writer was written to. */
  address: string | null;
}

/**
 * A question out of a received mail rests on no source record yet: the owner's yes makes one, and their no takes it back.
 * Who has left is written to at that address no more. Changes that an import told of are left as they are.
 */
export async function applyAnswer(
  tx: Db,
  ownerId: string,
  id: string,
  { answer, now }: { answer: 'yes' | 'no'; now: Date },
): Promise<void> {
  const asked = await row<Asked>(tx, ASKED_SQL, [ownerId, id]);
  if (!asked) return;
  const fingerprint = createHash('sha256').update(`position change ${id}`).digest('hex');
  await lockPeople(tx, ownerId);
  await tx.query(`DELETE FROM source_record WHERE owner_id = $1 AND fingerprint = $2`, [
    ownerId,
    fingerprint,
  ]);
  await tx.query(
    `UPDATE suppression SET lifted_at = $3
      WHERE owner_id = $1 AND source_kind = 'position-change' AND source_id = $2 AND lifted_at IS NULL`,
    [ownerId, id, now],
  );
  if (answer === 'yes') {
    const candidate = saidBy(asked);
    const from = {
      kind: 'owner' as const,
      importId: null,
      fileId: null,
      line: null,
      verdict: 'edited' as const,
    };
    await appendSourceRecords(
      tx,
      ownerId,
      [{ id: newId(), contactId: asked.contactId, ...from, candidate, fingerprint }],
      now,
    );
    if (asked.left && asked.address !== null) {
      const address = canonicalEmail(asked.address) ?? asked.address.toLowerCase();
      const why = 'they read this address no longer';
      const source = { sourceKind: 'position-change', sourceId: id };
      await appendSuppression(tx, { ownerId, address, scope: 'everything', why, at: now, ...source });
    }
  }
  await refold(tx, ownerId, [asked.contactId], now);
}

/** Who has left is neither with that company nor in that position; where they are now nobody has said. */
function saidBy({ company, title, phone, email, left }: Asked): Partial<Candidate> {
  const candidate: Partial<Candidate> = left ? { company: '', title: '' } : {};
  if (company !== null) candidate.company = company;
  if (title !== null) candidate.title = title;
  if (phone !== null) candidate.phones = [phone];
  if (email !== null) candidate.emails = [email];
  return candidate;
}

/** $1 owner, $2 change. */
const ASKED_SQL = `
SELECT p.contact_id, p.company, p.title, p.phone, p.email, p."left", coalesce(m.to_canonical, i.from_address) AS address
  FROM position_change p JOIN inbound i ON i.id = p.inbound_id LEFT JOIN message m ON m.id = i.message_id
 WHERE p.owner_id = $1 AND p.id = $2`;
