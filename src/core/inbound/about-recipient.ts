import { replyClass, statusIn } from './smtp-words.js';

/** A line that begins with an address opens the part about that recipient. */
const LEADING = /^[\s"'*-]{0,12}<?([^\s<>,;:"'()]{1,64}@[^\s<>,;:"'()]{1,255})>?(?=[\s:,"']|$)/u;

/** Of a record of several sessions, the one in which the recipient is named. */
export function sessionWith(said: string, recipient: string | null): string {
  const [before = '', ...sessions] = said.split(/^(?=[ .]{0,8}while talking to )/imu);
  const naming = sessions.filter(
    (session) => recipient !== null && session.toLowerCase().includes(recipient),
  );
  return sessions.length > 1 && naming.length > 0 ? before + naming.join('') : said;
}

/** An answer folded after its code: what follows belongs to it, an address too. */
const CUT_SHORT = /[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3})?[\s:]{0,4}$/u;

/** The lines of a report that speak of one recipient, and those that quote a server, but not about somebody else. */
export function linesAbout(said: string, recipient: string | null): string {
  const kept: string[] = [];
  let near = 0;
  let elsewhere = false;
  for (const full of sessionWith(said, recipient).split('\n')) {
    const line = full.slice(0, 1000);
    if (line.trim() === '') {
      near = near > 6 ? near : 0;
      continue;
    }
    const head = LEADING.exec(line)?.[1]?.toLowerCase();
    const naming = recipient !== null && line.toLowerCase().includes(recipient);
    if (naming) [near, elsewhere] = [8, false];
    else if (head !== undefined && recipient !== null && !CUT_SHORT.test(kept.at(-1) ?? ''))
      [near, elsewhere] = [0, true];
    const bare = line.replace(/[<>:\s"']/g, '').toLowerCase() === recipient;
    const quoting = statusIn(line) !== null || replyClass(line) !== null || /^\s{0,8}<<< /u.test(line);
    const field = /^\s{0,8}(?:to|subject|date|from|sent)\s{0,3}:/iu.test(line);
    if (!bare && !elsewhere && (quoting || (near > 0 && !field))) kept.push(line);
    near = Math.max(near - 1, 0);
  }
  return kept.join('\n').slice(0, 4000);
}
