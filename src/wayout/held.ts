/**
 * Kinds of data held about a person, and since when: each a query of instants as `since`. $1 is the owner, `who.ids` are the
 * person's contacts.
 */
export const HELD = [
  { kind: 'address', sql: of('identity') },
  { kind: 'person', sql: of('source_record') },
  { kind: 'birthday', sql: `SELECT created_at AS since FROM contact WHERE owner_id = $1 AND id = ANY (who.ids) AND birthday IS NOT NULL` }, // prettier-ignore
  { kind: 'meetings', sql: of('encounter') },
  { kind: 'notes', sql: `${of('interaction')} UNION ALL ${of('fact')}` },
  { kind: 'promises', sql: of('promise') },
  { kind: 'mails', sql: `${of('message')} AND state = 'sent'` },
  // What a server says of a mail is no word of theirs.
  { kind: 'answers', sql: `${of('inbound')} AND kind NOT IN ('bounce', 'delay')` },
] as const;

export type HeldKind = (typeof HELD)[number]['kind'];

function of(table: string): string {
  return `SELECT created_at AS since FROM ${table} WHERE owner_id = $1 AND contact_id = ANY (who.ids)`;
}
