/** RFC 3463 code inside a sentence. */
const STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/gu;
/** A reply code at the head of what a server said, as in `550 No such user` or `said: 451-Try later`. */
const REPLY = /(?<![\d.:#/=-])([245])\d\d(?=[\s-]{1,5}\S|[:;,]\s)/u;

/** The first code in a text that is worth something: `5.0.0` and `2.x.x` only where nothing better is there. */
export function statusIn(text: string): string | null {
  const found = text.slice(0, 8000).match(STATUS) ?? [];
  const failing = found.filter((code) => !code.startsWith('2'));
  return failing.find((code) => !code.endsWith('.0.0')) ?? failing[0] ?? null;
}

/** `4` or `5` of the first SMTP reply in a text, or null. */
export function replyClass(text: string): string | null {
  const digit = REPLY.exec(text.slice(0, 8000))?.[1];
  return digit === '4' || digit === '5' ? digit : null;
}

/** The last form names nobody: so answer Japanese carriers once their filter has seen the mail. */
const AFTER_DATA =
  /in reply to (?:end\s{1,20}of\s{1,20})?DATA\s{1,20}command|after end of data|after I sent the message|our final DATA|SMTP:DATA|SMTP command\s{1,20}DATA\b|\[DATA\]|after (?:sending |the )?DATA\b|\b550:? ?: user unknown/iu;
const NO_RECIPIENTS =
  /no valid recipients?|need rcpt|valid rcpt|rcpt first|no recipients|after rcpt|^<{3} 503/imu;

/** Whether the refusal was of the address: the answer to RCPT TO. */
export function saidAtRecipient(text: string): boolean {
  return /in\s{1,20}reply\s{1,20}to\s{1,20}RCPT|after RCPT|did not like our RCPT|does not like recipient|>>> RCPT|SMTP:RCPT|RCPT_TO|recipient address rejected|no valid recipients?/iu.test(
    text.slice(0, 8000),
  );
}

/** Whether the refusal came once the whole mail was there, or, in a transcript, to the command DATA. */
export function saidAfterData(text: string): boolean {
  const said = text.slice(0, 8000);
  if (AFTER_DATA.test(said)) return true;
  if (NO_RECIPIENTS.test(said)) return false;
  let command = '';
  for (const line of said.split('\n')) {
    const sent = /^\s{0,8}>>> ?(\S{1,10})/u.exec(line);
    if (sent) command = (sent[1] ?? '').toUpperCase();
    else if (/^\s{0,8}<<< ?5\d\d/u.test(line)) return command === 'DATA' || command === '.';
  }
  return false;
}
