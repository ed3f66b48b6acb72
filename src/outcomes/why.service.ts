import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { decide, type Purpose } from '../core/decide.js';
import { decisionRows } from '../database/decision-rows.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { Why, WhyMessage } from './why.schemas.js';

interface MessageRow extends WhyMessage {
  ownerId: string;
  enrollmentId: string | null;
  mailboxId: string | null;
  toCanonical: string | null;
  validUntil: Date | null;
  occursOn: string | null;
  approvedBy: 'owner' | 'sequence' | null;
}

const FINAL = new Set(['sent', 'failed', 'cancelled']);

/** For one person: every message with its state and reason, what it was written from, what happens next and when. */
@Injectable()
export class WhyService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async why(ownerId: string, contactId: string): Promise<Why> {
    const contact = await row<{ id: string; fullName: string; zone: string; zoneSource: string }>(
      this.db,
      `SELECT c.id, c.full_name, c.zone, c.zone_source FROM contact g JOIN contact c ON c.id = coalesce(g.merged_into, g.id)
        WHERE g.owner_id = $1 AND g.id = $2`,
      [ownerId, contactId],
    );
    if (!contact) throw new AppError('not-found', `no contact ${contactId}`);
    const ids = await this.merged(ownerId, contact.id);
    const [messages, enrollments, inbound] = await Promise.all([
      this.messages(ownerId, ids),
      this.enrollments(ownerId, ids),
      this.inbound(ownerId, ids),
    ]);
    return { contact, messages, enrollments, inbound, next: await this.next(ownerId, messages, enrollments) };
  }

  /** A name, a part of one, or an address, to the one contact it means. */
  async find(ownerId: string, text: string): Promise<string> {
    const found = await rows<{ id: string; fullName: string }>(
      this.db,
      `SELECT DISTINCT c.id, c.full_name FROM contact c LEFT JOIN identity i ON i.contact_id = c.id
        WHERE c.owner_id = $1 AND c.merged_into IS NULL
          AND (lower(i.value) = lower($2) OR i.canonical = lower($2) OR c.id::text = $2
               OR strpos(lower(c.full_name), lower($2)) > 0)
        ORDER BY c.full_name LIMIT 11`,
      [ownerId, text.trim()],
    );
    const exact = found.filter((one) => one.fullName.toLowerCase() === text.trim().toLowerCase());
    const [only, ...more] = exact.length === 1 ? exact : found;
    if (!only) throw new AppError('not-found', `nobody here is called "${text}"`);
    if (more.length > 0) {
      const names = found.slice(0, 10).map((one) => one.fullName);
      throw new AppError(
        'conflict',
        `"${text}" may mean ${names.join(', ')}${found.length > 10 ? ' and others' : ''}: say more`,
      );
    }
    return only.id;
  }

  private async merged(ownerId: string, id: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.db,
      `SELECT id FROM contact WHERE owner_id = $1 AND merged_into = $2`,
      [ownerId, id],
    );
    return [id, ...found.map((one) => one.id)];
  }

  private messages(ownerId: string, ids: string[]): Promise<MessageRow[]> {
    return rows<MessageRow>(
      this.db,
      `SELECT m.id, m.owner_id, m.contact_id, m.kind, m.channel, m.state, m.why, m.why_code, m.due_at, m.next_at, m.sent_at,
              m.sandbox, m.to_address, m.attempts, m.server_reply, m.approved_at, m.approved_by, m.enrollment_id, m.mailbox_id,
              m.to_canonical, m.valid_until, m.occurs_on, w.subject, w.text, coalesce(w.paragraphs, '[]') AS paragraphs,
              coalesce((SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'refId', r.ref_id, 'words', r.words)
                                         ORDER BY r.kind DESC, r.words)
                          FROM message_reason r WHERE r.message_id = m.id AND r.released_at IS NULL), '[]') AS reasons
         FROM message m LEFT JOIN message_body w ON w.message_id = m.id
        WHERE m.owner_id = $1 AND m.contact_id = ANY ($2) ORDER BY m.id`,
      [ownerId, ids],
    );
  }

  private enrollments(ownerId: string, ids: string[]): Promise<Why['enrollments']> {
    return rows(
      this.db,
      `SELECT e.id, q.name AS sequence, v.name AS event, e.state, e.why, e.next_at, s.position AS next_position,
              s.kind AS next_kind
         FROM enrollment e JOIN sequence q ON q.id = e.sequence_id LEFT JOIN event v ON v.id = e.event_id
         LEFT JOIN step s ON s.id = e.next_step_id
        WHERE e.owner_id = $1 AND e.contact_id = ANY ($2) ORDER BY e.id`,
      [ownerId, ids],
    );
  }

  private inbound(ownerId: string, ids: string[]): Promise<Why['inbound']> {
    return rows(
      this.db,
      `SELECT id, kind, at, subject, matched_by FROM inbound WHERE owner_id = $1 AND contact_id = ANY ($2) ORDER BY id`,
      [ownerId, ids],
    );
  }

  /** What would happen next: the same question planner and delivery ask, asked now. */
  private async next(
    ownerId: string,
    messages: MessageRow[],
    enrollments: Why['enrollments'],
  ): Promise<Why['next']> {
    const now = this.clock.now();
    const open = messages.filter((message) => !FINAL.has(message.state));
    const subjects = open.map((message) => ({
      key: message.id,
      contactId: message.contactId,
      messageId: message.id,
      enrollmentId: message.enrollmentId,
      mailboxId: message.mailboxId,
      toCanonical: message.toCanonical,
      purpose: message.kind as Purpose,
      channel: message.channel,
      dueAt: message.dueAt,
      validUntil: message.validUntil,
      occursOn: message.occursOn,
      approvedBy: message.approvedBy,
    }));
    const found = await decisionRows(this.db, ownerId, subjects, now);
    const next: Why['next'] = [];
    for (const message of open) {
      const about = found.get(message.id);
      if (!about) continue;
      if (BEYOND_DECISION.has(message.state)) {
        next.push({ what: whatOf(message), verdict: 'wait', at: null, why: waitsFor(message.state) });
        continue;
      }
      const decision = decide(about, now);
      next.push({
        what: whatOf(message),
        verdict: decision.kind,
        at:
          decision.kind === 'wait'
            ? decision.until
            : decision.kind === 'send'
              ? (message.nextAt ?? now)
              : null,
        why: decision.kind === 'send' ? waitsFor(message.state) : decision.why,
      });
    }
    for (const enrollment of enrollments.filter((one) => one.state === 'active' && one.nextAt)) {
      const what = `step ${enrollment.nextPosition ?? '?'} (${enrollment.nextKind ?? 'none'}) of ${enrollment.sequence}`;
      next.push({
        what,
        verdict: 'plan',
        at: enrollment.nextAt,
        why: 'then it is decided whether there is something to say',
      });
    }
    return next;
  }
}

/** What is in a server's hands, or was, is decided already. */
const BEYOND_DECISION = new Set<string>(['sending', 'unknown']);

function whatOf({ kind, state }: Pick<MessageRow, 'kind' | 'state'>): string {
  return `${kind} (${state.replace('_', ' ')})`;
}

function waitsFor(state: string): string {
  const words: Record<string, string> = {
    planned: 'words are being found',
    needs_review: 'it waits for your approval',
    withheld: 'it waits for you',
    approved: 'it leaves then',
    claimed: 'it is about to leave',
    sending: 'it is leaving now',
    unknown: 'it may have gone out: look into Sent and say so',
  };
  return words[state] ?? state;
}
