import { afterWorkingDays, DEFAULT_WINDOW, localDate } from './schedule.js';

/** A promise without a day is due soon, or it is forgotten: in working days of the owner's zone. */
export const PROMISE_DAYS = 5;

/** The local ISO date on which a promise made now is due where none was named. */
export function promiseDueOn(now: Date, ownerZone: string): string {
  const due = afterWorkingDays({
    from: localDate(now, ownerZone),
    days: PROMISE_DAYS,
    zone: ownerZone,
    window: DEFAULT_WINDOW,
    spread: 0,
  });
  return localDate(due, ownerZone);
}
