import type { Lexicon } from './opt-out-lexicon.js';
import { plainSource } from './opt-out-tongue.js';

/** What a part of a sentence asks for: silence, less, no congratulations; or it may ask for one of them. */
export type Shape = 'out' | 'less' | 'congratulations' | 'maybe' | 'nothing';

type Word = keyof Lexicon;

/** The words of a lexicon as patterns, each made when it is first needed. */
export interface Shapes {
  has: (word: Word, part: string) => boolean;
  /** Whether both stand there in whatever order, with few words between them. */
  near: (one: Word, other: Word, part: string) => boolean;
  /** Whether the part says nothing besides: "no more mails", "less often please". */
  isBrief: (part: string) => boolean;
  /** Whether it begins with the no and ends with the deed: "don't write to me". */
  isCommand: (part: string) => boolean;
}

/** @param written `words`: folded text; `signs`: languages without spaces between words, as they are written */
export function shapesOf(lexicon: Lexicon, written: 'words' | 'signs'): Shapes {
  const words = written === 'words';
  const gap = words ? '(?: [^ ]+){0,6}' : '.{0,12}';
  const made = new Map<string, RegExp>();
  const source = (word: Word): string =>
    words ? ` (?:${plainSource(lexicon[word]).replace(/\$/g, '(?= $)')})(?= )` : `(?:${lexicon[word]})`;
  const meets = (name: string, pattern: () => string, part: string): boolean => {
    const known = made.get(name) ?? new RegExp(pattern(), 'u');
    made.set(name, known);
    return known.test(part);
  };
  const inOrder = (one: Word, other: Word, part: string): boolean =>
    meets(`${one} ${other}`, () => source(one) + gap + source(other), part);
  return {
    has: (word, part) => meets(word, () => source(word), part),
    near: (one, other, part) => inOrder(one, other, part) || inOrder(other, one, part),
    isCommand: (part) =>
      words && meets('command', () => `^${source('no')}.*(?:${source('write')}|${source('me')}) $`, part),
    isBrief: (part) => (words ? part.trim().split(' ').length <= 6 : part.trim().length <= 12),
  };
}

/** Whoever reads is spoken to, or their things are spoken of; in folded text. */
const YOU =
  / (?:you|your|yours|u|ihnen|ihre[mnrs]?|dir|dich|deine[mnrs]?|dein|euch|eure?|vous|votre|vos|toi|tes|usted|ustedes|sus?|tus?|vosotros|lei|voi|suo[i]?|sua|sue|vostr[aeio]|tuo[i]?|tua|tue|voces?|vc|sua|seus?|teus?|uw|jou|jouw|jullie|je|dig|din[ae]?|ditt|deg|er|ert|pan[aiu]?|panstwa|panska|twoj\w{0,3}|twoich|ciebie|toba|wasz\w{0,3}) /u;

/**
 * What a part of a sentence asks for, by the words that meet in it.
 * @param festive whether it speaks of congratulations
 */
export function shapeOf({ has, near, isBrief, isCommand }: Shapes, part: string, festive: boolean): Shape {
  const is = (word: Word): boolean => has(word, part);
  const are = (one: Word, other: Word): boolean => near(one, other, part);
  const brief = isBrief(part);
  // "These" are ours where somebody is spoken to, or nothing else is said.
  const these = is('things') && (brief || is('me') || YOU.test(part));
  const mail = is('mail') || (these && (is('send') || is('get')));
  const stop = are('stop', 'write') || are('stop', 'mail') || (mail && are('stop', 'send'));
  const forbidden = are('no', 'write');
  const unwanted =
    (is('want') && are('no', 'mail')) ||
    (mail && is('get') && is('want') && (are('no', 'want') || are('no', 'get')));
  const wish =
    is('out') ||
    stop ||
    unwanted ||
    (is('remove') && ((is('me') && is('list')) || are('remove', 'mine'))) ||
    (forbidden && (is('more') || (is('me') && (is('want') || isCommand(part))))) ||
    (mail && is('more') && is('no') && (is('send') || is('get') || is('want') || brief)) ||
    (these && is('more') && are('no', 'want')) ||
    (are('needless', 'write') && (is('more') || is('me')));
  // Who tells of themselves asks for nothing, save where they say what they want: then the owner may look.
  if (is('other')) return wish && is('want') && is('me') ? 'maybe' : 'nothing';
  // "No more samples" and "off the guest list" are other wishes; where they mind our mails besides, the owner may look.
  if (is('apart')) return wish && (stop || (mail && is('more'))) ? 'maybe' : 'nothing';
  const seldom = is('less') || (is('rate') && is('enough'));
  if (seldom && (is('write') || mail || is('want') || brief)) return 'less';
  if (wish) return 'out';
  if (festive && (is('needless') || is('stop') || (is('no') && (is('more') || is('want') || brief))))
    return 'congratulations';
  const weak =
    is('hint') ||
    ((forbidden || are('no', 'send') || (mail && are('no', 'get'))) && is('me')) ||
    seldom ||
    (brief && is('remove') && (is('me') || is('list')));
  return weak ? 'maybe' : 'nothing';
}

/** "One more mail, and my lawyer writes to you". */
export function isThreat({ has, near }: Shapes, sentence: string): boolean {
  return has('threat', sentence) && (near('more', 'mail', sentence) || near('more', 'write', sentence));
}
