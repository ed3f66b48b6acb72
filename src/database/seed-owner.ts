import { DEFAULT_SEQUENCE, DEFAULT_TEMPLATES } from '../core/default-sequence.js';
import { DEFAULT_WINDOW } from '../core/schedule.js';
import { newId } from './ids.js';
import type { Db } from './rows.js';

/** What a new owner begins with: the templates, and the default sequence with its steps. Call it inside a transaction. */
export async function seedOwner(db: Db, ownerId: string, now: Date): Promise<void> {
  const templates = DEFAULT_TEMPLATES.map((template) => ({ id: newId(), ...template }));
  await db.query(
    `INSERT INTO template (id, owner_id, created_at, name, language, subject, paragraphs)
     SELECT t.id, $1, $2, t.name, t.language, t.subject, t.paragraphs
       FROM jsonb_to_recordset($3::jsonb) AS t(id uuid, name text, language text, subject text, paragraphs jsonb)`,
    [ownerId, now, JSON.stringify(templates)],
  );
  const sequenceId = newId();
  await db.query(
    `INSERT INTO sequence (id, owner_id, created_at, name, is_default, approval, "window")
     VALUES ($1, $2, $3, $4, true, 'each', $5)`,
    [sequenceId, ownerId, now, DEFAULT_SEQUENCE.name, JSON.stringify(DEFAULT_WINDOW)],
  );
  const steps = DEFAULT_SEQUENCE.steps.map(({ template, ...step }, index) => ({
    ...step,
    id: newId(),
    position: index + 1,
    templateId: templates.find(({ name }) => name === template)?.id,
  }));
  await db.query(
    `INSERT INTO step (id, owner_id, created_at, sequence_id, position, kind, offset_days, spread_days, ask_after_days,
                       template_id)
     SELECT s.id, $1, $2, $3, s.position, s.kind, s."offsetDays", s."spreadDays", s."askAfterDays", s."templateId"
       FROM jsonb_to_recordset($4::jsonb) AS s(id uuid, position int, kind text, "offsetDays" int, "spreadDays" int,
                                              "askAfterDays" int, "templateId" uuid)`,
    [ownerId, now, sequenceId, JSON.stringify(steps)],
  );
}
