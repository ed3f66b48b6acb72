import { newId } from '../database/ids.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import type { Ear } from './listen.types.js';

/** A mailbox that can listen, and what it takes to reach it in one text: when that changes, one begins anew. */
export interface Listenable {
  ownerId: string;
  mailboxId: string;
  settings: string;
}

/** Every mailbox with an IMAP server, of owners whoever they are. */
export function listenable(db: Db): Promise<Listenable[]> {
  return rows<Listenable>(
    db,
    `SELECT owner_id, id AS mailbox_id,
            concat_ws('|', imap_host, imap_port, imap_tls, imap_username, username, address, auth, oauth_provider,
                      md5(imap_password_sealed), md5(password_sealed), oauth_sealed IS NULL) AS settings
       FROM mailbox WHERE imap_host IS NOT NULL AND kind = 'smtp' ORDER BY id`,
  );
}

/** Takes or keeps the mailbox for this process; false while another one has it. On the database's clock. */
export async function takeEar(db: Db, ear: Ear, leaseMs: number, now: Date): Promise<boolean> {
  const taken = await row<{ id: string }>(
    db,
    `INSERT INTO mail_ear (id, owner_id, created_at, mailbox_id, holder, lease_until)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))
     ON CONFLICT (owner_id, mailbox_id) DO UPDATE SET holder = EXCLUDED.holder, lease_until = EXCLUDED.lease_until
     WHERE mail_ear.holder = EXCLUDED.holder OR mail_ear.lease_until < clock_timestamp() RETURNING id`,
    [newId(), ear.ownerId, now, ear.mailboxId, ear.holder, leaseMs / 1000],
  );
  return taken !== null;
}

/** Lets another process listen at once. */
export async function releaseEar(db: Db, ear: Ear): Promise<void> {
  await affected(
    db,
    `UPDATE mail_ear SET lease_until = clock_timestamp() - interval '1 second'
      WHERE owner_id = $1 AND mailbox_id = $2 AND holder = $3`,
    [ear.ownerId, ear.mailboxId, ear.holder],
  );
}

/** SQL: the mailbox is still ours. `$1` owner, `$2` mailbox, `$3` holder: `earParams`. */
export const EAR_HELD = `EXISTS (SELECT 1 FROM mail_ear e WHERE e.owner_id = $1 AND e.mailbox_id = $2 AND e.holder = $3
                                    AND e.lease_until > clock_timestamp())`;

export const earParams = ({ ownerId, mailboxId, holder }: Ear): [string, string, string] => [
  ownerId,
  mailboxId,
  holder,
];

/** Another process took the mailbox over: this one must not say anything more of it. */
export class EarLost extends Error {
  constructor() {
    super('another process listens to this mailbox now');
    this.name = 'EarLost';
  }
}

/** For the owner: why the mailbox cannot listen; null: it can. */
export async function noteWhy(db: Db, ear: Ear, why: string | null): Promise<void> {
  await affected(
    db,
    `UPDATE mailbox SET listen_why = $4 WHERE owner_id = $1 AND id = $2 AND listen_why IS DISTINCT FROM $4 AND ${EAR_HELD}`,
    [...earParams(ear), why],
  );
}
