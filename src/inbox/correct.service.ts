import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { asksIn } from '../core/inbound/asks.js';
import type { OptOutScope } from '../core/inbound/opt-out.js';
import { appendAudit, lockPersons } from '../database/append.js';
import type { InboundKind } from '../database/entities/inbound.entity.js';
import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { takeBack, takeEffects } from './effects.js';
import { isHeeded, type Heard } from './heard.js';
import type { Corrected, CorrectInbound } from './inbox.schemas.js';
import { canonical } from './own-addresses.js';

interface Found {
  id: string;
  kind: InboundKind;
  firstKind: InboundKind | null;
  contactId: string | null;
  messageId: string | null;
  fromAddress: string | null;
  severity: Heard['severity'];
  returnOn: string | null;
  at: Date;
  text: string | null;
  detail: {
    scope?: OptOutScope;
    subkind?: string;
    recipient?: string | null;
    status?: string | null;
    newAddress?: string | null;
    delegate?: string | null;
    delegateName?: string | null;
    dead?: boolean;
    by?: 'person' | 'assistant' | 'colleague' | 'other';
    name?: string | null;
  };
}

/** The owner knows better what a mail is, or whose. */
@Injectable()
export class CorrectService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /**
   * What this very mail did is taken back, and what follows from the corrected kind is done; the first kind stays beside
   * it. Saying the same again changes nothing. @throws AppError not-found, invalid, conflict
   */
  async correct(ownerId: string, id: string, said: CorrectInbound): Promise<Corrected> {
    const now = this.clock.now();
    const answer = await this.db.transaction(async (tx) => {
      const found = await row<Found>(tx, FOUND_SQL, [ownerId, id]);
      if (!found) throw new AppError('not-found', `there is no received mail ${id}`);
      const contactId = await whose(tx, ownerId, found, said);
      const heard = heardAs(ownerId, found, said, contactId);
      if (said.kind === 'bounce' && heard.severity === null) {
        throw new AppError('invalid', 'severity: say whether the bounce is hard, soft or blocked');
      }
      const persons = [contactId, found.contactId].filter((one) => one !== null);
      await lockPersons(tx, ownerId, persons);
      const effects = isSame(found, heard) ? [] : await this.change(tx, found, heard, said, now);
      const { kind, firstKind } =
        (await row<Pick<Found, 'kind' | 'firstKind'>>(tx, FOUND_SQL, [ownerId, id])) ?? found;
      return { id, kind, firstKind, contactId, effects };
    });
    await this.queue.wake('plan', {});
    return answer;
  }

  /** The owner has taken note; nothing else changes. @throws AppError not-found */
  async seen(ownerId: string, id: string): Promise<void> {
    const found = await row(
      this.db,
      `UPDATE inbound SET seen_at = coalesce(seen_at, $3) WHERE owner_id = $1 AND id = $2 RETURNING id`,
      [ownerId, id, this.clock.now()],
    );
    if (!found) throw new AppError('not-found', `there is no received mail ${id}`);
  }

  private async change(
    tx: Db,
    found: Found,
    heard: Heard,
    said: CorrectInbound,
    now: Date,
  ): Promise<string[]> {
    const { ownerId, id, kind, contactId, severity, subkind } = heard;
    const done = await takeBack(tx, heard, now);
    const absent = kind === 'auto-reply';
    const detail = {
      ...(kind === 'opt-out' && { scope: heard.scope }),
      ...(absent && { subkind }),
      corrected: { from: found.kind, at: now.toISOString() },
    };
    await tx.query(
      `UPDATE inbound
          SET kind = $3, first_kind = coalesce(first_kind, kind), contact_id = $4::uuid,
              matched_by = CASE WHEN contact_id IS DISTINCT FROM $4::uuid THEN 'owner' ELSE matched_by END,
              severity = $5, return_on = $6, detail = detail || $7::jsonb, seen_at = coalesce(seen_at, $8),
              turn = CASE WHEN $4::uuid IS NULL THEN NULL ELSE 'planner' END
        WHERE owner_id = $1 AND id = $2`,
      [
        ownerId,
        id,
        kind,
        contactId,
        severity,
        absent ? (said.returnOn ?? found.returnOn) : null,
        JSON.stringify(detail),
        now,
      ],
    );
    await takeEffects(tx, heard, now);
    const subject = { subjectKind: 'inbound', subjectId: id };
    const what = { from: found.kind, to: kind, contactId };
    await appendAudit(tx, {
      ownerId,
      at: now,
      who: 'owner',
      what: 'inbound-corrected',
      ...subject,
      detail: what,
    });
    return [...done, ...followsFrom(heard)];
  }
}

/** Only what could not be matched is given to somebody: what a mail did to a person is not moved to another. */
async function whose(tx: Db, ownerId: string, found: Found, said: CorrectInbound): Promise<string | null> {
  if (said.contactId === undefined) return found.contactId;
  const person = await row<{ id: string }>(
    tx,
    `SELECT coalesce(merged_into, id) AS id FROM contact WHERE owner_id = $1 AND id = $2 AND hidden_at IS NULL`,
    [ownerId, said.contactId],
  );
  if (!person) throw new AppError('invalid', `contactId: there is no contact ${said.contactId}`);
  if (found.contactId !== null && found.contactId !== person.id) {
    throw new AppError(
      'conflict',
      'this mail is matched with somebody; only one that is not can be given to a person',
    );
  }
  return person.id;
}

function heardAs(ownerId: string, found: Found, said: CorrectInbound, contactId: string | null): Heard {
  const { detail } = found;
  return {
    id: found.id,
    ownerId,
    kind: said.kind,
    contactId,
    messageId: found.messageId,
    at: found.at,
    from: canonical(found.fromAddress),
    severity: said.kind === 'bounce' ? (said.severity ?? found.severity) : null,
    scope: said.scope ?? detail.scope ?? 'everything',
    asks: asksIn(found.text ?? ''),
    speaker: detail.by ? { by: detail.by, name: detail.name ?? null } : null,
    recipient: canonical(detail.recipient ?? null),
    status: detail.status ?? null,
    subkind: said.kind === 'auto-reply' ? (said.subkind ?? detail.subkind ?? 'away') : null,
    newAddress: detail.newAddress ?? null,
    delegate: detail.delegate ?? null,
    delegateName: detail.delegateName ?? null,
    dead: detail.dead ?? false,
    signature: null,
  };
}

function isSame(found: Found, heard: Heard): boolean {
  return (
    found.kind === heard.kind &&
    found.contactId === heard.contactId &&
    (heard.kind !== 'bounce' || found.severity === heard.severity) &&
    (heard.kind !== 'opt-out' || (found.detail.scope ?? 'everything') === heard.scope) &&
    (heard.kind !== 'auto-reply' || found.detail.subkind === heard.subkind)
  );
}

const SPARED: Readonly<Record<OptOutScope, string>> = {
  everything: 'no address of theirs gets anything any more',
  automatic: 'no address of theirs gets anything automatic any more',
  congratulations: 'no address of theirs gets congratulations any more',
  often: 'their addresses get mail less often',
};

/** What follows, in words for the owner. */
function followsFrom({ kind, contactId, severity, subkind, scope }: Heard): string[] {
  if (contactId === null) return ['it is of nobody you know, so nothing follows from it; say whose it is'];
  const goesOn =
    'what this mail alone had stopped goes on; a draft that it had cancelled is written anew, save one that was leaving already';
  switch (kind) {
    case 'reply':
      return ['their sequences stop', 'you owe them an answer'];
    case 'calendar':
      return ['their sequences stop'];
    case 'opt-out':
      return ['their sequences stop', SPARED[scope]];
    case 'complaint':
      return ['their sequences stop', 'no address of theirs gets anything any more'];
    case 'bounce':
      if (severity === 'hard') return ['their sequences stop', 'nothing goes to that address any more'];
      return [severity === 'soft' ? 'the mail may be tried once more' : 'the sequence waits for you', goesOn];
    case 'auto-reply':
      if (subkind === 'left')
        return ['their sequences stop', 'where they are now is asked among the changes'];
      return isHeeded(kind, contactId, subkind)
        ? ['what is planned waits until they are back', goesOn]
        : [goesOn];
    default:
      return [goesOn];
  }
}

/** $1 owner, $2 mail. */
const FOUND_SQL = `
SELECT i.id, i.kind, i.first_kind, i.contact_id, i.message_id, i.from_address, i.severity, i.return_on,
       coalesce((i.detail->>'arrivedAt')::timestamptz, i.at) AS at, i.detail, b.text
  FROM inbound i LEFT JOIN inbound_body b ON b.owner_id = i.owner_id AND b.inbound_id = i.id
 WHERE i.owner_id = $1 AND i.id = $2 FOR UPDATE OF i`;
