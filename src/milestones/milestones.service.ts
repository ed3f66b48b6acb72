import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { monthDaysAhead, nextBirthday } from '../core/milestones.js';
import { daysBetween, localDate } from '../core/schedule.js';
import { rows } from '../database/rows.js';
import type { Upcoming } from './milestones.schemas.js';

interface Born {
  id: string;
  fullName: string;
  birthday: string;
  zone: string;
  circle: Upcoming['circle'];
}

/** The milestones in sight. Occurrences are derived from dates, never written. */
@Injectable()
export class MilestonesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Birthdays within `days` of today where each lives, the nearest first. */
  async upcoming(ownerId: string, days: number): Promise<Upcoming[]> {
    const now = this.clock.now();
    const born = await rows<Born>(
      this.db,
      `SELECT id, full_name, birthday, zone, circle FROM contact
        WHERE owner_id = $1 AND right(birthday, 5) = ANY ($2::text[]) AND birthday IS NOT NULL
          AND merged_into IS NULL AND hidden_at IS NULL`,
      [ownerId, monthDaysAhead(now, days)],
    );
    const found: Upcoming[] = [];
    for (const { id, fullName, birthday, zone, circle } of born) {
      const next = nextBirthday(birthday, now, zone);
      if (!next || daysBetween(localDate(now, zone), next.on) > days) continue;
      found.push({
        contactId: id,
        name: fullName,
        kind: 'birthday',
        on: next.on,
        turning: next.turning,
        zone,
        circle,
      });
    }
    return found.sort(
      (a, b) => compare(a.on, b.on) || compare(a.name, b.name) || compare(a.contactId, b.contactId),
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
