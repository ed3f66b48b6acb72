import { withoutWayOut } from '../way-out.js';
import { shortSentences } from './auto-sentences.js';
import {
  BARE_OUT,
  BARE_OUT_CJK,
  NOT_OUT,
  OF_CONGRATULATIONS,
  OF_MACHINES,
  WANTS_OUT,
  WEAK_BARE,
} from './opt-out-words.js';

/** How much a person wants no more of. In doubt everything: too much silence harms nobody. */
export type OptOutScope = 'everything' | 'automatic' | 'congratulations';

export interface OptOut {
  wants: boolean;
  scope: OptOutScope;
  /** The sentence that says so, at most 300 characters; empty where none does. */
  why: string;
}

const NONE: OptOut = { wants: false, scope: 'everything', why: '' };

/** Words and single spaces only. */
function bareWords(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}\s'’-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function asksOut(sentence: string): boolean {
  return WANTS_OUT.some((pattern) => pattern.test(sentence));
}

function scopeOf(sentence: string): OptOutScope {
  if (OF_CONGRATULATIONS.test(sentence)) return 'congratulations';
  return OF_MACHINES.test(sentence) ? 'automatic' : 'everything';
}

/**
 * Whether the person's own words ask not to be written to, and of what. `own` has its quotes stripped. A mention ("I
 * unsubscribed from theirs"), the opposite ("please don't stop") and our own way-out sentence are none.
 */
export function readOptOut(own: string): OptOut {
  const parts = shortSentences(withoutWayOut(own)).filter((sentence) => !NOT_OUT.test(sentence));
  const out = parts.filter(asksOut);
  // Where several sentences ask, the widest counts.
  const scopes = out.map(scopeOf);
  const widest = out[scopes.indexOf('everything')] ?? out[scopes.indexOf('automatic')] ?? out[0];
  if (widest !== undefined) return { wants: true, scope: scopeOf(widest), why: widest.slice(0, 300) };
  const [first = '', ...rest] = parts;
  const bare = bareWords(first);
  const alone = rest.every((sentence) => sentence.split(/\s+/u).length <= 4);
  if (rest.length > 2 || (!alone && WEAK_BARE.test(bare))) return NONE;
  if (BARE_OUT.test(bare) || BARE_OUT_CJK.test(first))
    return { wants: true, scope: 'everything', why: first.slice(0, 300) };
  return NONE;
}

/** Subjects by which a mail program or a hand answers a List-Unsubscribe of ours. */
const SUBJECT =
  /^\s*(?:(?:re|aw|sv|rif|ref|odp)\s{0,2}:\s{0,3}){0,2}(?:please )?(?:unsubscribe(?: me)?|opt[- ]?out|abmelden|abmeldung|abbestellen|désabonnement|désinscription|désabonner|baja|dar(?:se|me)? de baja|cancellazione|cancellami|disiscrivi|cancelar (?:inscrição|subscrição)|descadastrar|uitschrijven|afmelden|avregistrera|avprenumerera|afmeld|avmeld|wypisz|odhlásit|отписаться|配信停止|退订|退訂|取消订阅)(?:[\s:+=-]{1,3}<?(?:token=)?([A-Za-z0-9._~+/=-]{8,600})>?)?\s*[.!]?\s*$/iu;

/**
 * A mail to the address of List-Unsubscribe (RFC 2369), known by its subject: "unsubscribe", alone or with the token we
 * put there ("unsubscribe <token>", "unsubscribe: <token>", "unsubscribe+<token>"). null where the subject is another.
 */
export function readUnsubscribeSubject(subject: string): { token: string | null } | null {
  const match = SUBJECT.exec(subject.slice(0, 800));
  return match === null ? null : { token: match[1] ?? null };
}
