import { addressesIn, fieldBlocks } from './mail.js';

/** Forms in which mailers name the address that failed, the surest first. */
const FORMS: RegExp[] = [
  /your message was addressed,? (?:to )?<?([^\s<>,;:"'()@]{1,64}@[^\s<>,;:"'()@]{1,255})>?/giu,
  /^[^\S\n]{0,12}[^\s<>@]{1,64}@[^\s<>@]{1,255}[^\S\n]{1,4}<([^<>\s]{1,64}@[^<>\s]{1,255})>:/gmu,
  /\(expanded from: <?([^<>\s()]{1,64}@[^<>\s()]{1,255})>?\)/gu,
  /(?:of this mailing list|message-id in) <([^<>\s]{1,64}@[^<>\s]{1,255})>/giu,
  /(?:following|these|this|failed|failing|intended)[^\n@]{0,80}(?:recipient|address|user|destinat)[^\n@]{0,100}\n(?:[^@\n]{0,200}\n){0,4}?[^@\n]{0,80}?(?<![^\s<>,;:"'()[\]=])([^\s<>,;:"'()[\]@=]{1,64}@[^\s<>,;:"'()[\]]{1,255})/giu,
  /(?:undeliverable|unable to deliver|not (?:be )?(?:deliver(?:ed)?|sent)|delivery|delivered|deliver your (?:message|mail)|invalid final delivery userid:?|unknown user:?|deliver to|addressed to|failed \d{1,3} attempts:|undeliverable address:|failed for|message for|mail for)(?:[^\S\n]+(?:message|mail|of|email|failed))?[^\S\n]{0,4}(?:to)?:?\s{1,6}['"<]{0,2}([^\s<>,;:"'()[\]@]{1,64}@[^\s<>,;:"'()[\]]{1,255})/giu,
  /^[\s>]{0,8}<([^<>\s]{1,64}@[^<>\s]{1,255})>[^\S\n]{0,4}:/gmu,
  /^[\s>]{0,8}(?:to|recipients?|(?:failed|final|original|intended|invalid|bad|rejected|unknown)[ -](?:recipient|address|user)s?|recipient address|e-?mail address|addressee|rcpt(?: to)?|address|an|pour|para|宛先|收件人)\s{0,3}[:=]\s{0,3}<?(?:mailto:|smtp:|rfc822;)?([^<>\s,;:()]{1,64}@[^<>\s,;()]{1,255})/gimu,
  /(?:RCPT TO|rcpt to|RCPT To|rcpt-to)\s{0,2}:?\s{0,2}<([^<>\s]{1,64}@[^<>\s]{1,255})>/gu,
  /^[\s>*-]{0,12}<?([^<>\s,;:()'"]{1,64}@[^<>\s,;:()'"]{1,255})>?[\s.]{0,8}$/gmu,
  /(?:[45]\d\d[ -]|[45]\.\d\.\d{1,3} )[^\n@]{0,60}?<([^<>\s]{1,64}@[^<>\s]{1,255})>/gu,
  /^[\s>*-]{0,12}<?([^<>\s,;:()'"]{1,64}@[^<>\s,;:()'"]{1,255})>?\s{0,4}(?:[:;,(-]|\.\.\.|\s\S)/gmu,
];

/** The first address under "The following address(es) failed:". */
const HEADED = /address\(es\)\s{1,3}failed:\s{1,12}([^\s<>@]{1,64}@[^\s<>@:]{1,255}):?\n/giu;

/**
 * The address that a report in prose is about. `not`: our own addresses and the reporter's, which such a report names
 * as well. `returned` is the head of the mail handed back: whom it went to settles what the prose leaves open.
 */
export function recipientInProse(said: string, returned: string, not: string[]): string | null {
  const ours = new Set(not.map((address) => address.toLowerCase()));
  const usable = (address: string): boolean =>
    !ours.has(address) && !/^(?:mailer-daemon|postmaster|mail-daemon)@/u.test(address);
  const text = said
    .slice(0, 20_000)
    .replace(/[（）「」，。：；]/gu, ' ')
    .replace(/\bnot accepting mail from \S{1,320}/giu, '');
  const wroteTo = recipientsOf(returned);
  for (const form of FORMS) {
    const named = [...text.matchAll(form)]
      .flatMap((match) => addressesIn(`<${match[1] ?? ''}>`))
      .filter(usable);
    const first = named.find((address) => wroteTo.includes(address)) ?? named[0];
    if (first !== undefined) return first;
  }
  const anywhere = lineByLine(text).filter(usable);
  const meant = anywhere.find((address) => wroteTo.includes(address));
  // Who is named as the one that failed is it, even where that is who wrote: people write to themselves.
  const listed = [...text.matchAll(HEADED)].flatMap((match) => addressesIn(match[1]))[0];
  if (meant === undefined && listed !== undefined) return listed;
  const other = meant ?? wroteTo.filter(usable)[0] ?? anywhere[0];
  if (other !== undefined || ours.size === 0) return other ?? null;
  // Who writes to themselves has themselves for a recipient.
  return recipientInProse(said, '', []);
}

function lineByLine(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.includes('@') && !/message-id|in-reply-to/iu.test(line.slice(0, 200)))
    .slice(0, 200)
    .flatMap((line) => addressesIn(line.slice(0, 1000)));
}

/** Whom the mail handed back went to. */
export function recipientsOf(returned: string): string[] {
  const head = fieldBlocks(returned).filter((fields) => fields.has('to') || fields.has('x-original-to'))[0];
  if (!head) return [];
  return [
    ...addressesIn(head.get('x-original-to')),
    ...addressesIn(head.get('to')?.replaceAll(',', ' , ')),
    ...addressesIn(head.get('cc')),
  ];
}
