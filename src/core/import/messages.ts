/** LinkedIn's messages.csv: many rows -> the last word with each person, and whose it was. */
import { cleanText, oneLine } from '../text.js';
import { headerKey } from './columns.js';
import { readMoment } from './dates.js';
import { linkedinSlug } from './identity.js';
import { nameOfWhole } from './names.js';
import type { Candidate, TablePlan } from './records.js';

const MAX_TEXT = 300;
const MAX_RAW = 2_000;
/** Characters of a message that are looked at: 300 are kept, and mark-up may take many. */
const MAX_CONTENT = 20_000;

/** One row of the file. */
export interface MessageRow {
  /** Line of the file, from 1. */
  line: number;
  raw: string;
  cells: readonly string[];
}

/** A person the owner has exchanged messages with, at the row of the last one. */
export interface Partner {
  line: number;
  raw: string;
  candidate: Candidate;
}

export interface Correspondence {
  /** In the order of the file. */
  partners: Partner[];
  /** Conversations that were not taken, and why. */
  left: { reason: string; conversations: number }[];
}

interface Participant {
  name: string;
  slug: string | null;
}

interface Conversation {
  /** By slug, else by name; a third participant makes a group, and no more are kept. */
  participants: Map<string, Participant>;
  isSponsored: boolean;
  last: { at: string; from: string; text: string; line: number; raw: string } | null;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of a message that may be HTML, cut to 300 characters. */
export function messageText(content: string): string {
  let text = content.slice(0, MAX_CONTENT);
  if (/<\/?[a-z][^>]*>/i.test(text)) {
    text = text
      .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
      .replace(/<br\s*\/?>|<\/(?:p|div|li|h\d)>/gi, '\n')
      .replace(/<\/?[a-z][^>]*>/gi, '');
  }
  text = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, dec?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = dec === undefined ? parseInt(hex ?? '', 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
  const clean = cleanText(text)
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cleanText(clean.slice(0, MAX_TEXT)).trimEnd();
}

/**
 * Reads the rows of a plan whose format is 'linkedin-messages', one by one, and keeps one entry per conversation. Who the
 * owner is, is told by the whole file: the participant of most conversations.
 */
export class Conversations {
  private readonly conversations = new Map<string, Conversation>();
  private readonly index: Record<'id' | 'title' | 'from' | 'fromUrl' | 'to' | 'toUrls' | 'date' | 'content' | 'folder' | 'attachments', number>; // prettier-ignore

  constructor(plan: Pick<TablePlan, 'header'>) {
    const keys = plan.header.map(headerKey);
    this.index = {
      id: keys.indexOf('conversationid'),
      title: keys.indexOf('conversationtitle'),
      from: keys.indexOf('from'),
      fromUrl: keys.indexOf('senderprofileurl'),
      to: keys.indexOf('to'),
      toUrls: keys.indexOf('recipientprofileurls'),
      date: keys.indexOf('date'),
      content: keys.indexOf('content'),
      folder: keys.indexOf('folder'),
      attachments: keys.indexOf('attachments'),
    };
  }

  add({ line, raw, cells }: MessageRow): void {
    const { index } = this;
    const cell = (which: keyof Conversations['index']): string =>
      (cells[index[which]] ?? '').slice(0, MAX_CONTENT);
    // Old files name no conversation: two people have one.
    const id = index.id < 0 ? [cell('from'), cell('to')].map(oneLine).sort().join('\n') : oneLine(cell('id'));
    // And write dates as Americans do: "10/16/18, 8:36 AM".
    const at = readMoment(oneLine(cell('date')), index.id < 0 ? true : null);
    if (id === '' || at === null) return;
    let conversation = this.conversations.get(id);
    if (!conversation) {
      conversation = { participants: new Map(), isSponsored: false, last: null };
      this.conversations.set(id, conversation);
    }
    if (/spam|sponsor|junk|inmail/i.test(cell('folder')) || /^sponsored\b/i.test(cell('title').trim())) {
      conversation.isSponsored = true;
    }
    const sender = participant(oneLine(cell('from')), cell('fromUrl'));
    for (const each of [sender, ...recipients(oneLine(cell('to')), cell('toUrls'))]) note(conversation, each);
    const last = conversation.last;
    // Rows of the same instant: the file has the newest first.
    if (last !== null && last.at >= at) return;
    const text = messageText(cell('content'));
    const shown = text === '' && cell('attachments').trim() !== '' ? '(an attachment)' : text;
    if (shown === '') return;
    conversation.last = { at, from: keyOf(sender), text: shown, line, raw: raw.slice(0, MAX_RAW) };
  }

  end(): Correspondence {
    const left = new Map<string, number>();
    const leave = (reason: string): void => void left.set(reason, (left.get(reason) ?? 0) + 1);
    const named = this.slugsByName();
    const pairs: { keys: [string, string]; conversation: Conversation }[] = [];
    const counts = new Map<string, number>();
    for (const conversation of this.conversations.values()) {
      const keys = [...new Set([...conversation.participants.keys()].map((key) => named.get(key) ?? key))];
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      const [a, b] = keys;
      if (conversation.isSponsored) leave('sponsored or in the spam folder');
      else if (keys.length > 2) leave('a group');
      else if ([...conversation.participants.values()].some(isHidden))
        leave('LinkedIn hides who the other is');
      else if (a === undefined || b === undefined) leave('nobody but one is named');
      else if (conversation.last !== null) pairs.push({ keys: [a, b], conversation });
    }
    const owner = mostFrequent(counts);
    const partners = new Map<string, Partner & { at: string }>();
    for (const { keys, conversation } of pairs) {
      const other = keys.find((key) => key !== owner);
      const { last } = conversation;
      if (last === null || other === undefined) continue;
      if (owner === null || !keys.includes(owner)) {
        leave('which of the two is you cannot be told');
        continue;
      }
      const known = partners.get(other);
      if (known && known.at >= last.at) continue;
      const from = (named.get(last.from) ?? last.from) === owner ? 'owner' : 'them';
      const person = [...conversation.participants].find(([key]) => (named.get(key) ?? key) === other)?.[1];
      const candidate: Candidate = { name: nameOfWhole(person?.name ?? ''), emails: [], phones: [] };
      const slug = other.startsWith(BY_SLUG) ? other.slice(BY_SLUG.length) : null;
      if (slug !== null) candidate.linkedin = slug;
      candidate.message = { at: last.at, from, text: last.text };
      partners.set(other, { line: last.line, raw: last.raw, candidate, at: last.at });
    }
    return {
      partners: [...partners.values()]
        .sort((a, b) => a.line - b.line)
        .map(({ line, raw, candidate }) => ({ line, raw, candidate })),
      left: [...left].map(([reason, conversations]) => ({ reason, conversations })),
    };
  }

  /** Some rows lack an address: a name that belongs to one profile alone means that profile. */
  private slugsByName(): Map<string, string> {
    const slugs = new Map<string, string | null>();
    for (const { participants } of this.conversations.values()) {
      for (const each of participants.values()) {
        if (each.slug === null) continue;
        const key = keyOf({ ...each, slug: null });
        const known = slugs.get(key);
        slugs.set(key, known === undefined || known === keyOf(each) ? keyOf(each) : null);
      }
    }
    return new Map([...slugs].filter((entry): entry is [string, string] => entry[1] !== null));
  }
}

/** Keys of participants begin so where their profile is known. */
const BY_SLUG = 'slug ';

const keyOf = ({ slug, name }: Participant): string =>
  slug === null ? `name ${name.toLowerCase()}` : BY_SLUG + slug;
const isHidden = ({ slug, name }: Participant): boolean =>
  name === '' || (slug === null && /^linkedin(?: member)?$/i.test(name));

function participant(name: string, url: string): Participant {
  return { name, slug: linkedinSlug(/linkedin/i.test(url) ? url : '') };
}

/** Addresses tell how many there are; names may hold commas of their own ("Doe, PhD"). */
function recipients(names: string, urls: string): Participant[] {
  const addresses = urls.split(/[\s,;]+/).filter((url) => url !== '');
  if (addresses.length === 1) return [participant(names, addresses[0] ?? '')];
  const each = names.split(/\s*[,;]\s*/).filter((name) => name !== '');
  if (addresses.length === 0) return each.map((name) => participant(name, ''));
  return addresses.map((url, index) => participant(each[index] ?? '', url));
}

function note(conversation: Conversation, each: Participant): void {
  const { participants } = conversation;
  const key = keyOf(each);
  if (participants.size > 3 || (each.name === '' && each.slug === null)) return;
  const known = participants.get(key);
  if (!known || (known.name === '' && each.name !== '')) participants.set(key, each);
}

/** Null where two are equally frequent. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}
