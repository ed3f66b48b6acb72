import { LOOSE_PHRASES, PHRASES } from './bounce-phrases.js';
import type { BounceReason } from './verdict.js';

/** Codes that mean one thing alone, whatever sentence follows. RFC 3463, 7372, 7504, 7505, and Microsoft's own. */
const PLAIN_CODES: [RegExp, BounceReason][] = [
  [/^[45]\.1\.6$/, 'moved'],
  [/^[45]\.1\.8$/, 'policy'],
  [/^[45]\.2\.2$/, 'mailbox-full'],
  [/^[45]\.3\.4$/, 'size'],
  [/^[45]\.7\.13$/, 'suspended'],
  [/^[45]\.7\.2[0-4]$|^[45]\.7\.26$|^5\.7\.509$|^5\.7\.515$/, 'authentication'],
  [/^[45]\.7\.25$|^[45]\.7\.6\d\d$|^5\.7\.51[13]$/, 'policy'],
  [/^[45]\.4\.312$/, 'network'],
  [/^5\.7\.28$|^5\.7\.705$|^4\.7\.28$/, 'rate'],
];

const CODES: [RegExp, BounceReason][] = [
  [/^[45]\.2\.3$/, 'size'],
  [/^[45]\.1\.[013]$|^5\.1\.10$|^5\.1\.351$|^[45]\.1\.4$/, 'user-unknown'],
  [/^[45]\.1\.2$|^5\.4\.4$|^5\.4\.310$/, 'host-unknown'],
  [/^[45]\.1\.7$/, 'policy'],
  [/^[45]\.2\.1$/, 'suspended'],
  [/^4\.4\.7$|^5\.4\.7$|^4\.4\.316$|^5\.4\.300$/, 'expired'],
  [/^[45]\.4\.[1-6]$|^4\.4\.\d+$|^5\.4\.3\d\d$|^5\.4\.14$/, 'network'],
  [/^[45]\.3\.\d+$|^[45]\.2\.4$/, 'system'],
  [/^5\.5\.3$/, 'rate'],
  [/^[45]\.6\.\d+$/, 'content'],
  [/^[45]\.7\.\d+$/, 'policy'],
];

/** What was refused was our address, not theirs. */
const OF_SENDER = /after MAIL FROM|in reply to MAIL FROM|\[MAIL_FROM\]|SMTP:MAIL/iu;
/** Code and hyphen before each further line of an answer; the outer complaint of a gateway about an inner one. */
const CONTINUED = /(?:^|\s)[45]\d\d[- ](?:#?[45]\.\d{1,3}\.\d{1,3}[\s-]{1,4})?/gu;
const OUTER =
  /^[^'\n]{0,40}\d\.\d\.\d - [^'\n]{1,60} error [^'\n]{0,12}'|refused to accept your message[^[\n]{0,80}with the following error message: (?=\[)/u;
const ADDRESSES = /(?:[^\s<>,;:"'()[\].]|\.(?!\.)){0,64}@(?:[^\s<>,;:"'()[\].]|\.(?!\.)){1,255}/gu;
/** Links that a filter on our own side put in place of others. */
const REWRITTEN = /https?:\/\/urldefense\.\S{1,2000}/giu;
/** Postfix and Exim before the words of a server that would not even hear whom the mail is for; those words say why. */
const NOT_TALKING =
  /(?:refused to talk to me|after initial connection|after [EH]{2}LO \S{1,255}): (?:host \S{1,255} \S{1,60}: )?(?=[45]\d\d)/iu;

/** What a server refused for good. */
const REFUSED = /^[\s<>]{0,8}5\d\d[\s-]/u;

/** Of a session's record only what was refused for good, where later lines say that a connection broke as well. */
export function refusedLines(said: string): string {
  const lines = said.split('\n');
  return lines.some((line) => /^\s{0,4}(?:<<< )?4\d\d[\s-]/u.test(line))
    ? lines.filter((line) => REFUSED.test(line)).join('\n')
    : '';
}

/**
 * The reason that one sentence of a server gives, or null. Addresses are no words: `expired@` says nothing.
 * @param table `firm`: without the words that stand around refusals of any kind.
 */
export function reasonInWords(said: string, table: 'all' | 'firm' = 'all'): BounceReason | null {
  const text = said
    .slice(0, 3000)
    .replace(OUTER, '')
    .replace(/\s+/gu, ' ')
    .replace(REWRITTEN, ' ')
    .replace(ADDRESSES, '@')
    .replace(NOT_TALKING, '')
    .replace(CONTINUED, ' ');
  const greeted = NOT_TALKING.test(said.replace(/\s+/gu, ' '));
  const phrases = table === 'firm' || greeted ? PHRASES : [...PHRASES, ...LOOSE_PHRASES];
  const asked = phrases.find(([, pattern]) => pattern.test(text))?.[0] ?? (greeted ? 'policy' : null);
  return asked !== null && /^(?:user|host)-unknown$/.test(asked) && OF_SENDER.test(said) ? 'policy' : asked;
}

/** Words that say no more than the code beside them: a mailbox that is disabled is not available (RFC 3463, 5.2.1). */
function saysOnlyTheCode(status: string | null, said: string): boolean {
  return (
    /^[45]\.2\.1$/.test(status ?? '') &&
    /mail ?box (?:is )?(?:currently )?(?:not available|unavailable)/iu.test(said)
  );
}

/** Codes that name the address as the fault so plainly that loose words beside them say nothing else. */
function blamesAddress(status: string | null): boolean {
  return /^5\.1\.(?:1|3|10)$/.test(status ?? '');
}

export function plainCode(status: string | null): BounceReason | null {
  return PLAIN_CODES.find(([pattern]) => pattern.test(status ?? ''))?.[1] ?? null;
}

export function reasonInCode(status: string | null): BounceReason | null {
  return plainCode(status) ?? CODES.find(([pattern]) => pattern.test(status ?? ''))?.[1] ?? null;
}

/** Words that stand around a failure, in disclaimers too, as often as they say it. */
const VAGUE = new Set<BounceReason | null>(['system', 'network', 'content', 'spam', null]);

/**
 * The code that means one thing alone, then the server's words, then the code, then the prose around them. Vague words
 * of the reporter do not outdo a plain code.
 * @param sayings the first is the server's own.
 */
export function reasonOf(status: string | null, sayings: string[], prose: string): BounceReason {
  const plain = plainCode(status);
  if (plain !== null) return plain;
  const code = reasonInCode(status);
  for (const [at, saying] of sayings.entries()) {
    if (saysOnlyTheCode(status, saying)) break;
    const found = reasonInWords(saying, blamesAddress(status) ? 'firm' : 'all');
    if (found === 'user-unknown' && code === null && ofNobody(prose).includes('suspended'))
      return 'suspended';
    if (found !== null && (at === 0 || code === null || !VAGUE.has(found))) return found;
  }
  const around = paragraphs(prose).map((each) => reasonInWords(each));
  const telling = around.find((found) => !VAGUE.has(found) && found !== 'policy');
  return code ?? telling ?? around.find((found) => found !== null) ?? 'other';
}

function paragraphs(prose: string): string[] {
  return prose.split(/\n\s*\n/u).slice(0, 40);
}

/** What a report says in general, without a name, of what may have happened. */
function ofNobody(prose: string): (BounceReason | null)[] {
  return paragraphs(prose)
    .filter((each) => !each.includes('@'))
    .map((each) => reasonInWords(each));
}
