import { Temporal } from 'temporal-polyfill';

/** Whether the text names an IANA zone. A fixed offset such as '+02:00' is none: it knows no daylight saving. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
