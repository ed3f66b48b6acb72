import fc from 'fast-check';
import { decisionRows } from '../../test/decision-rows.js';
import type { DecisionRows } from './decide.js';
import { goesByItself, leavesAt, review, reviewMorning, split, type ReviewSubject } from './review.js';
import { DEFAULT_WINDOW, isInWindow, localDate } from './schedule.js';

const FRIDAY = new Date('2026-11-20T09:00:00Z');
const SATURDAY = new Date('2026-11-21T09:00:00Z');
const MONDAY = new Date('2026-11-23T09:00:00Z');

/** Not yet approved, and due on a Saturday. */
function rowsWith(
  over: Partial<DecisionRows> = {},
  message: Partial<DecisionRows['message']> = {},
): DecisionRows {
  return decisionRows({ ...over, message: { dueAt: SATURDAY, approvedBy: null, ...message } });
}

const template = {
  id: 't',
  language: 'en',
  subject: 'After {{ event.name }}',
  paragraphs: [
    { id: 'greeting', text: 'Hello {{ contact.given }},', needs: [] },
    {
      id: 'met',
      text: 'it was good to meet you{% if event.when %} {{ event.when }}{% endif %}.',
      needs: ['met' as const],
    },
    { id: 'said', text: 'What you told me stayed with me: {{ said.text }}.', needs: ['said' as const] },
    { id: 'promise', text: 'I promised to {{ promise.text }}.', needs: ['promise' as const] },
  ],
};
const said = {
  kind: 'fact' as const,
  id: 'f',
  support: 'said' as const,
  words: 'the team moves',
  occurrence: '',
  saidAt: FRIDAY,
};
const promise = {
  kind: 'promise' as const,
  id: 'p',
  support: 'promise' as const,
  words: 'send it',
  occurrence: '',
  saidAt: FRIDAY,
};

function subjectWith(over: Partial<ReviewSubject> = {}): ReviewSubject {
  return {
    kind: 'first',
    channel: 'mail',
    occursOn: null,
    askAfterDays: 14,
    released: [],
    template,
    owner: { id: 'o', name: 'Ada Lindqvist' },
    contact: { id: 'c', given: 'Grace', full: 'Grace Hopper', company: null },
    event: { id: 'e', name: 'DevConf 2026', endsOn: '2026-11-20' },
    encounter: { id: 'x', kind: 'met', again: false },
    reasons: [said],
    threadSubject: null,
    kept: null,
    ...over,
  };
}

describe('a planned message becomes a draft, or says why not', () => {
  it('says "last week" when it leaves on Monday, however early it is written', () => {
    const reviewed = review(subjectWith(), rowsWith(), SATURDAY);
    expect(reviewed).toMatchObject({ kind: 'draft', draft: { subject: 'After DevConf 2026' } });
    if (reviewed.kind !== 'draft') return;
    expect(reviewed.draft.text).toContain('good to meet you last week.');
    expect(reviewed.draft.validUntil).toEqual(new Date('2026-11-29T23:00:00Z'));
  });

  it('does not repeat words of time that will be false when it leaves', () => {
    const reviewed = review(
      subjectWith({ reasons: [{ ...said, words: 'her talk is tomorrow' }] }),
      rowsWith(),
      SATURDAY,
    );
    expect(reviewed).toMatchObject({
      kind: 'withhold',
      code: 'no-particular',
      why: expect.stringContaining('no longer true'),
    });
  });

  it('asks first when it would leave too late, and goes on once released', () => {
    const late = new Date('2026-12-07T09:00:00Z');
    expect(review(subjectWith(), rowsWith({}, { dueAt: late }), SATURDAY)).toMatchObject({
      kind: 'withhold',
      code: 'late',
    });
    expect(review(subjectWith({ released: ['late'] }), rowsWith({}, { dueAt: late }), SATURDAY).kind).toBe(
      'draft',
    );
    expect(
      review(
        subjectWith({ kind: 'follow-up' }),
        rowsWith({}, { dueAt: late, purpose: 'follow-up' }),
        SATURDAY,
      ).kind,
    ).toBe('draft');
  });

  it('lets a nudge go that speaks of the promise owed, and no other', () => {
    const owing = rowsWith({ owed: { promises: 1, answers: 0, overdue: 0 } });
    expect(review(subjectWith({ reasons: [said, promise] }), owing, SATURDAY).kind).toBe('draft');
    expect(review(subjectWith(), owing, SATURDAY)).toMatchObject({ kind: 'wait', code: 'owed' });
    const silent = { ...template, paragraphs: template.paragraphs.slice(0, 3) };
    const unspoken = subjectWith({ reasons: [said, promise], template: silent });
    expect(review(unspoken, owing, SATURDAY)).toMatchObject({ kind: 'wait', code: 'owed' });
  });

  it('writes a mail ahead of time, and puts a task before the owner only when it may be said', () => {
    expect(review(subjectWith(), rowsWith({}, { dueAt: MONDAY }), SATURDAY).kind).toBe('draft');
    const task = rowsWith({ mailbox: null }, { dueAt: MONDAY, channel: 'task' });
    expect(review(subjectWith({ channel: 'task' }), task, SATURDAY)).toMatchObject({
      kind: 'wait',
      until: MONDAY,
    });
    expect(review(subjectWith({ channel: 'task' }), task, MONDAY)).toMatchObject({
      kind: 'draft',
      draft: { subject: '' },
    });
  });

  it('names the place of a broken template', () => {
    const broken = {
      ...template,
      paragraphs: [{ id: 'oops', text: '{{ nobody.knows }}', needs: [] }, ...template.paragraphs],
    };
    expect(review(subjectWith({ template: broken }), rowsWith(), SATURDAY)).toMatchObject({
      kind: 'withhold',
      code: 'broken-template',
      why: expect.stringContaining('paragraph "oops"'),
    });
    expect(review(subjectWith({ template: null }), rowsWith(), SATURDAY)).toMatchObject({
      code: 'broken-template',
    });
  });

  it('reminds of a birthday without template or address, even of someone heard of just now', () => {
    const reviewed = review(
      subjectWith({
        kind: 'birthday-reminder',
        channel: 'task',
        occursOn: '2026-12-04',
        template: null,
        event: null,
      }),
      rowsWith(
        { mailbox: null, touches: [FRIDAY] },
        { purpose: 'birthday-reminder', channel: 'task', occursOn: '2026-12-04' },
      ),
      SATURDAY,
    );
    expect(reviewed).toMatchObject({ kind: 'draft', draft: { reasons: [{ kind: 'birthday', id: 'c' }] } });
    if (reviewed.kind !== 'draft') return;
    expect(reviewed.draft.text).toMatch(/^It is Grace Hopper's birthday on Friday 4 December\./);
    expect(reviewed.draft.validUntil).toEqual(new Date('2026-12-04T23:00:00Z'));
  });

  it("keeps the owner's own words, or hands them back when they will be false", () => {
    const kept = {
      subject: 'Hello',
      text: 'Mine.',
      paragraphs: [],
      reasons: [said],
      validUntil: null,
      score: 1,
    };
    expect(review(subjectWith({ kept }), rowsWith(), SATURDAY)).toEqual({ kind: 'draft', draft: kept });
    const stale = { ...kept, validUntil: MONDAY };
    expect(review(subjectWith({ kept: stale }), rowsWith({}, { dueAt: MONDAY }), SATURDAY)).toMatchObject({
      kind: 'withhold',
      code: 'stale-words',
    });
  });

  it('lets the next best carry it where the template has no word for the best', () => {
    const news = { ...said, id: 'k', support: 'gratitude' as const, words: 'the tip' };
    const reviewed = review(subjectWith({ reasons: [news, said] }), rowsWith(), SATURDAY);
    expect(reviewed).toMatchObject({ kind: 'draft', draft: { reasons: [{ id: 'f' }] } });
  });

  it('takes the subject of the thread it goes on in', () => {
    const followUp = subjectWith({ kind: 'follow-up', threadSubject: 'Re: After DevConf 2026' });
    expect(review(followUp, rowsWith({}, { purpose: 'follow-up' }), SATURDAY)).toMatchObject({
      draft: { subject: 'Re: After DevConf 2026' },
    });
  });
});

describe('the day of the owner', () => {
  it('looks again at seven in the morning, also where the clocks change in the night', () => {
    expect(reviewMorning(new Date('2026-10-24T20:00:00Z'), 'Europe/Berlin')).toEqual(
      new Date('2026-10-25T06:00:00Z'),
    );
    expect(reviewMorning(new Date('2026-11-21T23:30:00Z'), 'Europe/Berlin')).toEqual(
      new Date('2026-11-23T06:00:00Z'),
    );
  });

  it('puts the most particular before the owner, birthdays beside them', () => {
    const draft = (score: number, kind: 'first' | 'birthday' = 'first') => ({ kind, score, dueAt: MONDAY });
    const { before, later } = split([draft(1), draft(3), draft(2), draft(0, 'birthday')], 2);
    expect(before.map(({ score }) => score)).toEqual([0, 3, 2]);
    expect(later.map(({ score }) => score)).toEqual([1]);
    expect(split([draft(1)], -3).later).toHaveLength(1);
  });

  it('lets a trusted sequence go by itself, but no follow-up of a mailbox without ears and no third', () => {
    const first = {
      kind: 'first',
      channel: 'mail',
      approval: 'after-ten',
      approvedBefore: 10,
      mailboxListens: false,
    } as const;
    expect(goesByItself(first)).toBe(true);
    expect(goesByItself({ ...first, approvedBefore: 9 })).toBe(false);
    expect(goesByItself({ ...first, approval: 'each' })).toBe(false);
    expect(goesByItself({ ...first, kind: 'follow-up' })).toBe(false);
    expect(goesByItself({ ...first, kind: 'follow-up', mailboxListens: true })).toBe(true);
    expect(goesByItself({ ...first, kind: 'by-hand', mailboxListens: true })).toBe(false);
  });

  it('never reckons a leaving before it is due, nor outside the window', () => {
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
        (dueAt, now, zone) => {
          const rows = rowsWith({}, { dueAt });
          const at = leavesAt({ ...rows, contact: { ...rows.contact, zone } }, now);
          expect(at >= now && at >= dueAt).toBe(true);
          expect(isInWindow(at, zone, DEFAULT_WINDOW)).toBe(true);
          expect(localDate(reviewMorning(now, zone), zone) > localDate(now, zone)).toBe(true);
        },
      ),
    );
  });
});
