import { Command, Option } from 'nest-commander';
import { ContactEditsService } from '../contacts/contact-edits.service.js';
import { circles, editContact, type ContactView } from '../contacts/contacts.schemas.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { startOfDay } from '../core/schedule.js';
import { isoDate } from '../http/schemas.js';
import { NothingFound, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { readAs, readCount } from './read-as.js';
import { contactId, exactContactId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, say, sayJson } from './terminal.js';

/** Shown unless `--limit` says otherwise. */
const SHOWN = 100;

interface ContactsOptions extends ListOptions {
  limit?: number;
}

@Command({
  name: 'contacts',
  arguments: '[query]',
  argsDescription: { query: 'a part of a name, a company or an address' },
  description: menu.contacts,
})
export class ContactsCommand extends ListingCommand {
  protected readonly examples = ['contacts', 'contacts lumen', 'contacts --limit 10000 --json'];

  @Option({ flags: '--limit <n>', description: `how many at most; ${SHOWN} by default` })
  readLimit(text: string): number {
    return readCount(text, '--limit');
  }

  async run([query]: string[], { limit = SHOWN, ...options }: ContactsOptions): Promise<void> {
    const desk = await this.desk(options);
    const contacts = desk.get(ContactsService);
    // One more than shown tells whether there are more.
    const found = await pages(
      (page) => contacts.list(desk.ownerId, { ...page, ...(query !== undefined && { q: plain(query) }) }),
      limit + 1,
    );
    const items = found.slice(0, limit);
    if (options.json) return sayJson({ items, more: found.length > limit });
    if (items.length === 0) {
      if (query !== undefined) throw new NothingFound(`Nobody here fits "${plain(query)}".`);
      return say('Nobody yet: followthrough import --help');
    }
    say(
      table(
        ['id', 'name', 'e-mail', 'company', 'circle', 'boundary'],
        items.map((one) => [
          short(one.id),
          one.fullName,
          one.email ?? '-',
          one.company,
          one.circle,
          one.doNotContactAt
            ? 'do not contact'
            : one.pausedUntil
              ? `until ${when(one.pausedUntil, desk.zone)}`
              : '',
        ]),
      ),
    );
    if (found.length > limit)
      say(`These are the first ${limit}: name a part of what you look for, or use --limit.`);
  }
}

/** For what changes something: a part of a name will not do. */
const WHOM_EXACTLY = { contact: 'the whole name, an e-mail address, or the end of an id' };
const WHOM = { contact: 'a name, an e-mail address, or the end of an id' };

@Command({
  name: 'contact',
  arguments: '<contact>',
  argsDescription: WHOM,
  description: menu.contact,
})
export class ContactCommand extends ListingCommand {
  protected readonly examples = ['contact mira@example.org', 'contact "Mira Okafor" --json'];

  async run([whom = '']: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const contact = await desk.get(ContactsService).get(desk.ownerId, await contactId(desk, whom));
    if (options.json) return sayJson(contact);
    say(contactText(contact, desk.zone));
  }
}

function contactText(contact: ContactView, zone: string): string {
  const { title, company, city, country, birthday } = contact;
  const join = (parts: readonly (string | null)[]): string => parts.filter((one) => one !== null).join(', ');
  const lines = [`${short(contact.id)}  ${plain(contact.fullName)}, circle ${contact.circle}`];
  if (title !== null || company !== null) lines.push(`Work: ${plain(join([title, company]))}`);
  if (city !== null || country !== null) lines.push(`Place: ${plain(join([city, country]))}`);
  lines.push(`Zone: ${plain(contact.zone)} (from ${plain(contact.zoneSource)})`);
  if (birthday !== null) lines.push(`Birthday: ${birthday}`);
  if (contact.form !== null) lines.push(`Form of address: ${contact.form}`);
  if (contact.priority !== null) lines.push(`Priority: ${contact.priority}`);
  if (contact.origin !== null) lines.push(`Origin: ${plain(contact.origin)}`);
  lines.push(...boundaries(contact, zone).map((one) => `Boundary: ${one}`));
  for (const { kind, value, shared, suppressed } of contact.identities) {
    const marks = [...(shared ? ['shared'] : []), ...suppressed.map((scope) => `suppressed: ${scope}`)];
    lines.push(`${kind}: ${plain(value)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`);
  }
  for (const { field, values } of contact.conflicts) {
    lines.push(`Sources disagree on ${plain(field)}: ${values.map(({ value }) => plain(value)).join(' | ')}`);
  }
  for (const { companyBefore, titleBefore, company, title, state } of contact.positions) {
    lines.push(
      `${state === 'question' ? 'new work?' : 'new work'} ${plain(join([titleBefore, companyBefore]))} -> ${plain(join([title, company]))} (${state})`,
    );
  }
  for (const one of contact.merged) {
    lines.push(`merged: ${plain(one.fullName)} (${short(one.id)}, ${MERGED_BY[one.by]})`);
  }
  for (const one of contact.encounters) {
    lines.push(`${one.kind}: ${plain(one.event)}, ${one.startsOn} (from ${plain(one.sourceKind)})`);
  }
  for (const one of contact.promises)
    lines.push(`promised by ${one.dueOn}: ${plain(one.text)} (${short(one.id)})`);
  for (const one of contact.facts)
    lines.push(`${one.kind}: ${plain(one.text)}${one.quotable ? '' : ' (never quoted)'}`);
  for (const one of contact.interactions) {
    lines.push(`${when(new Date(one.at), zone)} ${one.kind}: ${plain(one.text)}`);
  }
  for (const { kind, file, line, verdict, at } of contact.sources) {
    const where = kind === 'owner' ? 'you' : `${plain(file)}, line ${line}`;
    lines.push(`source: ${where}, ${verdict} ${when(new Date(at), zone)}`);
  }
  return lines.join('\n');
}

const MERGED_BY = { row: 'by a row that holds both', match: 'by comparison', owner: 'by you' };

function boundaries(
  { doNotContactAt, pausedUntil, noCongratulations, consent }: ContactView,
  zone: string,
): string[] {
  return [
    ...(doNotContactAt ? [`do not contact, since ${when(doNotContactAt, zone)}`] : []),
    ...(pausedUntil ? [`nothing until ${when(pausedUntil, zone)}`] : []),
    ...(noCongratulations ? ['no congratulations'] : []),
    ...(consent === false ? ['no mail: they did not agree to be written to'] : []),
  ];
}

interface BoundaryOptions extends OwnerOption {
  doNotContact?: boolean;
  mayContact?: boolean;
  pauseUntil?: string;
  endPause?: boolean;
  congratulations?: boolean;
  consent?: boolean;
  circle?: string;
}

@Command({
  name: 'boundary',
  arguments: '<contact>',
  argsDescription: WHOM_EXACTLY,
  description: menu.boundary,
})
export class BoundaryCommand extends OwnedCommand {
  protected readonly examples = [
    'boundary mira@example.org --do-not-contact',
    'boundary "Mira Okafor" --pause-until 2027-01-10',
    'boundary "Mira Okafor" --no-congratulations --circle inner',
  ];

  @Option({ flags: '--do-not-contact', description: 'nothing leaves to them any more' })
  readDoNotContact(): boolean {
    return true;
  }

  @Option({ flags: '--may-contact', description: 'takes --do-not-contact back' })
  readMayContact(): boolean {
    return true;
  }

  @Option({ flags: '--pause-until <date>', description: 'nothing leaves before this day of theirs' })
  readPauseUntil(date: string): string {
    if (!isoDate.safeParse(date).success) {
      throw new WrongUsage(`--pause-until: "${date}" is no date such as 2027-01-10.`);
    }
    return date;
  }

  @Option({ flags: '--end-pause', description: 'ends a pause' })
  readEndPause(): boolean {
    return true;
  }

  /** Before its opposite: alone, `--no-…` would count as said even when it was not. */
  @Option({ flags: '--congratulations', description: 'takes --no-congratulations back' })
  readCongratulations(): boolean {
    return true;
  }

  @Option({ flags: '--no-congratulations', description: 'no birthday mail' })
  readNoCongratulations(): boolean {
    return false;
  }

  @Option({
    flags: '--consent <yes|no>',
    description: 'whether they agreed to be written to; no blocks mail',
  })
  readConsent(text: string): boolean {
    if (!/^(yes|no)$/i.test(text)) throw new WrongUsage('--consent: say yes or no.');
    return /^yes$/i.test(text);
  }

  @Option({ flags: '--circle <circle>', description: `one of ${circles.join(', ')}` })
  readCircle(circle: string): string {
    return circle;
  }

  async run([whom = '']: string[], options: BoundaryOptions): Promise<void> {
    const { doNotContact, mayContact, pauseUntil, endPause, congratulations, consent, circle } = options;
    if (doNotContact && mayContact)
      throw new WrongUsage('--do-not-contact and --may-contact contradict each other.');
    if (pauseUntil !== undefined && endPause)
      throw new WrongUsage('--pause-until and --end-pause contradict each other.');
    const wanted = {
      ...((doNotContact ?? mayContact) && { doNotContact: doNotContact ?? false }),
      ...(endPause && { pausedUntil: null }),
      ...(congratulations !== undefined && { noCongratulations: !congratulations }),
      ...(consent !== undefined && { consent }),
      ...(circle !== undefined && { circle }),
    };
    if (pauseUntil === undefined || Object.keys(wanted).length > 0) readAs(editContact, wanted);
    const desk = await this.desk(options);
    const contact = await desk.get(ContactsService).get(desk.ownerId, await exactContactId(desk, whom));
    const pause =
      pauseUntil === undefined ? {} : { pausedUntil: startOfDay(pauseUntil, contact.zone).toISOString() };
    const edit = readAs(editContact, { ...wanted, ...pause });
    const edited = await desk.get(ContactEditsService).edit(desk.ownerId, contact.id, contact.version, edit);
    const limits = boundaries(edited, desk.zone);
    say(
      `${edited.fullName}: circle ${edited.circle}, ${limits.length === 0 ? 'no boundary' : limits.join(', ')}.`,
    );
  }
}
