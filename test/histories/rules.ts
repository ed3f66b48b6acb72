/** What may leave, told once more and in another way than the service tells it: nothing of `src` is asked. */

/** One person as the owner sees them: contacts that were merged are one. */
export interface Person {
  ownerId: string;
  ids: readonly string[];
  /** Addresses, in lower case. */
  emails: readonly string[];
  zone: string;
  birthday: string | null;
  hidden: boolean;
}

/** A mail that a server of ours took. */
export interface Arrived {
  id: string;
  ownerId: string;
  contactId: string;
  to: string;
  /** The From address. */
  from: string;
  subject: string;
  text: string;
  kind: string;
  attempt: number;
  approvedBy: 'owner' | 'sequence' | null;
  inSequence: boolean;
  /** When the message was planned. */
  createdAt: Date;
  /** The step of the history at which it was seen first, and at which it arrived. */
  born: number;
  step: number;
  at: Date;
  occursOn: string | null;
  /** The owner said later that it had not gone out. */
  denied: boolean;
}

/** What was said at `step` of the history, about the contacts it was said of. Void: taken back since. */
interface Said {
  step: number;
  ownerId: string;
  contacts: readonly string[];
  void: boolean;
}

export interface Silence extends Said {
  /** The inbound mail it came of; null: the owner's word, or the way-out page. */
  inboundId: string | null;
  address: string;
  scope: string;
  /** Holds for whoever has chosen, at every address of theirs. */
  personal: boolean;
}
/** `ends`: a human, or a machine that says nobody is there, in the thread. `owes`: the owner an answer. */
export interface Heard extends Said {
  inboundId: string;
  kind: string;
  ends: boolean;
  owes: boolean;
  refuses: boolean;
  awayUntil: Date | null;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Days on which nothing is written, in the winter that the histories are about. */
const HOLIDAYS: Readonly<Record<string, readonly string[]>> = {
  'Europe/Berlin': ['2026-12-25', '2026-12-26', '2027-01-01', '2027-03-26', '2027-03-29'],
  'America/New_York': ['2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18'],
  'Asia/Tokyo': ['2026-11-23', '2027-01-01', '2027-01-11', '2027-02-11', '2027-02-23'],
};
const WEEKEND: Readonly<Record<string, readonly number[]>> = { 'Asia/Riyadh': [5, 6] };

/** As the clock on the wall there says. `weekday`: 0 is Sunday. */
export function wall(at: Date, zone: string): { date: string; minutes: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const minutes = Number(part('hour')) * 60 + Number(part('minute'));
  return { date, minutes, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() };
}

export function nextDate(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The third working day after the day of return; holidays, which make it later, are left out. */
export function settledOn(returnOn: string, zone: string): string {
  let date = returnOn;
  for (let left = 3; left > 0;) {
    date = nextDate(date, 1);
    if (!(WEEKEND[zone] ?? [0, 6]).includes(new Date(`${date}T00:00:00Z`).getUTCDay())) left -= 1;
  }
  return date;
}

/** Midnight there. */
export function startOf(date: string, zone: string): Date {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const { minutes, date: there } = wall(new Date(utc), zone);
  const ahead = there === date ? minutes : minutes - 24 * 60;
  return new Date(utc - ahead * 60_000);
}

export interface Caps {
  dailyCap: number;
  hourlyCap: number;
}

/** All that happened, as somebody writes it down who stands beside. */
export class Ledger {
  step = 0;
  people: Person[] = [];
  readonly arrived: Arrived[] = [];
  readonly silences: Silence[] = [];
  readonly heard: Heard[] = [];
  /** Contacts for whom the owner began or continued a sequence. */
  readonly begun: Said[] = [];
  readonly boundaries: (Said & { until: Date | null })[] = [];
  readonly byHand: (Said & { at: Date; mail: boolean })[] = [];
  readonly forgotten: (Said & { emails: readonly string[] })[] = [];
  readonly away: { ownerId: string; id: string; from: string; until: string; void: boolean }[] = [];
  readonly stopped = new Set<string>();
  /** Passing bounces, by message. */
  readonly cameBack = new Set<string>();
  /** A worker had marked them and was never seen again: they may have gone. */
  readonly lost = new Set<string>();
  /** What the owner said yes to, by message, as it was read. */
  readonly yes = new Map<string, { to: string; subject: string; text: string }>();
  /** When inbox and Sent of an owner were last read to their ends; empty: nobody has ears. */
  readonly readThrough = new Map<string, Date>();
  /** Owners whose sequences may go by themselves; the first one has said yes to ten mails before. */
  readonly trusting = new Set<string>();
  /** Messages whose end nobody knows, as of the step before. */
  unknown: { id: string; ownerId: string; contactId: string; to: string }[] = [];
  readonly owners = new Map<string, { zone: string; mailboxes: Map<string, Caps> }>();
  /** Local times at which a sequence may write, by owner. */
  readonly hours = new Map<string, { from: number; to: number }>();

  personOf(contactId: string): Person | undefined {
    return this.people.find(({ ids }) => ids.includes(contactId));
  }

  said(ownerId: string, contacts: readonly string[]): Said {
    return { step: this.step, ownerId, contacts, void: false };
  }

  /** Why this mail should never have left; empty when it was right. */
  wrongs(mail: Arrived): string[] {
    const person = this.personOf(mail.contactId);
    if (!person) return ['it went to somebody who is no contact any more'];
    return [
      ...this.#twice(mail, person),
      ...this.#notTheirs(mail, person),
      ...this.#afterStop(mail, person),
      ...this.#tooEarly(mail, person),
      ...this.#tooMuch(mail, person),
    ];
  }

  #about<T extends Said>(all: readonly T[], { ownerId }: Arrived, { ids }: Person): T[] {
    return all.filter(
      (one) => !one.void && one.ownerId === ownerId && one.contacts.some((id) => ids.includes(id)),
    );
  }

  /** They chose it themselves, and the address is still theirs. */
  #isOf({ contacts, address }: Silence, { ids, emails }: Person): boolean {
    return emails.includes(address) && contacts.some((id) => ids.includes(id));
  }

  /** Other mails that reached the person, or this address. */
  #others(mail: Arrived, { ids }: Person): Arrived[] {
    return this.arrived.filter(
      (one) =>
        one !== mail &&
        !one.denied &&
        one.ownerId === mail.ownerId &&
        (ids.includes(one.contactId) || one.to === mail.to),
    );
  }

  #twice(mail: Arrived, person: Person): string[] {
    const others = this.#others(mail, person);
    const own = others.filter(({ contactId }) => person.ids.includes(contactId));
    const said = own.filter(({ id }) => !this.cameBack.has(id));
    const wrong: string[] = [];
    if (others.some(({ id }) => id === mail.id)) wrong.push('law 1: this very message arrived before');
    if (this.lost.has(mail.id)) wrong.push('law 1: it may have gone before, and the owner has not said');
    if (said.some((one) => one.text === mail.text && one.subject === mail.subject)) {
      wrong.push('law 1: these words reached this person before');
    }
    if (mail.kind === 'first' && said.some(({ kind }) => kind === 'first')) {
      wrong.push('law 1: this person was greeted before');
    }
    if (mail.kind === 'birthday' && said.some(({ occursOn }) => occursOn === mail.occursOn && occursOn)) {
      wrong.push('law 1: they were congratulated on this day before');
    }
    return wrong;
  }

  #notTheirs(mail: Arrived, person: Person): string[] {
    const wrong: string[] = [];
    const yes = this.yes.get(mail.id);
    if (mail.approvedBy === 'sequence') {
      const mayGo = mail.kind === 'first' || (mail.kind === 'follow-up' && this.readThrough.size > 0);
      if (!mayGo) wrong.push('it went by itself, and may not');
      if (!this.trusting.has(mail.ownerId)) wrong.push('it went by itself, and the owner does not let it');
    } else if (!yes) wrong.push('the owner never said yes to it');
    else {
      if (yes.to.toLowerCase() !== mail.to) wrong.push(`it was approved for ${yes.to}`);
      if (!plain(mail.text).startsWith(plain(yes.text)))
        wrong.push(`its words are not those approved: "${yes.text}"`);
      if (!mail.subject.endsWith(yes.subject))
        wrong.push(`its subject is not the one approved: "${yes.subject}"`);
    }
    if (!this.owners.get(mail.ownerId)?.mailboxes.has(mail.from)) wrong.push(`it left from ${mail.from}`);
    if (mail.kind === 'birthday') {
      const { date } = wall(mail.at, person.zone);
      if (date !== mail.occursOn) wrong.push(`it is ${date} where they are, not ${mail.occursOn}`);
      if (person.birthday?.slice(-5) !== date.slice(-5)) wrong.push(`their birthday is ${person.birthday}`);
    }
    return wrong;
  }

  #afterStop(mail: Arrived, person: Person): string[] {
    const wrong: string[] = [];
    const heardAt = this.readThrough.get(mail.ownerId)?.getTime();
    if (mail.kind === 'follow-up' && heardAt !== undefined) {
      const age = mail.at.getTime() - heardAt;
      if (age > 10 * 60_000 || age < -60_000)
        wrong.push(`law 2: nobody had listened for ${age / 60_000} minutes`);
    }
    const { kind, to, ownerId } = mail;
    if (this.stopped.has(ownerId)) wrong.push('law 2: the owner has stopped everything');
    if (person.hidden) wrong.push('law 9: the import that knew them was undone');
    for (const one of this.forgotten) {
      if (!one.void && one.ownerId === ownerId && one.emails.includes(to)) wrong.push('they were forgotten');
    }
    for (const one of this.silences) {
      if (one.void || one.ownerId !== ownerId) continue;
      const holds = one.address === to || (one.personal && this.#isOf(one, person));
      const reaches =
        one.scope === 'everything' ||
        (one.scope === 'automatic' && kind !== 'by-hand') ||
        (one.scope === 'congratulations' && kind === 'birthday');
      if (holds && reaches) wrong.push(`law 2: ${one.address} wants no ${one.scope}, since step ${one.step}`);
    }
    const begun = Math.max(-1, ...this.#about(this.begun, mail, person).map(({ step }) => step));
    for (const one of this.#about(this.heard, mail, person)) {
      const told = `${one.kind} at step ${one.step}`;
      if (one.refuses) wrong.push(`law 2: they asked to stop (${told})`);
      if (one.ends && mail.inSequence && (one.step >= mail.born || one.step > begun)) {
        wrong.push(`law 2: the sequence had ended (${told})`);
      }
      if (one.owes && (kind === 'first' || kind === 'follow-up'))
        wrong.push(`law 5: an answer is owed (${told})`);
      if (one.awayUntil && one.awayUntil > mail.at) {
        wrong.push(`they are away until ${one.awayUntil.toISOString()} (${told})`);
      }
    }
    for (const other of this.people.filter(({ emails }) => emails.includes(to))) {
      const never = this.#about(this.boundaries, mail, other).some(({ until }) => until === null);
      if (never) wrong.push('law 2: the owner wants nothing sent to somebody who is known by this address');
    }
    for (const { until, step } of this.#about(this.boundaries, mail, person)) {
      if (until === null || until > mail.at) wrong.push(`law 2: the owner wants nothing sent (step ${step})`);
    }
    if (kind === 'first') {
      const wrote = this.#about(this.byHand, mail, person).some(
        ({ at, mail: written }) => written && at >= mail.createdAt,
      );
      if (wrote) wrong.push('the owner wrote to them by hand, which replaces a first word');
    }
    const flying = this.unknown.filter(
      (one) =>
        one.id !== mail.id &&
        one.ownerId === ownerId &&
        (person.ids.includes(one.contactId) || one.to === to),
    );
    if (flying.length > 0) wrong.push('law 1: nobody knows what became of another mail to them');
    return wrong;
  }

  #tooEarly(mail: Arrived, { zone }: Person): string[] {
    const wrong: string[] = [];
    const { date, minutes, weekday } = wall(mail.at, zone);
    const everyDay = !mail.inSequence;
    const hours = everyDay ? undefined : this.hours.get(mail.ownerId);
    const { from, to } = hours ?? { from: 8 * 60, to: 17 * 60 };
    const told = `law 7: it is ${date}, ${Math.floor(minutes / 60)}:${minutes % 60} in ${zone}`;
    if (minutes < from || minutes >= to) wrong.push(told);
    else if (!everyDay && (WEEKEND[zone] ?? [0, 6]).includes(weekday)) wrong.push(told);
    else if (!everyDay && HOLIDAYS[zone]?.includes(date)) wrong.push(`${told}, a holiday`);
    const today = wall(mail.at, this.owners.get(mail.ownerId)?.zone ?? 'UTC').date;
    const off = this.away.some(
      (one) => !one.void && one.ownerId === mail.ownerId && one.from <= today && today <= one.until,
    );
    if (off && (mail.kind === 'first' || mail.kind === 'follow-up')) wrong.push('the owner is away');
    return wrong;
  }

  #tooMuch(mail: Arrived, person: Person): string[] {
    const wrong: string[] = [];
    const words = [
      ...this.#others(mail, person).map(({ at }) => at),
      ...this.#about(this.byHand, mail, person).map(({ at }) => at),
    ];
    const since = (days: number): number =>
      words.filter((at) => at.getTime() > mail.at.getTime() - days * DAY).length;
    if (since(2) >= 1) wrong.push('law 6: they had a word in the last two days');
    if (since(14) >= 3) wrong.push('law 6: they had three words in the last fourteen days');
    const seldom = this.silences.some(
      (one) =>
        !one.void &&
        one.ownerId === mail.ownerId &&
        one.scope === 'often' &&
        (one.address === mail.to || (one.personal && this.#isOf(one, person))),
    );
    if (seldom && mail.kind !== 'by-hand' && since(30) >= 1)
      wrong.push('law 6: they want less often than that');
    const owner = this.owners.get(mail.ownerId);
    const caps = owner?.mailboxes.get(mail.from);
    if (!owner || !caps) return wrong;
    // Of who was forgotten the addresses that were theirs alone are known.
    const known = (one: Arrived): boolean =>
      this.personOf(one.contactId) !== undefined ||
      this.forgotten.some(({ void: gone, ownerId, emails }) => !gone && ownerId === one.ownerId && emails.includes(one.to)); // prettier-ignore
    const left = this.arrived.filter((one) => one.from === mail.from && !one.denied && known(one));
    const today = wall(mail.at, owner.zone).date;
    if (left.filter(({ at }) => wall(at, owner.zone).date === today).length > caps.dailyCap) {
      wrong.push(`more than ${caps.dailyCap} mails on one day`);
    }
    if (
      left.filter(({ at }) => Math.abs(mail.at.getTime() - at.getTime()) < HOUR && at <= mail.at).length >
      caps.hourlyCap
    ) {
      wrong.push(`more than ${caps.hourlyCap} mails in one hour`);
    }
    return wrong;
  }
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
