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

/** The lines of a transcript that the other server wrote; what stands between them is the reporter's gloss. */
export function answersIn(transcript: string): string {
  return transcript
    .split('\n')
    .filter((line) => /^\s{0,8}<<< /u.test(line))
    .join('\n');
}

/** The text that RFC 5321 gives to every 550, "e.g. mailbox not found, no access, or rejected for policy reasons". */
const ANY_550 = /requested action not taken:? mailbox unavailable/iu;

/** What a report quotes of another server's refusal: from the reply code on, or the standard's own words for it. */
export function quotedReply(text: string): string[] {
  const said = text.slice(0, 8000);
  const reply = REPLY.exec(said);
  return [reply?.[1] === '5' ? said.slice(reply.index) : '', ANY_550.exec(said)?.[0] ?? ''];
}

/** In a transcript: what we sent. */
export const SENT = /^\s{0,8}>>> ?(\S{1,10})/mu;

/** The last form names nobody: so answer Japanese carriers once their filter has seen the mail. */
const AFTER_DATA =
  /in reply to (?:end of )?DATA command|after end of data|after I sent the message|our final DATA|for TEXT command|SMTP:DATA|SMTP command DATA\b|\[DATA\]|\(state 18\)|after (?:sending |the )?DATA\b|\b550:? ?: user unknown/iu;
/** The last form is how Postfix answers RCPT TO. */
const AT_RECIPIENT =
  /in reply to RCPT|after RCPT|did not like our RCPT|does not like recipient|>>> RCPT|SMTP:RCPT|RCPT_TO|for RCPT TO command|RCPT TO (?:said|response|generated)|\(state 14\)|recipient address rejected|no valid recipients?|\b55\d:? <[^<>\s@]{1,64}@[^<>\s@]{1,255}>: /iu;
/** What a server says to the DATA of one who did not wait for its answers: it has refused every address by then. */
const NO_RECIPIENTS =
  /no valid recipients?|need rcpt|valid rcpt|<<< 503 all recipients|rcpt first|no recipients|after rcpt|^<{3} 503/imu;

/** What was refused: the address, in answer to RCPT TO, or the mail, in answer to DATA or once all of it was there. */
export type Stage = 'recipient' | 'data';

/** The stage of a refusal, by the first of these texts that tells it. */
export function stageIn(texts: string[]): Stage | null {
  for (const text of texts) {
    const said = text.slice(0, 8000);
    const unfolded = said.replace(/\s+/gu, ' ');
    if (AFTER_DATA.test(unfolded) || dataRefused(said)) return 'data';
    if (AT_RECIPIENT.test(unfolded) || NO_RECIPIENTS.test(said)) return 'recipient';
  }
  return null;
}

/** In a transcript. */
function dataRefused(said: string): boolean {
  if (NO_RECIPIENTS.test(said)) return false;
  let command = '';
  for (const line of said.split('\n')) {
    const sent = SENT.exec(line);
    if (sent) command = (sent[1] ?? '').toUpperCase();
    else if (/^\s{0,8}<<< ?5\d\d/u.test(line)) return command === 'DATA' || command === '.';
  }
  return false;
}
