import { canonicalOf, contactsOf } from '../database/persons.js';
import { rows, type Db } from '../database/rows.js';
import { keyId, sealedElsewhere } from '../mail/secrets.js';

export const alarmKinds = [
  'complaint',
  'opt-out',
  'perhaps',
  'refused',
  'challenge',
  'key',
  'mailbox',
  'deaf',
  'coming-back',
  'promise',
  'unknown',
] as const;

/** What the owner should hear of without asking; it stands until they have taken note, or until it is over. */
export interface Alarm {
  kind: (typeof alarmKinds)[number];
  /** In words, with who and why. */
  text: string;
  /** What to do about it: a command line, without the program's name. */
  command: string;
}

/** Of the last month, as the inbox shows it: days. */
export const ALARM_DAYS = 30;

/** So many mails of a week came back, and more than one in ten: something is wrong with the addresses, or with us. */
const STORM = { days: 7, mails: 5, share: 0.1 };

/** SQL: the received mail `i` is an alarm. */
export const ALARM = `(i.kind IN ('complaint', 'challenge', 'opt-out') OR (i.kind = 'bounce' AND i.severity = 'blocked')
  OR (i.kind = 'reply' AND i.detail->>'perhaps' IS NOT NULL))`;

/** The gravest first, each kind newest first. At most ten of each. @param keys that secrets may be sealed with */
export async function alarmsOf(
  db: Db,
  ownerId: string,
  { now, keys }: { now: Date; keys: readonly Buffer[] },
): Promise<Alarm[]> {
  const found = await rows<{ kind: Alarm['kind']; who: string; why: string; id: string }>(db, ALARMS_SQL, [
    ownerId,
    now,
    ALARM_DAYS,
    STORM.days,
    keys.map(keyId),
  ]);
  return found.flatMap(({ kind, who, why, id }) => {
    if (kind === 'coming-back' && !isStorm(who, why)) return [];
    return [{ kind, ...WORDS[kind](who, why, id.slice(-8)) }];
  });
}

function isStorm(back: string, sent: string): boolean {
  return Number(back) >= STORM.mails && Number(back) > Number(sent) * STORM.share;
}

/** Days for which a mail by hand asks about the promises that were open then. Only the owner knows what was in it. */
const KEPT_DAYS = 3;

const noted = (id: string): string => `inbox seen ${id}`;

const WORDS: Record<Alarm['kind'], (who: string, why: string, id: string) => Omit<Alarm, 'kind'>> = {
  complaint: (who, _, id) => ({
    text: `${who} complained about a mail of yours; nothing goes to them any more.`,
    command: noted(id),
  }),
  'opt-out': (who, why, id) => ({ text: `${who} asked you to stop (${why}).`, command: noted(id) }),
  perhaps: (who, why, id) => ({
    text: `${who} may wish to be left alone (“${why}”): say so, or “inbox seen ${id}”. What was planned is stopped in any case.`,
    command: `inbox correct ${id} opt-out`,
  }),
  refused: (who, why, id) => ({ text: `A mail to ${who} was refused: ${why}`, command: noted(id) }),
  challenge: (who, _, id) => ({
    text: `${who} has a machine that wants proof of a human; only you can answer it.`,
    command: noted(id),
  }),
  key: (whose, command) => ({
    text: `The key that the passwords of ${whose} were sealed with is not here: bring SECRET_KEY, or secret-key in DATA_DIR, back as it was, the same for every process, or enter them again.`,
    command,
  }),
  mailbox: (who, why) => ({ text: `${who} is paused: ${why}`, command: `mailbox test ${who}` }),
  deaf: (who, why) => ({ text: `${who}: ${why}`, command: `mailbox test ${who}` }),
  'coming-back': (back, sent) => ({
    text: `${back} of the ${sent} mails of the last ${STORM.days} days came back.`,
    command: 'inbox',
  }),
  promise: (who, text, id) => ({
    text: `You wrote to ${who} yourself: did that keep your promise to ${text}?`,
    command: `keep ${id}`,
  }),
  unknown: (count) => ({
    text: `${count} of your mails may have gone or not; nothing else goes to those people until you say.`,
    command: 'unknown',
  }),
};

/**
 * $1 owner, $2 now, $3 days of the inbox, $4 days of a storm, $5 names of the keys there are. The mails are read by
 * `inbound_news_idx`. Of a mailbox whose key is lost that is said, and not what comes of it.
 */
const ALARMS_SQL = `
WITH lost AS (
  SELECT m.id, m.address, x.n, format(x.cure, m.address, m.imap_host, m.imap_port) AS cure
    FROM mailbox m
   CROSS JOIN LATERAL (VALUES (1, m.password_sealed, 'mailbox edit %s --password'), (2, m.oauth_sealed, 'mailbox sign-in %s'),
                              (3, m.imap_password_sealed, 'mailbox edit %s --imap %s:%s'),
                              (4, m.dkim_key_sealed, 'mailbox edit %s --dkim-key FILE')) AS x (n, sealed, cure)
   WHERE m.owner_id = $1 AND ${sealedElsewhere('x.sealed', '$5::bytea[]')})
SELECT kind, who, why, id FROM (
  (SELECT 1 AS rank, CASE i.kind WHEN 'bounce' THEN 'refused' WHEN 'reply' THEN 'perhaps' ELSE i.kind END AS kind, i.id::text, i.at,
          coalesce(c.full_name, i.detail->>'recipient', i.from_address, 'Somebody') AS who,
          coalesce(i.detail->>'diagnostic', i.detail->>'perhaps', i.detail->>'why', '') AS why
     FROM inbound i LEFT JOIN contact given ON given.id = i.contact_id
     LEFT JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
    WHERE i.owner_id = $1 AND i.at > $2::timestamptz - make_interval(days => $3) AND i.seen_at IS NULL
      AND i.kind <> 'list' AND ${ALARM}
    ORDER BY i.kind = 'complaint' DESC, i.at DESC LIMIT 10)
  UNION ALL
  SELECT 2, 'key', '', NULL, string_agg(DISTINCT l.address, ', '), (array_agg(l.cure ORDER BY l.id, l.n))[1]
    FROM lost l HAVING count(*) > 0
  UNION ALL
  SELECT 2, 'mailbox', m.id::text, NULL, m.address, coalesce(m.paused_why, 'it was paused')
    FROM mailbox m WHERE m.owner_id = $1 AND m.state = 'paused' AND m.id NOT IN (SELECT id FROM lost)
  UNION ALL
  SELECT 3, 'deaf', m.id::text, NULL, m.address, m.listen_why
    FROM mailbox m WHERE m.owner_id = $1 AND m.listen_why IS NOT NULL AND m.imap_host IS NOT NULL
     AND m.id NOT IN (SELECT id FROM lost)
  UNION ALL
  SELECT 4, 'unknown', '', NULL, count(*)::text, '' FROM message x
   WHERE x.owner_id = $1 AND x.state = 'unknown' HAVING count(*) > 0
  UNION ALL
  SELECT 5, 'coming-back', '', NULL, count(b.message_id)::text, count(*)::text
    FROM message x
    LEFT JOIN LATERAL (SELECT i.message_id FROM inbound i WHERE i.owner_id = $1 AND i.message_id = x.id
                          AND i.kind = 'bounce' LIMIT 1) b ON true
   WHERE x.owner_id = $1 AND x.state = 'sent' AND x.channel = 'mail' AND x.sent_at > $2::timestamptz - make_interval(days => $4)
  UNION ALL
  (SELECT 6, 'promise', p.id::text, byhand.at, c.full_name, p.text
     FROM promise p JOIN contact given ON given.id = p.contact_id
     JOIN contact c ON c.id = ${canonicalOf('given')}
     JOIN LATERAL (SELECT max(n.at) AS at FROM interaction n
                    WHERE n.owner_id = $1 AND n.contact_id IN (${contactsOf('c.id')}) AND n.kind = 'mail-by-hand'
                      AND n.source_kind = 'sent-mail' AND n.at >= p.created_at
                      AND n.at > $2::timestamptz - make_interval(days => ${KEPT_DAYS})) byhand ON byhand.at IS NOT NULL
    WHERE p.owner_id = $1 AND p.kept_at IS NULL AND p.closed_at IS NULL AND c.hidden_at IS NULL
    ORDER BY byhand.at DESC LIMIT 10)
) a ORDER BY rank, kind = 'complaint' DESC, at DESC NULLS LAST`;
