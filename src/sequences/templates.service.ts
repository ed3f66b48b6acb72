import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { templateProblem, type TemplateParagraph } from '../core/compose.js';
import { BIRTHDAY_TEMPLATE } from '../core/default-sequence.js';
import { newId } from '../database/ids.js';
import { affected, row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import type { PageQuery } from '../http/page.js';
import { orConflict } from './conflicts.js';
import type { CreateTemplate, EditTemplate, TemplateAnswer } from './sequences.schemas.js';

const COLUMNS = 'id, name, language, subject, paragraphs, version';
const CONFLICTS = { template_name_key: 'another template has this name; choose another one' };

/** Templates: words with gaps. Taken only when they parse and claim nothing that they do not ask for (law 4). */
@Injectable()
export class TemplatesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  list(ownerId: string, { limit, cursor }: PageQuery): Promise<TemplateAnswer[]> {
    return rows<TemplateAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM template WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [ownerId, cursor ?? null, limit + 1],
    );
  }

  async get(ownerId: string, id: string): Promise<TemplateAnswer> {
    const found = await row<TemplateAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM template WHERE owner_id = $1 AND id = $2`,
      [ownerId, id],
    );
    if (!found) throw new AppError('not-found', `there is no template ${id}`);
    return found;
  }

  async create(ownerId: string, made: CreateTemplate): Promise<TemplateAnswer> {
    refuseBroken(made.subject, made.paragraphs);
    const [template] = await orConflict(
      rows<TemplateAnswer>(
        this.db,
        `INSERT INTO template (id, owner_id, created_at, name, language, subject, paragraphs)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
        [
          newId(),
          ownerId,
          this.clock.now(),
          made.name,
          made.language,
          made.subject,
          JSON.stringify(made.paragraphs),
        ],
      ),
      CONFLICTS,
    );
    if (!template) throw new Error('the template was not inserted');
    return template;
  }

  async edit(ownerId: string, id: string, version: number, edit: EditTemplate): Promise<TemplateAnswer> {
    const before = await this.get(ownerId, id);
    if (edit.name !== undefined && edit.name !== before.name) refuseBirthday(before, 'renamed');
    refuseBroken(
      edit.subject ?? before.subject,
      edit.paragraphs ?? (before.paragraphs as TemplateParagraph[]),
    );
    const [changed] = await orConflict(
      rows<TemplateAnswer>(
        this.db,
        `UPDATE template SET name = coalesce($4, name), language = coalesce($5, language),
                subject = coalesce($6, subject), paragraphs = coalesce($7::jsonb, paragraphs), version = version + 1
          WHERE owner_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
        [
          ownerId,
          id,
          version,
          edit.name ?? null,
          edit.language ?? null,
          edit.subject ?? null,
          edit.paragraphs ? JSON.stringify(edit.paragraphs) : null,
        ],
      ),
      CONFLICTS,
    );
    if (!changed) throw stale('This template');
    return changed;
  }

  async remove(ownerId: string, id: string, version: number): Promise<void> {
    await this.db.transaction(async (tx) => {
      refuseBirthday(await this.get(ownerId, id), 'removed');
      const used = await row<{ name: string }>(
        tx,
        `SELECT q.name FROM step s JOIN sequence q ON q.id = s.sequence_id
          WHERE s.owner_id = $1 AND s.template_id = $2 LIMIT 1`,
        [ownerId, id],
      );
      if (used) throw new AppError('conflict', `this template is in use by a step of "${used.name}"`);
      const gone = await affected(
        tx,
        `DELETE FROM template WHERE owner_id = $1 AND id = $2 AND version = $3`,
        [ownerId, id, version],
      );
      if (gone === 0) throw stale('This template');
    });
  }
}

function refuseBroken(subject: string, paragraphs: TemplateParagraph[]): void {
  const problem = templateProblem({ subject, paragraphs });
  if (problem !== null) throw new AppError('unprocessable', problem);
}

function refuseBirthday(template: TemplateAnswer, what: string): void {
  if (template.name !== BIRTHDAY_TEMPLATE) return;
  throw new AppError(
    'conflict',
    `the template "${BIRTHDAY_TEMPLATE}" is found by its name and cannot be ${what}`,
  );
}
