import { sentences } from '../inbound-text.js';

/** No person writes longer sentences; a bound keeps the patterns quick on hostile text. */
const SENTENCE_LIMIT = 1000;
/** More than any note has; a text of initials has thousands. */
const SENTENCES = 400;
/** What an auto-reply or an answer says, it says here; the rest is attachments turned to text. */
const TEXT_LIMIT = 20_000;

/** Japanese and Chinese end a sentence without a space behind it. */
const CJK_END = /(?<=[。！？｡])\s*(?=\S)/u;

/** Digits as Japanese and Chinese keyboards write them. */
function plainDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** Their full stop ends no sentence where a number follows: "Dec. 5", "incl. 5", "t.o.m. 5". */
const SHORTENED =
  /(?:^|[\s(,.])(?:jan|janv|feb|febr|fév|févr|mar|mär|mrz|apr|avr|abr|jun|jul|juil|lug|giu|aug|ago|sep|sept|set|oct|okt|ott|out|nov|dec|dez|déc|dic|des|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mer|jeu|ven|vie|sam|dom|incl|inkl|einschl|exkl|approx|ca|tj|tzn|d|t\.o\.m|fr\.o\.m|o\.m|do dn)\.$/iu;

function joined(parts: string[]): string[] {
  const whole: string[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last !== undefined && /^\d/.test(part) && SHORTENED.test(last.slice(-12))) {
      whole[whole.length - 1] = `${last} ${part}`;
    } else whole.push(part);
  }
  return whole;
}

/** Sentences of a text in any of our languages, digits plain, none longer than a person would write it. */
export function shortSentences(text: string): string[] {
  return joined(sentences(plainDigits(text.slice(0, TEXT_LIMIT))))
    .flatMap((sentence) => sentence.split(CJK_END))
    .map((sentence) => sentence.trim().slice(0, SENTENCE_LIMIT))
    .filter((sentence) => sentence !== '')
    .slice(0, SENTENCES);
}

/** Whole words of alphabets that have spaces, in any case. `list` holds pattern sources. */
export function wholeWords(...list: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.join('|')})(?!\\p{L})`, 'iu');
}
