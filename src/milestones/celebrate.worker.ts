import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { monthDaysAhead, nextBirthday } from '../core/milestones.js';
import { daysBetween, EVERY_DAY_WINDOW, localDate, nextInWindow, startOfDay } from '../core/schedule.js';
import { lockPersons, planMessage } from '../database/append.js';
import { firstMailbox, reachOf } from '../database/reach.js';
import { personIds } from '../database/persons.js';
import { rows, type Db } from '../database/rows.js';
import { Log } from '../log.js';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Queue } from '../queue/queue.service.js';

/** A wish is drafted this many days ahead, so that the owner has time to read it. */
export const DAYS_AHEAD = 2;

const SAME_YEAR_DAYS = 180;

interface Born {
  id: string;
  ownerId: string;
  birthday: string;
  zone: string;
  /** Inner or active circle, and contact in both directions. */
  close: boolean;
  /** Local dates of occurrences that have a message. */
  noticed: string[];
  /** Local dates for which a wish went out, or may have. */
  wished: string[];
}

/**
 * Notices birthdays. Only a person of the inner and active circles with whom words went both ways, and who has an address
 * of their own, gets a mail; for everyone else the owner gets a reminder.
 */
@Injectable()
@Handles('celebrate')
export class CelebrateWorker implements JobHandler<'celebrate'> {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly log: Log,
  ) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    const born = await rows<Born>(this.db, BORN_SQL, [monthDaysAhead(now, DAYS_AHEAD)]);
    const due = born
      .map((one) => ({ ...one, on: occurrence(one, now) }))
      .filter((one): one is Celebrated => one.on !== null && isNew(one, one.on));
    if (due.length === 0) return;
    for (const ownerId of new Set(due.map((one) => one.ownerId))) {
      const theirs = due.filter((one) => one.ownerId === ownerId);
      await this.db.transaction((tx) => celebrate(tx, ownerId, theirs, now));
    }
    try {
      await this.queue.wake('compose', {});
    } catch (error) {
      this.log.warn({ err: String(error) }, 'compose was not woken; the next minute will');
    }
  }
}

type Celebrated = Born & { on: string };

/** A wish comes once a year: a date that is corrected after it brings no second one. */
function isNew({ noticed, wished }: Born, on: string): boolean {
  return !noticed.includes(on) && !wished.some((day) => Math.abs(daysBetween(day, on)) < SAME_YEAR_DAYS);
}

function occurrence({ birthday, zone }: Born, now: Date): string | null {
  const next = nextBirthday(birthday, now, zone);
  return next && daysBetween(localDate(now, zone), next.on) <= DAYS_AHEAD ? next.on : null;
}

async function celebrate(tx: Db, ownerId: string, all: readonly Celebrated[], now: Date): Promise<void> {
  const ids = all.map((one) => one.id);
  await lockPersons(tx, ownerId, ids);
  const mailboxId = await firstMailbox(tx, ownerId);
  const reaches = await reachOf(tx, ownerId, ids);
  for (const one of all) {
    const reach = one.close && mailboxId ? reaches.get(one.id) : undefined;
    const mail = reach && !reach.shared && !reach.taken && !reach.suppressed ? reach : null;
    await planMessage(tx, {
      ownerId,
      contactId: one.id,
      kind: mail ? 'birthday' : 'birthday-reminder',
      channel: mail ? 'mail' : 'task',
      enrollmentId: null,
      stepId: null,
      eventId: null,
      subjectKey: 'birthday',
      occursOn: one.on,
      mailboxId: mail ? mailboxId : null,
      toAddress: mail?.address ?? null,
      toCanonical: mail?.canonical ?? null,
      dueAt: nextInWindow(startOfDay(one.on, one.zone), one.zone, EVERY_DAY_WINDOW),
      now,
    });
  }
}

/**
 * $1 month-days. Read by `contact_birthday_idx`. Left out: who wants no congratulations, who asked to stop or complained,
 * and the people of an owner who stopped everything.
 */
export const BORN_SQL = `
SELECT c.id, c.owner_id, c.birthday, c.zone,
       c.circle IN ('inner', 'active')
         AND (EXISTS (SELECT 1 FROM message x WHERE x.owner_id = c.owner_id AND x.contact_id = ANY (p.ids)
                         AND x.state = 'sent' AND NOT x.sandbox AND x.kind <> 'birthday-reminder')
              OR EXISTS (SELECT 1 FROM interaction n WHERE n.owner_id = c.owner_id AND n.contact_id = ANY (p.ids)
                            AND n.kind = 'mail-by-hand'))
         AND EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = c.owner_id AND i.contact_id = ANY (p.ids)
                        AND i.kind = 'reply') AS close,
       ARRAY (SELECT x.occurs_on::text FROM message x WHERE x.owner_id = c.owner_id AND x.contact_id = ANY (p.ids)
                 AND x.subject_key = 'birthday' AND x.kind IN ('birthday', 'birthday-reminder')) AS noticed,
       ARRAY (SELECT x.occurs_on::text FROM message x WHERE x.owner_id = c.owner_id AND x.contact_id = ANY (p.ids)
                 AND x.kind = 'birthday' AND x.state IN ('sending', 'unknown', 'sent')) AS wished
  FROM contact c
  ${personIds('c.id')}
 WHERE right(c.birthday, 5) = ANY ($1::text[]) AND c.birthday IS NOT NULL AND c.merged_into IS NULL
   AND c.hidden_at IS NULL AND c.do_not_contact_at IS NULL AND NOT c.no_congratulations
   AND NOT EXISTS (SELECT 1 FROM owner o WHERE o.id = c.owner_id AND o.stopped_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = c.owner_id AND i.contact_id = ANY (p.ids)
                      AND i.kind IN ('opt-out', 'complaint'))
   AND NOT EXISTS (SELECT 1 FROM identity a
                     JOIN suppression u ON u.owner_id = c.owner_id AND u.address = a.canonical
                      AND u.scope = 'congratulations' AND u.lifted_at IS NULL
                    WHERE a.owner_id = c.owner_id AND a.contact_id = ANY (p.ids) AND a.kind = 'email')
 ORDER BY c.owner_id, c.id`;
