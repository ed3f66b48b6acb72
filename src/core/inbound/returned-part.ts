/** A line after which a mailer hands the mail back. */
const RETURNED =
  /^[\s>]{0,8}[-=*#_~.+|]{0,80}\s{0,4}(?:original message|(?:this is|below is|included is|here is|following is|enclosed is|attached is|the following is|below this line is)[^\n]{0,60}(?:copy of|headers?\b|your (?:original )?message)|(?:a )?copy of (?:the|your) (?:original )?(?:message|mail|header)|(?:start|beginning) of (?:the )?(?:original|returned|message|header)|(?:returned|unsent|undelivered|original|your|rejected|bounced) (?:message|mail|e-?mail)(?: text| body)?(?: (?:header|headers|follows|below|body|contents?|text))?:?\s{0,4}[-=*#_~.]{3}|message headers? follows?|header follows|unsent message (?:follows|below)|original message (?:headers?|follows|text)|(?:text|body) of (?:the )?(?:original |returned )?(?:message|mail)\W{0,80}$|message text follows|-{4,}\s{0,4}(?:message|mail) (?:header|text|body|follows|envelope|contents)|received message follows|ursprüngliche nachricht|kopfzeilen der|message d['’]origine|mensaje original|messaggio originale|オリジナル)/iu;
const FIELD = /^(?:[A-Za-z][A-Za-z0-9-]{1,50}):/;
const TRACE = /^(?:received|return-path|message-id|dkim-signature|mime-version|x-mailer|delivered-to):/i;
const REPORT_FIELD =
  /^(?:final-recipient|original-recipient|reporting-mta|action|status|diagnostic-code|remote-mta|arrival-date|received-from-mta|last-attempt-date|x-postfix-\S*|dsn-gateway|original-envelope-id|content-\S*):/i;

/** A machine's text in two: what it says, and the mail it hands back (empty where it does not). */
export function splitReturned(text: string): { said: string; returned: string } {
  const lines = text.split('\n');
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if ((line.length < 300 && RETURNED.test(line)) || (TRACE.test(line) && isHead(lines, at))) {
      const start = headStart(lines, at);
      return { said: lines.slice(0, start).join('\n'), returned: lines.slice(start).join('\n') };
    }
  }
  return { said: text, returned: '' };
}

/** Three header lines in a row that no delivery report has. */
function isHead(lines: string[], at: number): boolean {
  const next = lines.slice(at, at + 12).filter((line) => !/^\s/.test(line));
  const end = next.findIndex((line) => !FIELD.test(line));
  const fields = (end === -1 ? next : next.slice(0, end)).filter((line) => !REPORT_FIELD.test(line));
  return fields.length >= 3 || (fields.length >= 2 && at + 3 >= lines.length);
}

/** Fields above the trace line belong to the same header. */
function headStart(lines: string[], at: number): number {
  let start = at;
  while (
    start > 0 &&
    FIELD.test(lines[start - 1] ?? '') &&
    !REPORT_FIELD.test(lines[start - 1] ?? '') &&
    at - start < 40
  )
    start -= 1;
  return start === 0 ? at : start;
}
