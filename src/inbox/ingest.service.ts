import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { canonicalEmail } from '../core/import/identity.js';
import { ownWords } from '../core/inbound-text.js';
import { classify, type InboundVerdict, type ParsedMail } from '../core/inbound.js';
import { afterWorkingDays, DEFAULT_WINDOW, localDate } from '../core/schedule.js';
import {
  candidateAddresses,
  candidateIds,
  matchThread,
  returned,
  type OurMessage,
  type ThreadMail,
} from '../core/thread.js';
import { appendInbound } from '../database/append-inbound.js';
import { appendSuppression } from '../database/append.js';
import { newId } from '../database/ids.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { parseMail } from '../mail/parse.js';
import { Queue } from '../queue/queue.service.js';
import type { Ingested } from './inbox.schemas.js';

type Ours = OurMessage & { contactId: string };

interface Match {
  contactId: string | null;
  messageId: string | null;
  by: string | null;
}

/** An answer is owed within two working days of the owner. */
const DEBT_DAYS = 2;

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
    const verdict = classify(mail);
    const match = await this.match(ownerId, mail, verdict);
    const hash = createHash('sha256').update(raw).digest('hex');
    const ingested = await this.db.transaction((tx) =>
      this.record(tx, ownerId, { mail, verdict, match, hash, raw }),
    );
    if (ingested.new) await this.queue.wake('plan', {});
    return ingested;
  }

  /** By References, then by what a bounce returns, then by sender. Ids win: an assistant answers from elsewhere. */
  private async match(ownerId: string, mail: ParsedMail, verdict: InboundVerdict): Promise<Match> {
    const back =
      verdict.kind === 'bounce' || verdict.kind === 'complaint'
        ? returned(mail)
        : { ids: [], recipients: [] };
    const recipient = verdict.kind === 'bounce' && verdict.recipient ? [verdict.recipient] : [];
    const about: ThreadMail = {
      inReplyTo: mail.inReplyTo,
      references: mail.references,
      from: mail.from?.address ?? null,
      returnedIds: back.ids,
      returnedRecipients: [...recipient, ...back.recipients],
    };
    const addresses = candidateAddresses(about);
    const canonical = addresses.map((address) => canonicalEmail(address) ?? address);
    const ours = await rows<Ours>(
      this.db,
      `SELECT id, contact_id, message_id_header AS message_id, to_canonical AS "to", coalesce(sent_at, due_at) AS sent_at
         FROM message
        WHERE owner_id = $1 AND message_id_header IS NOT NULL AND state IN ('sending', 'sent', 'unknown')
          AND (message_id_header = ANY ($2) OR to_canonical = ANY ($3))`,
      [ownerId, candidateIds(about), canonical],
    );
    const found = matchThread(
      {
        ...about,
        from: canonicalOf(about.from),
        returnedRecipients: about.returnedRecipients.map(canonicalOf).filter((a) => a !== null),
      },
      ours,
    );
    if (found.kind !== 'none') {
      const { message } = found;
      return {
        contactId: message.contactId,
        messageId: message.id,
        by: found.kind === 'sender' ? 'sender' : found.by,
      };
    }
    return this.matchSender(ownerId, canonicalOf(about.from));
  }

  /** Somebody we know who writes without our having written: theirs all the same, and it stops what is planned. */
  private async matchSender(ownerId: string, from: string | null): Promise<Match> {
    const holders = await rows<{ contactId: string }>(
      this.db,
      `SELECT DISTINCT coalesce(c.merged_into, c.id) AS contact_id FROM identity i JOIN contact c ON c.id = i.contact_id
        WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = $2`,
      [ownerId, from],
    );
    const [only, ...more] = holders;
    if (!only || more.length > 0) return { contactId: null, messageId: null, by: null };
    return { contactId: only.contactId, messageId: null, by: 'sender' };
  }

  private async record(
    tx: Db,
    ownerId: string,
    input: { mail: ParsedMail; verdict: InboundVerdict; match: Match; hash: string; raw: Buffer },
  ): Promise<Ingested> {
    const { mail, verdict, match } = input;
    const now = this.clock.now();
    const kind = verdict.kind === 'reply' && verdict.optOut ? 'opt-out' : verdict.kind;
    const severity = verdict.kind === 'bounce' ? verdict.severity : null;
    const heeded = match.contactId !== null && kind !== 'other' && severity !== 'soft';
    const answer = { kind, contactId: match.contactId, messageId: match.messageId, matchedBy: match.by };
    const id = await appendInbound(tx, {
      ownerId,
      ...answer,
      messageIdHeader: mail.messageId,
      hash: input.hash,
      fromAddress: mail.from?.address ?? null,
      subject: mail.subject,
      at: now,
      returnOn: verdict.kind === 'auto-reply' ? verdict.returnOn : null,
      severity,
      detail: detailOf(verdict),
      turn: heeded ? 'planner' : null,
    });
    if (id === null) return { ...answer, id: await this.known(tx, ownerId, input), new: false };
    await tx.query(
      `INSERT INTO inbound_body (id, owner_id, created_at, inbound_id, text, raw) VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(), ownerId, now, id, ownWords(mail.text), input.raw],
    );
    if (kind === 'reply' && verdict.kind === 'reply' && match.contactId) {
      await this.owe(tx, { ownerId, contactId: match.contactId, inboundId: id, asks: verdict.asks, now });
    }
    await this.suppress(tx, ownerId, {
      verdict,
      kind,
      from: canonicalOf(mail.from?.address ?? null),
      id,
      now,
      match,
    });
    return { ...answer, id, new: true };
  }

  private async known(tx: Db, ownerId: string, input: { mail: ParsedMail; hash: string }): Promise<string> {
    const found = await row<{ id: string }>(
      tx,
      `SELECT id FROM inbound WHERE owner_id = $1 AND (hash = $2 OR message_id_header = $3) LIMIT 1`,
      [ownerId, input.hash, input.mail.messageId],
    );
    return found?.id ?? '';
  }

  private async owe(
    tx: Db,
    debt: { ownerId: string; contactId: string; inboundId: string; asks: string[]; now: Date },
  ): Promise<void> {
    const owner = await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [debt.ownerId]);
    const zone = owner?.zone ?? 'UTC';
    const due = afterWorkingDays({
      from: localDate(debt.now, zone),
      days: DEBT_DAYS,
      zone,
      window: DEFAULT_WINDOW,
      spread: 0,
    });
    await tx.query(
      `INSERT INTO reply_debt (id, owner_id, created_at, contact_id, inbound_id, due_on, asks)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        debt.ownerId,
        debt.now,
        debt.contactId,
        debt.inboundId,
        localDate(due, zone),
        JSON.stringify(debt.asks),
      ],
    );
  }

  /** Opting out of automatic mail leaves a personal answer possible; a dead address and a complaint block all. */
  private async suppress(
    tx: Db,
    ownerId: string,
    input: {
      verdict: InboundVerdict;
      kind: string;
      from: string | null;
      id: string;
      now: Date;
      match: Match;
    },
  ): Promise<void> {
    const { verdict, match } = input;
    const sent = match.messageId
      ? await row<{ to: string }>(tx, `SELECT to_canonical AS "to" FROM message WHERE id = $1`, [
          match.messageId,
        ])
      : null;
    const block = async (
      address: string | null | undefined,
      scope: 'everything' | 'automatic',
      why: string,
    ) => {
      if (!address) return;
      const source = { at: input.now, sourceKind: 'inbound', sourceId: input.id };
      await appendSuppression(tx, { ownerId, address, scope, why, ...source });
    };
    if (input.kind === 'opt-out') {
      await block(input.from, 'automatic', 'they asked to stop');
      await block(sent?.to, 'automatic', 'they asked to stop');
    }
    if (verdict.kind === 'complaint') await block(sent?.to, 'everything', 'they complained about a mail');
    if (verdict.kind === 'bounce' && verdict.severity === 'hard' && verdict.status?.startsWith('5.1.')) {
      await block(
        sent?.to ?? canonicalOf(verdict.recipient),
        'everything',
        `the address does not exist: ${verdict.status}`,
      );
    }
  }
}

function canonicalOf(address: string | null): string | null {
  return address === null ? null : (canonicalEmail(address) ?? address.toLowerCase());
}

function detailOf(verdict: InboundVerdict): Record<string, unknown> {
  if (verdict.kind === 'bounce')
    return { status: verdict.status, diagnostic: verdict.diagnostic, recipient: verdict.recipient };
  if (verdict.kind === 'other') return { why: verdict.why };
  return {};
}
