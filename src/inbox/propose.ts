import { regionOfPhone } from '../core/import/identity.js';
import { signatureNews } from '../core/signature-news.js';
import { appendQuestion, type MailQuestion } from '../database/append-question.js';
import { personIds } from '../database/persons.js';
import { row, type Db } from '../database/rows.js';
import type { Heard } from './heard.js';

interface Card {
  contactId: string;
  fullName: string;
  title: string | null;
  company: string | null;
  phones: string[];
}

type Question = Pick<MailQuestion, 'company' | 'title' | 'phone' | 'email' | 'successor' | 'left'>;

/** A title, company or number in a signature that was not known is asked about, never taken for granted. */
export async function proposeSignature(tx: Db, heard: Heard, now: Date): Promise<void> {
  if (heard.signature === null || heard.speaker?.by !== 'person') return;
  const card = await cardOf(tx, heard);
  if (!card) return;
  const region = card.phones.map(regionOfPhone).find((one) => one !== undefined);
  const news = signatureNews(heard.signature, { ...card, ...(region !== undefined && { region }) });
  if (news) await ask(tx, heard, card, { ...news, email: null, successor: null, left: false }, now);
}

/** Somebody has left: where they are now, and who is there instead, only the owner can find out. */
export async function proposeLeft(tx: Db, heard: Heard, now: Date): Promise<void> {
  const card = await cardOf(tx, heard);
  if (!card) return;
  const { delegate, delegateName, newAddress } = heard;
  const successor =
    delegate !== null && delegateName !== null ? `${delegateName} <${delegate}>` : (delegateName ?? delegate);
  const gone = { company: null, title: null, phone: null };
  await ask(tx, heard, card, { ...gone, email: newAddress, successor, left: true }, now);
}

function cardOf(tx: Db, { ownerId, contactId }: Heard): Promise<Card | null> {
  return row<Card>(
    tx,
    `SELECT c.id AS contact_id, c.full_name, c.title, c.company,
            ARRAY (SELECT i.canonical FROM identity i
                    WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'phone') AS phones
       FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id) ${personIds('c.id')}
      WHERE given.owner_id = $1 AND given.id = $2 AND c.hidden_at IS NULL`,
    [ownerId, contactId],
  );
}

function ask(tx: Db, heard: Heard, card: Card, question: Question, now: Date): Promise<void> {
  return appendQuestion(tx, {
    ownerId: heard.ownerId,
    contactId: card.contactId,
    inboundId: heard.id,
    companyBefore: card.company,
    titleBefore: card.title,
    ...question,
    at: now,
  });
}
