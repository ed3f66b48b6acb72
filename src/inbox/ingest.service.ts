import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { arrivedAt } from '../core/inbound/arrived.js';
import { classify, type InboundVerdict, type ParsedMail } from '../core/inbound.js';
import { writtenText, type Written } from '../core/inbound/written.js';
import { speakerOf, type Speaker } from '../core/speaker.js';
import { appendInbound } from '../database/append-inbound.js';
import { newId } from '../database/ids.js';
import { personIds } from '../database/persons.js';
import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { parseMail } from '../mail/parse.js';
import { Queue } from '../queue/queue.service.js';
import { takeEffects } from './effects.js';
import { detailOf, heardOf, isHeeded, kindOf } from './heard.js';
import type { Ingested } from './inbox.schemas.js';
import { matchInbound, type Match } from './match-inbound.js';
import { canonical } from './own-addresses.js';

/** What a person may have written, or another in their place; a report or a complaint is a machine's. */
const SPOKEN = new Set<InboundVerdict['kind']>(['reply', 'opt-out', 'auto-reply', 'calendar']);

interface Taken {
  mail: ParsedMail;
  verdict: InboundVerdict;
  match: Match;
  speaker: Speaker | null;
  /** Its text in parts. */
  written: Written;
  hash: string;
  raw: Buffer;
  /** When it arrived at the owner's server. */
  at: Date;
}

/** Takes one raw mail in: what it is, whose it is, and what it stops. The same mail twice is one mail. */
@Injectable()
export class IngestService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  async ingest(ownerId: string, raw: Buffer): Promise<Ingested> {
    const parsed = await parseMail(raw);
    if (parsed.kind === 'refused')
      throw new AppError('invalid', `this is not a mail we can read: ${parsed.reason}`);
    const { mail } = parsed;
    const classed = classify(mail);
    const now = this.clock.now();
    const at = arrivedAt(mail, now);
    const match = await matchInbound(this.db, ownerId, { mail, verdict: classed, at });
    const { verdict } = match;
    const written = writtenText(mail.text);
    const speaker = await this.speaker(ownerId, { mail, written, match });
    const hash = createHash('sha256').update(raw).digest('hex');
    const ingested = await this.db.transaction((tx) =>
      this.record(tx, ownerId, { mail, verdict, match, speaker, written, hash, raw, at }, now),
    );
    // A stranger's mail gives nobody a turn.
    if (ingested.new && ingested.contactId !== null) await this.queue.wake('plan', {});
    return ingested;
  }

  /** An assistant or a colleague stops as the person does, and is noted; their address becomes nobody's. */
  private async speaker(
    ownerId: string,
    { mail, written, match }: Pick<Taken, 'mail' | 'written' | 'match'>,
  ): Promise<Speaker | null> {
    const { contactId, messageId, verdict } = match;
    if (contactId === null || !SPOKEN.has(verdict.kind)) return null;
    const person = await row<{ fullName: string; addresses: string[] }>(
      this.db,
      `SELECT c.full_name, ARRAY (
                SELECT i.canonical FROM identity i
                 WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email'
                 UNION SELECT m.to_canonical FROM message m
                 WHERE m.owner_id = $1 AND m.id = $3 AND m.to_canonical IS NOT NULL) AS addresses
         FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id) ${personIds('c.id')}
        WHERE given.owner_id = $1 AND given.id = $2`,
      [ownerId, contactId, messageId],
    );
    if (!person) return null;
    const { text, signature } = written;
    const from = mail.from && { ...mail.from, address: canonical(mail.from.address) ?? '' };
    return speakerOf({ from, text, signature }, person);
  }

  private async record(tx: Db, ownerId: string, taken: Taken, now: Date): Promise<Ingested> {
    const { mail, verdict, match, speaker, written, hash, raw, at } = taken;
    const kind = kindOf(verdict);
    const { text } = written;
    const subkind = verdict.kind === 'auto-reply' ? verdict.subkind : null;
    const answer = { kind, contactId: match.contactId, messageId: match.messageId, matchedBy: match.by };
    const id = await appendInbound(tx, {
      ownerId,
      ...answer,
      messageIdHeader: nameOf(mail),
      hash,
      fromAddress: mail.from?.address ?? null,
      subject: mail.subject,
      at: now,
      returnOn: verdict.kind === 'auto-reply' ? verdict.returnOn : null,
      severity: verdict.kind === 'bounce' ? verdict.severity : null,
      detail: { ...detailOf(verdict, speaker, text), arrivedAt: at },
      turn: isHeeded(kind, match.contactId, subkind) ? 'planner' : null,
    });
    if (id === null) return { ...answer, id: await this.known(tx, ownerId, taken), new: false };
    // The raw mail of strangers is none of our business, and what goes to many nobody's.
    const words = match.contactId === null && kind === 'list' ? '' : text;
    await tx.query(
      `INSERT INTO inbound_body (id, owner_id, created_at, inbound_id, text, raw) VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(), ownerId, now, id, words, match.contactId === null ? null : raw],
    );
    await takeEffects(tx, heardOf({ id, ownerId, match, at }, { mail, verdict, speaker, written }), now);
    return { ...answer, id, new: true };
  }

  private async known(tx: Db, ownerId: string, { mail, hash }: Taken): Promise<string> {
    const found = await row<{ id: string }>(
      tx,
      `SELECT id FROM inbound WHERE owner_id = $1 AND (hash = $2 OR message_id_header = $3) LIMIT 1`,
      [ownerId, hash, nameOf(mail)],
    );
    return found?.id ?? '';
  }
}

/** What a mail is known by in whichever folder it lies: its Message-ID, else who wrote what when; null where that is not told. */
function nameOf(mail: ParsedMail): string | null {
  if (mail.messageId !== null || mail.date === null) return mail.messageId;
  const told = [mail.from?.address ?? '', mail.date.toISOString(), mail.subject, ...mail.to, mail.text];
  return `<${createHash('sha256').update(told.join('\n')).digest('hex')}@nameless.invalid>`;
}
