import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { decide, type DecisionRows } from '../core/decide.js';
import { leavesAt } from '../core/review.js';
import { composeContexts, decisionSubject } from '../database/compose-context.js';
import { decisionRows } from '../database/decision-rows.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import type { DraftsQuery, DraftView, MessageView } from './composing.schemas.js';
import { findingsOf } from './findings.js';

type DraftRow = Omit<DraftView, 'findings' | 'onYes'>;

const COLUMNS = `
  m.id, c.id AS contact_id, c.full_name AS contact_name, m.to_address AS "to", v.name AS event_name, m.kind, m.channel,
  m.state, m.why, m.why_code, w.subject, w.text, coalesce(w.edited, false) AS edited,
  coalesce(w.paragraphs, '[]') AS paragraphs, m.due_at, m.valid_until, m.version,
  CASE WHEN m.channel = 'task' THEN coalesce((
    SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) ORDER BY i.kind, i.id) FROM identity i
     WHERE i.owner_id = m.owner_id AND i.contact_id = c.id AND i.kind IN ('linkedin', 'phone')), '[]')
    ELSE '[]' END AS ways`;

const TABLES = `
  FROM message m
  JOIN contact given ON given.id = m.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  LEFT JOIN event v ON v.id = m.event_id
  LEFT JOIN message_body w ON w.owner_id = m.owner_id AND w.message_id = m.id`;

/** What the owner reads before a yes: the words, what they were written from, and what the yes would do. */
@Injectable()
export class DraftsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What waits for the owner, the oldest first. */
  async list(ownerId: string, query: DraftsQuery): Promise<Page<DraftView>> {
    const found = await rows<DraftRow>(
      this.db,
      `SELECT ${COLUMNS} ${TABLES}
        WHERE m.owner_id = $1 AND m.state = ANY ($2) AND ($3::text IS NULL OR m.channel = $3)
          AND ($4::uuid IS NULL OR m.id > $4) ORDER BY m.id LIMIT $5`,
      [
        ownerId,
        query.state ? [query.state] : ['needs_review', 'withheld'],
        query.channel ?? null,
        query.cursor ?? null,
        query.limit + 1,
      ],
    );
    const page = pageOf(found, query.limit);
    return { ...page, items: await this.explain(ownerId, page.items) };
  }

  /** One message in whatever state, with everything it was written from and all that happened to it. */
  async message(ownerId: string, id: string): Promise<MessageView> {
    const found = await row<DraftRow & Omit<MessageView, keyof DraftView | 'history'>>(
      this.db,
      `SELECT ${COLUMNS}, m.approved_at, m.approved_by, m.sent_at, m.sandbox, m.server_reply ${TABLES}
        WHERE m.owner_id = $1 AND m.id = $2`,
      [ownerId, id],
    );
    const [explained] = found ? await this.explain(ownerId, [found]) : [];
    if (!found || !explained) throw new AppError('not-found', `there is no message ${id}`);
    const history = await rows<MessageView['history'][number]>(
      this.db,
      `SELECT created_at AS at, who, what, detail FROM audit
        WHERE owner_id = $1 AND subject_kind = 'message' AND subject_id = $2 ORDER BY created_at, id`,
      [ownerId, id],
    );
    return { ...found, ...explained, history };
  }

  private async explain(ownerId: string, drafts: readonly DraftRow[]): Promise<DraftView[]> {
    const now = this.clock.now();
    const ids = drafts.map(({ id }) => id);
    const contexts = await composeContexts(this.db, ownerId, ids);
    const subjects = contexts.map((context) => ({
      ...decisionSubject(context, 'kept'),
      approvedBy: 'owner' as const,
    }));
    const decided = await decisionRows(this.db, ownerId, subjects, now);
    const inThread = new Map(contexts.map(({ id, threadSubject }) => [id, threadSubject !== null]));
    const reasons = await this.reasonsOf(ownerId, ids);
    return drafts.map((draft) => {
      const found = decided.get(draft.id);
      const { subject, text } = draft;
      return {
        ...draft,
        reasons: reasons.filter((reason) => reason.messageId === draft.id),
        findings:
          text === null
            ? []
            : findingsOf({
                ...draft,
                subject: subject ?? '',
                text,
                inThread: inThread.get(draft.id) ?? false,
              }),
        onYes: found ? onYes(draft, found, now) : { does: 'nothing', at: null, why: 'the person is gone' },
      };
    });
  }

  private reasonsOf(
    ownerId: string,
    ids: readonly string[],
  ): Promise<(DraftView['reasons'][number] & { messageId: string })[]> {
    return rows(
      this.db,
      `SELECT message_id, kind, ref_id AS id, words, occurrence, released_at FROM message_reason
        WHERE owner_id = $1 AND message_id = ANY ($2::uuid[]) ORDER BY id`,
      [ownerId, ids],
    );
  }
}

/** What the owner's yes would do if it came now. */
function onYes(draft: DraftRow, found: DecisionRows, now: Date): DraftView['onYes'] {
  const nothing = (why: string): DraftView['onYes'] => ({ does: 'nothing', at: null, why });
  if (draft.state === 'withheld') return nothing(draft.why ?? 'it is withheld');
  if (draft.state !== 'needs_review') return nothing(`it is ${draft.state}`);
  if (draft.channel === 'task') return nothing('there is no address: say it your own way, then mark it done');
  const decision = decide(found, now);
  if (decision.kind === 'stop') return { does: 'stops', at: null, why: decision.why };
  if (decision.kind === 'withhold') return { does: 'rewritten', at: null, why: decision.why };
  const at = leavesAt(found, now);
  if (decision.kind === 'send' || PLAIN.has(decision.code))
    return { does: 'leaves', at, why: 'at the next good hour' };
  return { does: 'waits', at: decision.until, why: decision.why };
}

/** Waits that `leavesAt` has reckoned with. */
const PLAIN: ReadonlySet<string> = new Set(['not-due', 'window', 'budget', 'paused', 'away', 'not-heard']);
