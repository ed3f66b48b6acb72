import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { daysBetween } from '../core/schedule.js';
import { isZone } from '../core/zone.js';
import { zoneOf } from '../core/zones.js';
import { appendAudit } from '../database/append.js';
import { newId } from '../database/ids.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import type { CreateEvent, EditEvent, EventView } from './events.schemas.js';

/** Whoever connected during the event's days has met there: more days than this are a slip of the pen. */
const LONGEST_DAYS = 60;

const COLUMNS = `id, name, starts_on::text, ends_on::text, zone, city, sequence_id, version, created_at`;

/** The register of events. */
@Injectable()
export class EventsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  list(ownerId: string, page: { limit: number; cursor?: string }): Promise<EventView[]> {
    return rows<EventView>(
      this.db,
      `SELECT ${COLUMNS} FROM event WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2)
        ORDER BY id LIMIT $3`,
      [ownerId, page.cursor ?? null, page.limit + 1],
    );
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<EventView> {
    return (await this.byId(this.db, ownerId, id)) ?? unknownEvent(id);
  }

  /** By id, or by name whatever its case; the command line's way. @throws AppError not-found, conflict */
  async find(ownerId: string, nameOrId: string): Promise<EventView> {
    const found = await rows<EventView>(
      this.db,
      `SELECT ${COLUMNS} FROM event WHERE owner_id = $1 AND (id::text = lower($2) OR lower(name) = lower($2))
        ORDER BY starts_on DESC`,
      [ownerId, nameOrId.trim()],
    );
    const [only, ...others] = found;
    if (!only) return unknownEvent(nameOrId);
    if (others.length > 0) {
      const which = found.map((one) => `${one.startsOn} (${one.id})`).join(', ');
      throw new AppError(
        'conflict',
        `there are ${found.length} events named "${only.name}": ${which}; use the id`,
      );
    }
    return only;
  }

  /** @throws AppError invalid (dates), not-found (sequence), conflict (name and start are taken) */
  async create(ownerId: string, wanted: CreateEvent): Promise<EventView> {
    checkDates(wanted);
    await this.checkSequence(ownerId, wanted.sequenceId ?? null);
    return (await this.insert(ownerId, wanted)) ?? taken(wanted);
  }

  /** The event of that name and start, made where there is none: for imports that are repeated. */
  async ensure(ownerId: string, wanted: CreateEvent): Promise<EventView> {
    checkDates(wanted);
    const made = await this.insert(ownerId, wanted);
    if (made) return made;
    const there = await row<EventView>(
      this.db,
      `SELECT ${COLUMNS} FROM event WHERE owner_id = $1 AND lower(name) = lower($2) AND starts_on = $3::date`,
      [ownerId, wanted.name, wanted.startsOn],
    );
    return there ?? unknownEvent(wanted.name);
  }

  /** @throws AppError stale, invalid, not-found, conflict */
  async edit(ownerId: string, id: string, version: number, edit: EditEvent): Promise<EventView> {
    const before = await this.get(ownerId, id);
    const after = { ...before, ...edit };
    checkDates(after);
    await this.checkSequence(ownerId, after.sequenceId);
    return this.db.transaction(async (tx) => {
      const clash = await row(
        tx,
        `SELECT 1 FROM event WHERE owner_id = $1 AND lower(name) = lower($2) AND starts_on = $3::date AND id <> $4`,
        [ownerId, after.name, after.startsOn, id],
      );
      if (clash) return taken(after);
      const edited = await row<EventView>(
        tx,
        `UPDATE event SET name = $4, starts_on = $5::date, ends_on = $6::date, zone = $7, city = $8, sequence_id = $9,
                          version = version + 1
          WHERE owner_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
        [
          ownerId,
          id,
          version,
          after.name,
          after.startsOn,
          after.endsOn,
          after.zone,
          after.city,
          after.sequenceId,
        ],
      );
      if (!edited) throw stale('The event');
      await appendAudit(tx, {
        ownerId,
        at: this.clock.now(),
        who: 'owner',
        what: 'edited',
        subjectKind: 'event',
        subjectId: id,
        detail: edit,
      });
      return edited;
    });
  }

  private byId(db: Db, ownerId: string, id: string): Promise<EventView | null> {
    return row<EventView>(db, `SELECT ${COLUMNS} FROM event WHERE owner_id = $1 AND id = $2`, [ownerId, id]);
  }

  private async insert(ownerId: string, wanted: CreateEvent): Promise<EventView | null> {
    const zone = wanted.zone ?? (await this.zoneFor(ownerId, wanted.city ?? undefined));
    return row<EventView>(
      this.db,
      `INSERT INTO event (id, owner_id, created_at, name, starts_on, ends_on, zone, city, sequence_id)
       VALUES ($1, $2, $3, $4, $5::date, $6::date, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [
        newId(),
        ownerId,
        this.clock.now(),
        wanted.name,
        wanted.startsOn,
        wanted.endsOn,
        zone,
        wanted.city ?? null,
        wanted.sequenceId ?? null,
      ],
    );
  }

  /** The zone of the city, where it is a known one; else the owner's. */
  private async zoneFor(ownerId: string, city: string | undefined): Promise<string> {
    const owner = await row<{ zone: string }>(this.db, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
    const ownerZone = owner && isZone(owner.zone) ? owner.zone : 'UTC';
    return zoneOf({ city, ownerZone }).zone;
  }

  private async checkSequence(ownerId: string, sequenceId: string | null): Promise<void> {
    if (sequenceId === null) return;
    const there = await row(this.db, `SELECT 1 FROM sequence WHERE owner_id = $1 AND id = $2`, [
      ownerId,
      sequenceId,
    ]);
    if (!there) throw new AppError('not-found', `sequenceId: there is no sequence ${sequenceId}`);
  }
}

function unknownEvent(which: string): never {
  throw new AppError('not-found', `there is no event "${which}"`);
}

function taken({ name, startsOn }: { name: string; startsOn: string }): never {
  throw new AppError('conflict', `there is an event "${name}" that starts on ${startsOn} already`);
}

function checkDates({ startsOn, endsOn }: { startsOn: string; endsOn: string }): void {
  const days = daysBetween(startsOn, endsOn);
  if (days < 0) throw new AppError('invalid', `endsOn: ${endsOn} lies before the start on ${startsOn}`);
  if (days >= LONGEST_DAYS) {
    throw new AppError(
      'invalid',
      `endsOn: an event lasts ${LONGEST_DAYS} days at most, this one ${days + 1}`,
    );
  }
}
