import fc from 'fast-check';
import { awayUntil, latestAway } from './away.js';
import { localDate } from './schedule.js';

const AT = new Date('2026-11-24T09:00:00Z');
const BERLIN = 'Europe/Berlin';
const away = (returnOn: string | null, subkind: string | null = 'away') => ({ subkind, returnOn, at: AT });

describe('how long an auto-reply lets us wait', () => {
  it('waits three working days after the day of return, where they live', () => {
    // Back on Monday 7 December: Thursday morning, 08:00.
    expect(awayUntil(away('2026-12-07'), BERLIN)).toEqual(new Date('2026-12-10T07:00:00Z'));
    expect(awayUntil(away('2026-12-07'), 'Pacific/Auckland')).toEqual(new Date('2026-12-09T19:00:00Z'));
  });

  it('passes over weekends and public holidays', () => {
    // Back on Thursday 24 December; Christmas on the 25th and 26th, then a weekend.
    expect(localDate(awayUntil(away('2026-12-24'), BERLIN)!, BERLIN)).toBe('2026-12-30');
  });

  it('waits two weeks where no day is named, or one that cannot be meant', () => {
    const twoWeeks = new Date('2026-12-08T09:00:00Z');
    expect(awayUntil(away(null), BERLIN)).toEqual(twoWeeks);
    expect(awayUntil(away('2036-12-07'), BERLIN)).toEqual(twoWeeks);
    expect(awayUntil(away('2026-02-31'), BERLIN)).toEqual(twoWeeks);
  });

  it.each(['received', 'left'])('does not wait for what is no absence: %s', (subkind) => {
    expect(awayUntil(away('2026-12-07', subkind), BERLIN)).toBeNull();
  });

  it('takes the latest of several', () => {
    const all = [away('2026-12-07'), away('2026-12-14'), away(null, 'received')];
    expect(latestAway(all, BERLIN)).toEqual(awayUntil(away('2026-12-14'), BERLIN));
    expect(latestAway([], BERLIN)).toBeNull();
  });

  it('never ends before the day of return is over', () => {
    const days = fc.integer({ min: 0, max: 360 });
    fc.assert(
      fc.property(days, fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Kolkata'), (ahead, zone) => {
        const returnOn = new Date(AT.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
        expect(localDate(awayUntil(away(returnOn), zone)!, zone) > returnOn).toBe(true);
      }),
    );
  });
});
