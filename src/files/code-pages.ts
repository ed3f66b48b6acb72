/** Which code page a text without Unicode is written in: guessed by what would be sensible words. */
import { analyse } from 'chardet';

/** Labels of the WHATWG encoding standard. */
const CODE_PAGES = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'macintosh',
  'koi8-r',
  'iso-8859-2',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  'euc-jp',
] as const;
export type CodePage = (typeof CODE_PAGES)[number];

/** As the owner knows them. */
export const ENCODING_NAMES: Record<CodePage | 'utf-16le' | 'utf-16be', string> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252 (Western Europe)',
  'windows-1250': 'Windows-1250 (Central Europe)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'windows-1253': 'Windows-1253 (Greek)',
  'windows-1254': 'Windows-1254 (Turkish)',
  'windows-1255': 'Windows-1255 (Hebrew)',
  'windows-1256': 'Windows-1256 (Arabic)',
  macintosh: 'Mac Roman',
  'koi8-r': 'KOI8-R (Cyrillic)',
  'iso-8859-2': 'ISO 8859-2 (Central Europe)',
  shift_jis: 'Shift_JIS (Japanese)',
  gb18030: 'GB 18030 (Chinese)',
  big5: 'Big5 (Chinese)',
  'euc-kr': 'EUC-KR (Korean)',
  'euc-jp': 'EUC-JP (Japanese)',
};

/** Chardet's other names for what the standard calls otherwise. */
const ALIASES: Record<string, CodePage> = { 'iso-8859-1': 'windows-1252', 'iso-8859-9': 'windows-1254', 'iso-8859-7': 'windows-1253', 'iso-8859-8': 'windows-1255', 'gb2312': 'gb18030' }; // prettier-ignore

/**
 * What a guess must be better by than Windows-1252, in points: most files without Unicode are Western, and the fewer
 * their accents, the less they tell.
 */
const WESTERN_HEAD_START = 12;

/** @param sample the parts of the text that hold more than ASCII. */
export function guessCodePage(sample: Uint8Array): CodePage {
  const guesses = new Map<CodePage, number>();
  for (const { name, confidence } of analyse(sample)) {
    const label = ALIASES[name.toLowerCase()] ?? CODE_PAGES.find((each) => each === name.toLowerCase());
    if (label !== undefined) guesses.set(label, Math.max(confidence, guesses.get(label) ?? 0));
  }
  let best: { label: CodePage; score: number } = { label: 'windows-1252', score: -Infinity };
  for (const label of CODE_PAGES) {
    const text = decodedBy(label, sample);
    const start = label === 'windows-1252' ? WESTERN_HEAD_START : label === 'euc-kr' ? KOREAN_HEAD_START : 0;
    const score =
      100 * plausibility(text, label === 'gb18030' || label === 'big5') +
      0.4 * (guesses.get(label) ?? 0) +
      start;
    if (score > best.score) best = { label, score };
  }
  const western = 'windows-1252';
  return decodedBy(western, sample) === decodedBy(best.label, sample) ? western : best.label;
}

function decodedBy(label: CodePage, bytes: Uint8Array): string {
  return label === 'windows-1252' ? westernText(bytes) : new TextDecoder(label).decode(bytes);
}

/** What Windows-1252 has at 0x80 to 0x9f; taken into our own hands, since some releases of Node decode it as Latin-1. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export function westernText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS[char.charCodeAt(0) - 0x80] ?? char);
}

/** Hangul and nothing else is not come by through a mistake, as Han characters are. */
const KOREAN_HEAD_START = 20;

const WORD = /[\p{L}\p{M}\p{N}\p{Pi}\p{Pf}\p{S}\x7f-\x9f\ufffd\u2010-\u203a¡¿§¶·ªº]+/gu;
const HAN = /[\p{Script=Han}々]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const HANGUL = /\p{Script=Hangul}/u;
const HALF_WIDTH = /[\uff61-\uffdc]/;
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Hebrew}/u, /\p{Script=Arabic}/u]; // prettier-ignore

/**
 * From -1 to 1: how much of what is not ASCII stands in words as people write them, of one script, with capitals at the
 * beginning only or throughout.
 */
function plausibility(text: string, isChinese: boolean): number {
  let good = 0;
  let bad = 0;
  // The letters that Icelandic has in the places of Turkish ones, beside letters that Icelandic lacks.
  const isTurkish = /[þðý]/iu.test(text) && /[üç]/iu.test(text);
  // Names have capitals, where the script does.
  const lacksCapitals = /\p{Script=Greek}/u.test(text) && !/[Α-Ω]/u.test(text);
  for (const [word] of text.matchAll(WORD)) {
    // eslint-disable-next-line no-control-regex
    const others = Array.from(word.replace(/[\x00-\x7f]/g, '')).length;
    if (others === 0) continue;
    if (
      isWord(word) &&
      !(isChinese && KANA.test(word)) &&
      !lacksCapitals &&
      !(isTurkish && /[þðý]/iu.test(word))
    )
      good += others;
    else bad += others;
  }
  return good + bad === 0 ? -1 : (good - bad) / (good + bad);
}

function isWord(word: string): boolean {
  if (/[\ufffd\p{Co}\p{Cn}\p{Cc}]/u.test(word)) return false;
  const letters = Array.from(word).filter((char) => /\p{L}/u.test(char));
  if (letters.length === 0) return /^[€£§°«»“”‘’„‚™®©…•–—]+$/u.test(word);
  if (letters.some((char) => HAN.test(char) || KANA.test(char) || HANGUL.test(char))) {
    if (HALF_WIDTH.test(word)) return false;
    const isKorean = letters.every((char) => HANGUL.test(char));
    return isKorean || letters.every((char) => HAN.test(char) || KANA.test(char));
  }
  if (!SCRIPTS.some((script) => letters.every((char) => script.test(char)))) return false;
  // Signs stand beside words and not in them; an apostrophe may. No word of Latin letters has three accents in a row.
  if (/\p{L}[^\p{L}\p{M}’'ªº–—-]+\p{L}/u.test(word)) return false;
  if (/^[\p{Sc}\p{Sm}\p{So}\p{Sk}]|[\p{Sc}\p{Sm}\p{Sk}]$|[¹²³¼½¾‚†‡‰ƒˆ]/u.test(word)) return false;
  if (/[\u00c0-\u024f]{3}|õ(?!e)|û(?=$|r|z)/iu.test(word)) return false;
  // Czech letters that became Danish ones.
  if (/ø/i.test(word) && /[áíýúìè]/i.test(word)) return false;
  return /^[^\p{L}]*(?:\p{Lu}?[^\p{Lu}]*|[^\p{Ll}]+|(?:Mc|Mac|Le|De|La|D|O)\p{Lu}\p{Ll}+)$/u.test(word);
}
