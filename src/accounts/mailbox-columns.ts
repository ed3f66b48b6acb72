import { type Db, row } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { MailboxAnswer } from './mailboxes.schemas.js';

/** Of a mailbox as it is shown: nothing sealed leaves. For a query that calls the table `mailbox`. */
export const MAILBOX_COLUMNS = `id, kind, address, display_name, host, port, tls, username,
  password_sealed IS NOT NULL AS has_password, auth, oauth_provider, oauth_sealed IS NOT NULL AS signed_in,
  CASE WHEN imap_host IS NOT NULL THEN jsonb_build_object('host', imap_host, 'port', imap_port, 'tls', imap_tls,
    'username', imap_username, 'hasPassword', imap_password_sealed IS NOT NULL) END AS imap,
  saves_sent,
  CASE WHEN dkim_key_sealed IS NOT NULL THEN jsonb_build_object('domain', dkim_domain, 'selector', dkim_selector) END AS dkim,
  id = (SELECT d.id FROM mailbox d WHERE d.owner_id = mailbox.owner_id
         ORDER BY (d.kind = 'smtp') DESC, d.preferred DESC, (d.state = 'active') DESC, d.created_at, d.id LIMIT 1) AS is_default,
  state, paused_why, paused_until, daily_cap, hourly_cap, gap_seconds, warm_up_from::text AS warm_up_from, next_slot_at,
  slowed_until, slow_factor, listen_why, read_through_at, version, created_at`;

/** @throws AppError not-found */
export async function mailboxOf(db: Db, ownerId: string, id: string): Promise<MailboxAnswer> {
  const found = await row<MailboxAnswer>(
    db,
    `SELECT ${MAILBOX_COLUMNS} FROM mailbox WHERE owner_id = $1 AND id = $2`,
    [ownerId, id],
  );
  if (!found) throw new AppError('not-found', 'There is no such mailbox.');
  return found;
}
