import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { DEFAULT_WINDOW } from '../core/schedule.js';
import { newId } from '../database/ids.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import type { PageQuery } from '../http/page.js';
import { orConflict } from './conflicts.js';
import type {
  CreateSequence,
  CreateStep,
  EditSequence,
  EditStep,
  SequenceAnswer,
  StepAnswer,
} from './sequences.schemas.js';

const STEP = 'id, position, kind, offset_days, spread_days, ask_after_days, template_id, version';

const CONFLICTS = {
  sequence_name_key: 'another sequence has this name; choose another one',
  step_position_key: 'another step of this sequence stands at this position; move that one first',
};

/** Sequences and their steps: registers of this feature. A step keeps its id through every edit. */
@Injectable()
export class SequencesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async list(ownerId: string, { limit, cursor }: PageQuery): Promise<SequenceAnswer[]> {
    const found = await rows<SequenceAnswer>(
      this.db,
      `${SEQUENCE_SQL} WHERE s.owner_id = $1 AND ($2::uuid IS NULL OR s.id > $2) ORDER BY s.id LIMIT $3`,
      [ownerId, cursor ?? null, limit + 1],
    );
    return found;
  }

  async get(ownerId: string, id: string, db: Db = this.db): Promise<SequenceAnswer> {
    const found = await row<SequenceAnswer>(db, `${SEQUENCE_SQL} WHERE s.owner_id = $1 AND s.id = $2`, [
      ownerId,
      id,
    ]);
    if (!found) throw new AppError('not-found', `there is no sequence ${id}`);
    return found;
  }

  create(ownerId: string, made: CreateSequence): Promise<SequenceAnswer> {
    const id = newId();
    return orConflict(
      this.db.transaction(async (tx) => {
        await tx.query(
          `INSERT INTO sequence (id, owner_id, created_at, name, approval, "window") VALUES ($1, $2, $3, $4, $5, $6)`,
          [
            id,
            ownerId,
            this.clock.now(),
            made.name,
            made.approval,
            JSON.stringify(made.window ?? DEFAULT_WINDOW),
          ],
        );
        for (const step of made.steps) await this.insertStep(tx, ownerId, id, step);
        return this.get(ownerId, id, tx);
      }),
      CONFLICTS,
    );
  }

  edit(ownerId: string, id: string, version: number, edit: EditSequence): Promise<SequenceAnswer> {
    return orConflict(
      this.db.transaction(async (tx) => {
        if (edit.isDefault) {
          await tx.query(
            `UPDATE sequence SET is_default = false, version = version + 1
              WHERE owner_id = $1 AND is_default AND id <> $2`,
            [ownerId, id],
          );
        }
        const changed = await affected(
          tx,
          `UPDATE sequence SET name = coalesce($4, name), approval = coalesce($5, approval),
                  "window" = coalesce($6::jsonb, "window"), is_default = is_default OR $7, version = version + 1
            WHERE owner_id = $1 AND id = $2 AND version = $3`,
          [
            ownerId,
            id,
            version,
            edit.name ?? null,
            edit.approval ?? null,
            edit.window ? JSON.stringify(edit.window) : null,
            edit.isDefault ?? false,
          ],
        );
        const now = await this.get(ownerId, id, tx);
        if (changed === 0) throw stale('This sequence');
        if (edit.approval === 'each') await this.askAgain(tx, ownerId, id);
        return now;
      }),
      CONFLICTS,
    );
  }

  /** What the sequence said yes to and has not left is looked at at once: it goes back to the owner (`decide`). */
  private async askAgain(tx: Db, ownerId: string, id: string): Promise<void> {
    await tx.query(
      `UPDATE message SET next_at = $3, version = version + 1
        WHERE owner_id = $1 AND state = 'approved' AND approved_by = 'sequence' AND next_at > $3
          AND enrollment_id IN (SELECT id FROM enrollment WHERE owner_id = $1 AND sequence_id = $2)`,
      [ownerId, id, this.clock.now()],
    );
  }

  async remove(ownerId: string, id: string, version: number): Promise<void> {
    await this.db.transaction(async (tx) => {
      const found = await this.get(ownerId, id, tx);
      if (found.isDefault)
        throw new AppError('conflict', 'this is the default sequence; make another one it first');
      const used = await row(
        tx,
        `SELECT 1 FROM enrollment WHERE owner_id = $1 AND sequence_id = $2
         UNION ALL SELECT 1 FROM event WHERE owner_id = $1 AND sequence_id = $2 LIMIT 1`,
        [ownerId, id],
      );
      if (used)
        throw new AppError(
          'conflict',
          `"${found.name}" is in use: people go through it, or an event names it`,
        );
      const gone = await affected(
        tx,
        `DELETE FROM sequence WHERE owner_id = $1 AND id = $2 AND version = $3`,
        [ownerId, id, version],
      );
      if (gone === 0) throw stale('This sequence');
    });
  }

  addStep(ownerId: string, sequenceId: string, made: CreateStep): Promise<StepAnswer> {
    return orConflict(
      this.db.transaction(async (tx) => {
        await this.get(ownerId, sequenceId, tx);
        return this.insertStep(tx, ownerId, sequenceId, made);
      }),
      CONFLICTS,
    );
  }

  /** The kind stays: a follow-up that became a first would greet people as new. */
  editStep(
    ownerId: string,
    sequenceId: string,
    id: string,
    version: number,
    edit: EditStep,
  ): Promise<StepAnswer> {
    return orConflict(
      this.db.transaction(async (tx) => {
        if (edit.templateId) await this.needTemplate(tx, ownerId, edit.templateId);
        const [changed] = await rows<StepAnswer>(
          tx,
          `UPDATE step SET position = coalesce($5, position), offset_days = coalesce($6, offset_days),
                  spread_days = coalesce($7, spread_days), ask_after_days = CASE WHEN $8 THEN $9 ELSE ask_after_days END,
                  template_id = coalesce($10, template_id), version = version + 1
            WHERE owner_id = $1 AND sequence_id = $2 AND id = $3 AND version = $4 RETURNING ${STEP}`,
          [
            ownerId,
            sequenceId,
            id,
            version,
            edit.position ?? null,
            edit.offsetDays ?? null,
            edit.spreadDays ?? null,
            edit.askAfterDays !== undefined,
            edit.askAfterDays ?? null,
            edit.templateId ?? null,
          ],
        );
        if (changed) return changed;
        await this.needStep(tx, ownerId, sequenceId, id);
        throw stale('This step');
      }),
      CONFLICTS,
    );
  }

  async removeStep(ownerId: string, sequenceId: string, id: string, version: number): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.needStep(tx, ownerId, sequenceId, id);
      const used = await row(
        tx,
        `SELECT 1 FROM message WHERE owner_id = $1 AND step_id = $2
         UNION ALL SELECT 1 FROM enrollment WHERE owner_id = $1 AND sequence_id = $3 AND next_step_id = $2
           AND state IN ('active', 'paused') LIMIT 1`,
        [ownerId, id, sequenceId],
      );
      if (used)
        throw new AppError(
          'conflict',
          'this step is in use: messages were written for it, or people stand at it',
        );
      const gone = await affected(tx, `DELETE FROM step WHERE owner_id = $1 AND id = $2 AND version = $3`, [
        ownerId,
        id,
        version,
      ]);
      if (gone === 0) throw stale('This step');
    });
  }

  private async insertStep(
    tx: Db,
    ownerId: string,
    sequenceId: string,
    made: CreateStep,
  ): Promise<StepAnswer> {
    await this.needTemplate(tx, ownerId, made.templateId);
    const [step] = await rows<StepAnswer>(
      tx,
      `INSERT INTO step (id, owner_id, created_at, sequence_id, position, kind, offset_days, spread_days, ask_after_days,
                         template_id)
       VALUES ($1, $2, $3, $4,
               coalesce($5, (SELECT coalesce(max(position), 0) + 1 FROM step WHERE owner_id = $2 AND sequence_id = $4)),
               $6, $7, $8, $9, $10) RETURNING ${STEP}`,
      [
        newId(),
        ownerId,
        this.clock.now(),
        sequenceId,
        made.position ?? null,
        made.kind,
        made.offsetDays,
        made.spreadDays,
        made.askAfterDays,
        made.templateId,
      ],
    );
    if (!step) throw new Error('the step was not inserted');
    return step;
  }

  private async needTemplate(db: Db, ownerId: string, id: string): Promise<void> {
    const found = await row(db, `SELECT 1 FROM template WHERE owner_id = $1 AND id = $2`, [ownerId, id]);
    if (!found) throw new AppError('unprocessable', `templateId: there is no template ${id}`);
  }

  private async needStep(db: Db, ownerId: string, sequenceId: string, id: string): Promise<void> {
    const found = await row(db, `SELECT 1 FROM step WHERE owner_id = $1 AND sequence_id = $2 AND id = $3`, [
      ownerId,
      sequenceId,
      id,
    ]);
    if (!found) throw new AppError('not-found', `there is no step ${id} in the sequence ${sequenceId}`);
  }
}

const SEQUENCE_SQL = `
SELECT s.id, s.name, s.is_default, s.approval, s."window", s.version,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'position', t.position, 'kind', t.kind,
                   'offsetDays', t.offset_days, 'spreadDays', t.spread_days, 'askAfterDays', t.ask_after_days,
                   'templateId', t.template_id, 'version', t.version) ORDER BY t.position)
                   FROM step t WHERE t.owner_id = s.owner_id AND t.sequence_id = s.id), '[]') AS steps
  FROM sequence s`;
