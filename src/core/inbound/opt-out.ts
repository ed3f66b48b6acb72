import { withoutWayOut } from '../way-out.js';
import { shortSentences } from './auto-sentences.js';
import { CHINESE, JAPANESE, POLISH, SLAVIC_AND_MORE } from './opt-out-eastern.js';
import { ENGLISH } from './opt-out-english.js';
import { DUTCH, GERMAN, NORDIC } from './opt-out-germanic.js';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './opt-out-romance.js';
import { earFor, folded, meets, type Ear } from './opt-out-tongue.js';
import { BARE_OUT, BARE_OUT_CJK, OF_CONGRATULATIONS, OF_MACHINES, WEAK_BARE } from './opt-out-words.js';

/** How much a person wants no more of. In doubt everything: too much silence harms nobody. */
export type OptOutScope = 'everything' | 'automatic' | 'congratulations';

export interface OptOut {
  wants: boolean;
  scope: OptOutScope;
  /** The sentence that says so, at most 300 characters; empty where none does. */
  why: string;
  /** Where nothing says so for certain: the sentence that may mean it ("not interested"). Empty where none may. */
  maybe: string;
}

const ALPHABETS: readonly Ear[] = [
  ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  NORDIC,
  POLISH,
  SLAVIC_AND_MORE,
].map((tongue) => earFor(tongue, 'words'));
const SIGNS: readonly Ear[] = [JAPANESE, CHINESE].map((tongue) => earFor(tongue, 'signs'));

/** What stands in quotation marks is spoken of, not asked for. */
const QUOTED = /["“”„«»‹›「」『』][^"“”„«»‹›「」『』]{1,200}["“”„«»‹›「」『』]/gu;
/** One thing is said in each part; "don't call, mail me" forbids the call. */
const PARTS =
  /(?:,(?!\s(?:dass|daß|que|che|dat|att|at|że|that)\s))|[;()–—、，；…]|\s-\s|(?<!\p{L})(?:but|aber|pero|però|doch)(?!\p{L})/iu;
/** They say where to write instead. */
const ELSEWHERE =
  / (?:instead|sondern|stattdessen|sino|bensi) |^ (?:please |and |so )?(?:use|nutzen sie|utilisez|usa|usi|gebruik) (?:[^ ]+ ){0,3}(?:this|address|one|esta|celle|adresse|questo|dit) /u;
/** A no and a word of writing in one sentence, in whatever order: no proof, but the owner may want to look. */
const NO =
  / (?:no|not|dont|do not|never|without|stop\w*|enough|nicht|keine?\w?|nie|nichts|ohne|ne|plus|jamais|sans|sin|nunca|basta|non|mai|senza|nao|sem|chega|niet|geen|nooit|inte|inga|aldrig|ikke|ingen|slutt?a?|nie|zadnych|bez|ne\p{L}+te|не|хватит|ei|en|ala|alkaa) /u;
const WRITING =
  / (?:e?mail\p{L}*|mejl\p{L}*|e?post|contact\p{L}*|kontakt\p{L}*|nachricht\p{L}*|messages?|writ\p{L}+|schreib\p{L}*|ecri\p{L}+|courriels?|escrib\p{L}+|correos?|mensajes?|scriv\p{L}+|messaggi|escrev\p{L}+|mensagens|schrijv\p{L}*|berichten|skriv\p{L}*|pisa\p{L}*|pisz\p{L}*|wiadomosci|psat|piste|писа\p{L}+|пиши\p{L}*|письм\p{L}*|newsletter\p{L}*|(?:mailing )?lists?|liste|verteiler|lista) /u;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A question asks for silence only where it is a request; "you don't write any more?" misses us. */
const QUESTION = /[?？]["'”»)\s]*$/u;
const REQUEST =
  /(?<!\p{L})(?:can|could|would you|will you|please|pls|plz|mind|bitte|können|könnten|kannst|könntest|würden|würdest|pouvez|pourriez|peux|pourrais|svp|merci|podrían?|pueden?|puedes|podrías|favor|può|puoi|potete|potreste|potrebbe|potresti|podem?|podes|poderiam?|kunt|kun|kunnen|kan|wilt|wil|zou|kunne|snälla|czy|proszę|můžete|mohli|prosím|можете|могли|пожалуйста|lütfen|misiniz|mısınız|voitteko|voisitteko)(?!\p{L})|いただけ|もらえ|くださ|请|請|能|可以|麻烦|麻煩/iu;

/** Who wants to be left alone says little else. Characters. */
const SHORT = 600;

type Hearing = 'out' | 'maybe' | 'nothing';

/** What one language hears in the parts of a sentence. */
function hearing(ear: Ear, sentence: string, parts: readonly string[]): Hearing {
  if (ear.throughout.some((thought) => meets(thought, sentence))) return 'out';
  const said = parts.filter((part) => ear.thoughts.some((thought) => meets(thought, part)));
  if (said.some((part) => !ear.spared.test(part)) && !parts.some((part) => ELSEWHERE.test(part)))
    return 'out';
  if (said.length > 0) return 'nothing';
  return ear.hints.some((hint) => hint.test(sentence)) ? 'maybe' : 'nothing';
}

function heardIn(sentence: string): Hearing {
  const unquoted = sentence.replace(QUOTED, ' … ').trim();
  const pieces = unquoted.split(PARTS).filter((piece) => piece.trim() !== '');
  const han = HAN.test(unquoted);
  if (QUESTION.test(unquoted) && !REQUEST.test(unquoted)) return 'nothing';
  const parts = han ? pieces : pieces.map(folded);
  const whole = han ? unquoted : folded(unquoted);
  const heard = (han ? SIGNS : ALPHABETS).map((ear) => hearing(ear, whole, parts));
  if (heard.includes('out')) return 'out';
  return heard.includes('maybe') || (NO.test(whole) && WRITING.test(whole)) ? 'maybe' : 'nothing';
}

/** Words and single spaces only. */
function bareWords(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}\s'’-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A message that is no more than "stop" or "no more, thanks". */
function bareIn(parts: readonly string[]): string | null {
  const [first = '', ...rest] = parts;
  const bare = bareWords(first);
  const alone = rest.every((sentence) => sentence.split(/\s+/u).length <= 4);
  if (rest.length > 2 || (!alone && WEAK_BARE.test(bare))) return null;
  return BARE_OUT.test(bare) || BARE_OUT_CJK.test(first) ? first : null;
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
  const parts = shortSentences(withoutWayOut(own));
  const heard = parts.map(heardIn);
  const out = parts.filter((_, index) => heard[index] === 'out');
  // Where several sentences ask, the widest counts.
  const scopes = out.map(scopeOf);
  const widest =
    out[scopes.indexOf('everything')] ?? out[scopes.indexOf('automatic')] ?? out[0] ?? bareIn(parts);
  if (widest !== null) return { wants: true, scope: scopeOf(widest), why: widest.slice(0, 300), maybe: '' };
  const maybe = own.length > SHORT ? '' : (parts[heard.indexOf('maybe')] ?? '');
  return { wants: false, scope: 'everything', why: '', maybe: maybe.slice(0, 300) };
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
