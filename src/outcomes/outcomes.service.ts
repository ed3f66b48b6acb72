import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { summarise } from '../core/rates.js';
import { rows } from '../database/rows.js';
import type { Grouping, OutcomeRow, OutcomesQuery } from './outcomes.schemas.js';

interface Counted {
  group: string | null;
  sent: number;
  bounced: number;
  answered: number;
  optedOut: number;
  hours: number[];
}

const GROUP: Record<Grouping, string> = {
  all: `'all'`,
  event: `coalesce(v.name, '(no event)')`,
  sequence: `coalesce(q.name, '(no sequence)')`,
  step: `coalesce(q.name || ', step ' || s.position || ' (' || s.kind || ')', m.kind)`,
  kind: `m.kind || CASE m.channel WHEN 'task' THEN ' (by hand)' ELSE '' END`,
};

/** Honest rates (law 12). Nothing is stored for them: what came of a message is read from what came in. */
@Injectable()
export class OutcomesService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  async rates(ownerId: string, query: OutcomesQuery): Promise<OutcomeRow[]> {
    const counted = await rows<Counted>(
      this.db,
      `SELECT ${GROUP[query.by]} AS "group", count(*)::int AS sent, count(*) FILTER (WHERE bounced)::int AS bounced,
              count(answered_at) FILTER (WHERE NOT bounced)::int AS answered,
              count(*) FILTER (WHERE opted_out AND answered_at IS NULL)::int AS opted_out,
              coalesce(array_agg(extract(epoch FROM answered_at - m.sent_at)::float8 / 3600)
                       FILTER (WHERE answered_at IS NOT NULL AND NOT bounced), '{}') AS hours
         FROM message m
         LEFT JOIN event v ON v.id = m.event_id
         LEFT JOIN step s ON s.id = m.step_id
         LEFT JOIN sequence q ON q.id = s.sequence_id
        CROSS JOIN LATERAL (
          SELECT min(i.at) FILTER (WHERE i.kind = 'reply') AS answered_at,
                 coalesce(bool_or(i.kind = 'bounce') AND NOT bool_or(i.kind = 'reply'), false) AS bounced,
                 coalesce(bool_or(i.kind IN ('opt-out', 'complaint')), false) AS opted_out
            FROM inbound i WHERE i.owner_id = m.owner_id AND i.message_id = m.id) came
        WHERE m.owner_id = $1 AND m.state = 'sent' AND NOT m.sandbox AND m.kind <> 'birthday-reminder'
        GROUP BY 1 ORDER BY 1`,
      [ownerId],
    );
    if (counted.length === 0 && query.by === 'all') {
      counted.push({ group: 'all', sent: 0, bounced: 0, answered: 0, optedOut: 0, hours: [] });
    }
    return counted.map((one) => {
      const { group, hours, optedOut, ...counts } = one;
      const summary = summarise([{ ...counts, hoursToAnswer: hours }], query.minimum);
      return {
        group: group ?? '(none)',
        ...summary,
        optedOut,
        note: summary.rate ? null : `not enough data: fewer than ${query.minimum} mails arrived`,
      };
    });
  }
}
