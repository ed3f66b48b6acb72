import { withoutWayOut } from '../way-out.js';
import type { SuppressionScope } from '../way-out-choices.js';
import { shortSentences } from './auto-sentences.js';
import { CHINESE, JAPANESE } from './opt-out-eastern.js';
import { ENGLISH } from './opt-out-english.js';
import { languagesOf, type Language } from './opt-out-language.js';
import { DUTCH, GERMAN, NORDIC } from './opt-out-germanic.js';
import { SLAVIC_AND_MORE } from './opt-out-gifts.js';
import { POLISH } from './opt-out-polish.js';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './opt-out-romance.js';
import { isThreat, shapeOf, shapesOf, type Shape, type Shapes } from './opt-out-shapes.js';
import { earFor, folded, meets, plainLetters } from './opt-out-tongue.js';
import { BARE_OUT, BARE_OUT_CJK, OF_CONGRATULATIONS, OF_MACHINES, WEAK_BARE } from './opt-out-words.js';

/** How much a person wants no more of; `often`: they want it less often. In doubt everything: too much silence harms nobody. */
export type OptOutScope = SuppressionScope;

export interface OptOut {
  wants: boolean;
  scope: OptOutScope;
  /** The sentence that says so, at most 300 characters; empty where none does. */
  why: string;
  /** Where nothing says so for certain: the sentence that may mean it ("not interested"). Empty where none may. */
  maybe: string;
}

const ALPHABETS: readonly (readonly [Language, Shapes])[] = (
  [
    ['english', ENGLISH],
    ['german', GERMAN],
    ['french', FRENCH],
    ['spanish', SPANISH],
    ['italian', ITALIAN],
    ['portuguese', PORTUGUESE],
    ['dutch', DUTCH],
    ['nordic', NORDIC],
    ['polish', POLISH],
  ] as const
).map(([language, lexicon]) => [language, shapesOf(lexicon, 'words')]);
const SIGNS = [JAPANESE, CHINESE].map((lexicon) => shapesOf(lexicon, 'signs'));
const GIFTS = earFor(SLAVIC_AND_MORE);

/** What stands in quotation marks is spoken of, not asked for. */
const QUOTED = /["“”„«»‹›「」『』][^"“”„«»‹›「」『』]{1,200}["“”„«»‹›「」『』]/gu;
/** One thing is said in each part; "don't call, mail me" forbids the call. */
const PARTS =
  /(?:,(?!\s(?:dass|daß|que|che|dat|att|at|że|żeby|aby|that)\s|[^,.]{0,80}\s(?:zu\s\p{L}+|\p{L}{2,9}zu\p{L}+en)[\s.!?]*$))|[:;()–—、，；…]|\s-\s|(?<!\p{L})(?:but|aber|pero|però|ma|maar|men|ale)(?!\p{L})/iu;
/** They say where to write instead. */
const ELSEWHERE =
  / (?:instead|sondern|stattdessen|sino|bensi) |^ (?:please |and |so )?(?:use|nutzen sie|utilisez|usa|usi|gebruik) (?:[^ ]+ ){0,3}(?:this|address|one|esta|celle|adresse|questo|dit) /u;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A question asks for silence only where it is a request; "you don't write any more?" misses us. */
const QUESTION = /[?？]["'”»)\s]*$/u;
const REQUEST =
  /(?<!\p{L})(?:can|could|would you|will you|please|pls|plz|mind|bitte|können|könnten|kannst|könntest|würden|würdest|pouvez|pourriez|peux|pourrais|svp|merci|podrían?|pueden?|puedes|podrías|favor|può|puoi|potete|potreste|potrebbe|potresti|podem?|podes|poderiam?|kunt|kun|kunnen|kan|wilt|wil|zou|kunne|snälla|czy|proszę|můžete|mohli|prosím|можете|могли|пожалуйста|lütfen|misiniz|mısınız|voitteko|voisitteko)(?!\p{L})|いただけ|もらえ|くださ|请|請|能|可以|麻烦|麻煩/iu;
/** "How many times must I say": the question of somebody who has asked before. */
const ASKED_BEFORE =
  /(?<!\p{L})(?:how (?:many times|often)|wie (?:oft|viele male)|combien de fois|cuántas veces|quante (?:altre )?volte|quantas vezes|hoe (?:vaak|dikwijls)|hur (?:ofta|många gånger)|ile razy)(?!\p{L})|何度|何回|多少次|多少遍|几次|几遍/iu;

interface Heard {
  shape: Shape;
  /** The part that says so, as it was written. */
  part: string;
}

const NOTHING: Heard = { shape: 'nothing', part: '' };
const STRENGTH: readonly Shape[] = ['nothing', 'maybe', 'congratulations', 'less', 'out'];

function stronger(one: Heard, other: Heard): Heard {
  return STRENGTH.indexOf(other.shape) > STRENGTH.indexOf(one.shape) ? other : one;
}

interface Piece {
  raw: string;
  /** As the patterns read it. */
  text: string;
}

/** What is heard in some words, by whichever language hears the most. */
function heardInWords({ raw, text }: Piece, languages: readonly Shapes[]): Heard {
  const festive = OF_CONGRATULATIONS.test(raw) && !languages.some(({ has }) => has('apart', text));
  const heard = languages.map((language): Heard => ({ shape: shapeOf(language, text, festive), part: raw }));
  return [...heard, { shape: giftIn(text), part: raw }].reduce(stronger, NOTHING);
}

const AND = /(?<!\p{L})(?:and|so|und|et|donc|y|así que|e|quindi|en|dus|och|og|więc|oraz)(?!\p{L})/u;

/** "I have retired and would rather not be contacted": what they tell of themselves takes back only its own half. */
function heardInPart(part: Piece, languages: readonly Shapes[]): Heard {
  const whole = heardInWords(part, languages);
  const halves = part.raw.split(AND);
  if (STRENGTH.indexOf(whole.shape) > STRENGTH.indexOf('maybe') || halves.length === 1) return whole;
  return halves
    .map((raw) => ({ raw, text: folded(raw) }))
    .map((half) => {
      const heard = heardInWords(half, languages);
      const wanted = languages.some(({ has }) => has('want', half.text));
      return heard.shape === 'nothing' || wanted ? heard : { ...heard, shape: 'maybe' as const };
    })
    .reduce(stronger, whole);
}

function giftIn(text: string): Shape {
  if (GIFTS.spared.test(text)) return 'nothing';
  if (GIFTS.thoughts.some((thought) => meets(thought, text))) return 'out';
  return GIFTS.hints.some((hint) => hint.test(text)) ? 'maybe' : 'nothing';
}

function heardIn(sentence: string, alphabets: readonly Shapes[]): Heard {
  const unquoted = sentence.replace(QUOTED, ' … ').trim();
  const han = HAN.test(unquoted);
  const languages = han ? SIGNS : alphabets;
  const read = (raw: string): Piece => ({ raw, text: han ? raw : folded(raw) });
  const whole = read(unquoted);
  const parts = unquoted
    .split(PARTS)
    .filter((piece) => piece.trim() !== '')
    .map(read);
  const heard = languages.some((language) => isThreat(language, whole.text))
    ? { shape: 'out' as const, part: unquoted }
    : parts.map((part) => heardInPart(part, languages)).reduce(stronger, NOTHING);
  if (parts.some(({ text }) => ELSEWHERE.test(text))) return NOTHING;
  if (heard.shape === 'nothing' || !QUESTION.test(unquoted)) return heard;
  if (ASKED_BEFORE.test(unquoted)) return { ...heard, shape: 'out' };
  return REQUEST.test(unquoted) ? heard : { ...heard, shape: 'maybe' };
}

/** Words and single spaces only, without accents. */
function bareWords(text: string): string {
  return plainLetters(text)
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

/** What comes before or behind the wish in the same breath: thanks for the last mail, and the reason. */
const ASIDE =
  /(?<!\p{L})(?:thank(?:s| you)|danke|vielen dank|merci|gracias|grazie|obrigad[oa]|bedankt|dank|tack|dziękuję)\s(?:(?!(?<!\p{L})(?:and|und|et|y|e|en|och|i)(?!\p{L})).){1,200}|(?<!\p{L})(?:because|since|weil|denn|parce|porque|perché|omdat|eftersom|bo|ponieważ)(?!\p{L}).{0,500}/giu;

function scopeOf({ shape, part }: Heard): OptOutScope {
  if (shape === 'less') return 'often';
  const wish = part.replace(ASIDE, ' ');
  if (shape === 'congratulations' || OF_CONGRATULATIONS.test(wish)) return 'congratulations';
  return OF_MACHINES.test(wish) ? 'automatic' : 'everything';
}

const WIDEST: readonly OptOutScope[] = ['everything', 'automatic', 'often', 'congratulations'];

/** Words, or signs where there are no words, of the longest part that asks for something; what is longer tells. */
const LONGEST = { words: 24, signs: 60 };
/** Sentences of a letter, in which a wish to be left alone stands at the beginning or at the end. */
const LETTER = 12;

/** In the midst of a long letter, or of a long sentence, the words of a wish are seldom one: the owner may look. */
function inItsPlace(heard: Heard, index: number, sentences: number): Heard {
  const { part } = heard;
  const long = HAN.test(part)
    ? part.length > LONGEST.signs
    : part.trim().split(/\s+/u).length > LONGEST.words;
  const amidst = sentences > LETTER && index > 2 && index < sentences - 4;
  return heard.shape !== 'nothing' && (long || amidst) ? { ...heard, shape: 'maybe' } : heard;
}

/**
 * Whether the person's own words ask not to be written to, and of what. `own` has its quotes stripped. A mention ("I
 * unsubscribed from theirs"), the opposite ("please don't stop") and our own way-out sentence are none.
 */
export function readOptOut(own: string): OptOut {
  const said = shortSentences(withoutWayOut(own));
  const spoken = languagesOf(own);
  const alphabets = ALPHABETS.flatMap(([language, shapes]) => (spoken.has(language) ? [shapes] : []));
  const heard = said.map((sentence, index) => inItsPlace(heardIn(sentence, alphabets), index, said.length));
  const asked = heard.flatMap((one, index) =>
    one.shape === 'maybe' || one.shape === 'nothing' ? [] : [{ scope: scopeOf(one), why: said[index] ?? '' }],
  );
  const bare = asked.length > 0 ? null : bareIn(said);
  if (bare !== null) asked.push({ scope: 'everything', why: bare });
  // Where several sentences ask, the widest counts.
  const [widest] = asked.sort((one, other) => WIDEST.indexOf(one.scope) - WIDEST.indexOf(other.scope));
  if (widest) return { wants: true, scope: widest.scope, why: widest.why.slice(0, 300), maybe: '' };
  const maybe = said[heard.findIndex(({ shape }) => shape === 'maybe')] ?? '';
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
