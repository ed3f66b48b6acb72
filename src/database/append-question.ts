import { newId } from './ids.js';
import { contactsOf } from './persons.js';
import type { Db } from './rows.js';

/** What a received mail says of its writer that was not known. Null: it says nothing of that. */
export interface MailQuestion {
  ownerId: string;
  /** Canonical. */
  contactId: string;
  inboundId: string;
  /** As it is known now. */
  companyBefore: string | null;
  titleBefore: string | null;
  company: string | null;
  title: string | null;
  /** E.164. */
  phone: string | null;
  /** Where they can be reached from now on. */
  email: string | null;
  successor: string | null;
  /** They are no longer where they were. */
  left: boolean;
  at: Date;
}

/**
 * A question among the changes of position, for only the owner can tell. Once: what was asked before, in these words and
 * of this person, is not asked again, whatever the answer was; one that a correction dropped is.
 */
export async function appendQuestion(db: Db, question: MailQuestion): Promise<void> {
  await db.query(
    `INSERT INTO position_change (id, owner_id, created_at, contact_id, inbound_id, company_before, title_before, company,
                                  title, phone, email, successor, "left", state)
     SELECT $1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5::uuid, $6::text, $7::text, $8::text, $9::text, $10::text,
            $11::text, $12::text, $13::boolean, 'question'
      WHERE NOT EXISTS (
        SELECT 1 FROM position_change h
         WHERE h.owner_id = $2 AND h.inbound_id IS NOT NULL AND h.inbound_id <> $5 AND h.contact_id IN (${contactsOf('$4::uuid')})
           AND (h.company, h.title, h.phone, h.email, h.successor, h."left")
               IS NOT DISTINCT FROM ($8::text, $9::text, $10::text, $11::text, $12::text, $13::boolean))
     ON CONFLICT (owner_id, inbound_id) WHERE inbound_id IS NOT NULL
     DO UPDATE SET state = 'question', decided_at = NULL WHERE position_change.state = 'dismissed'`,
    [
      newId(),
      question.ownerId,
      question.at,
      question.contactId,
      question.inboundId,
      question.companyBefore,
      question.titleBefore,
      question.company,
      question.title,
      question.phone,
      question.email,
      question.successor,
      question.left,
    ],
  );
}
