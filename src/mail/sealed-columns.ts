/**
 * Every column that holds something sealed, and what it is bound to besides the id of its row: so that no sealed text
 * opens in another row or in another column. A test holds this list equal to the schema.
 */
export const SEALED_COLUMNS = [
  // Bound to the bare id, as the first passwords were.
  { table: 'mailbox', column: 'password_sealed', use: '' },
  { table: 'mailbox', column: 'imap_password_sealed', use: 'imap password' },
  { table: 'mailbox', column: 'oauth_sealed', use: 'oauth grant' },
  { table: 'mailbox', column: 'oauth_pending_sealed', use: 'oauth sign-in' },
  { table: 'mailbox', column: 'dkim_key_sealed', use: 'dkim key' },
  { table: 'owner', column: 'forgotten_key_sealed', use: 'forgotten key' },
] as const;

export type SealedColumn = (typeof SEALED_COLUMNS)[number]['column'];

/** What a sealed column of a row is bound to. @param id of the row */
export function sealedFor(column: SealedColumn, id: string): string {
  const use = SEALED_COLUMNS.find((one) => one.column === column)?.use ?? '';
  return use === '' ? id : `${id} ${use}`;
}
