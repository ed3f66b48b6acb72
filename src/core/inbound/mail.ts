/** A mail as the MIME parser hands it over. Header keys in lower case; addresses bare; text decoded. */
export interface ParsedMail {
  headers: { key: string; value: string }[];
  from: { address: string; name: string } | null;
  to: string[];
  subject: string;
  text: string;
  date: Date | null;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** Parts a machine wrote, e.g. message/delivery-status, message/rfc822, text/rfc822-headers. */
  parts: { contentType: string; content: string }[];
}

/** How much of a machine's part and of a text is read at most, in characters. */
const PART_LIMIT = 64_000;
export const TEXT_LIMIT = 20_000;

const ADDRESS = /(?<![^\s<>,;:"'()[\]=])[^\s<>,;:"'()[\]@]{1,64}@[^\s<>,;:"'()[\]@]{1,255}/gu;
const QUOTED = /"[^"\r\n<>]{1,62}"@[^\s<>,;:"'()[\]@]{1,255}/gu;

export function header(mail: ParsedMail, key: string): string {
  return (
    mail.headers
      .find((entry) => entry.key.toLowerCase() === key)
      ?.value.slice(0, 2000)
      .trim() ?? ''
  );
}

export function part(mail: ParsedMail, type: RegExp): string | null {
  return (
    mail.parts.find((entry) => type.test(entry.contentType.trim()))?.content.slice(0, PART_LIMIT) ?? null
  );
}

/** Blocks of `Name: value` fields, unfolded, as RFC 3464 and RFC 5965 use them. The first of a name counts. */
export function fieldBlocks(content: string): Map<string, string>[] {
  return content
    .slice(0, PART_LIMIT)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]{1,80}(?=\S)/g, ' ')
    .split(/\n[ \t]*\n/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.split('\n')) {
        const match = /^\s{0,3}([A-Za-z][A-Za-z-]{1,60})\s{0,3}:(.*)$/.exec(line);
        const key = match?.[1]?.toLowerCase();
        if (key !== undefined && !fields.has(key)) fields.set(key, match?.[2]?.trim() ?? '');
      }
      return fields;
    });
}

/** One line for people, without control characters, at most 500 characters. */
export function clipped(text: string): string {
  return text
    .slice(0, 3000)
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

/** Every address of a text in its order, in lower case, each once. A local part may be quoted (RFC 5321). */
export function addressesIn(text: string | undefined): string[] {
  const given = (text ?? '').slice(0, 4000);
  if (!given.includes('@')) return [];
  const found = [...given.matchAll(QUOTED), ...given.replace(QUOTED, ' ').matchAll(ADDRESS)];
  return [...new Set(found.map((match) => tidied(match[0])))].filter((address) =>
    /^[^@]+@[\p{L}\p{N}_#-]/u.test(address),
  );
}

export function addressIn(text: string | undefined): string | null {
  return addressesIn(text)[0] ?? null;
}

/** Without what sticks to an address in a sentence or in `rfc822;` and X.400 forms. */
function tidied(found: string): string {
  return found
    .replace(/^(?:mailto|smtp|rfc822|to|for)[;:=]/iu, '')
    .replace(/(\.[a-z]{2,10})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、）].*$/iu, '$1')
    .replace(/[.!?*'`\]}|\\]+$/u, '')
    .toLowerCase();
}
