import type { DataSource } from 'typeorm';
import { parseMailbox } from '../core/address.js';
import { canonicalEmail } from '../core/import/identity.js';
import type { Decision } from '../core/decide.js';
import { judgeSend, type SendVerdict } from '../core/smtp-result.js';
import { appendSuppression } from '../database/append.js';
import { newId } from '../database/ids.js';
import type { Db } from '../database/rows.js';
import type { SendEnd, SmtpSession } from '../mail/smtp.js';
import { settle, type Claimed, type Settlement } from './claim.js';
import { lookAndMark, type LastLook } from './last-look.js';
import { buildOutgoing } from './outgoing.js';

/** How one message ended, and whether the mailbox must rest. */
export type Sent =
  | { kind: 'settled'; result: string }
  | { kind: 'mailbox'; verdict: Extract<SendVerdict, { kind: 'mailbox' }> };

const MINUTE = 60_000;

interface Tools {
  db: DataSource;
  now: () => Date;
  leaseSeconds: number;
  sandbox: boolean;
}

/** One claimed message through one conversation: the SMTP part stands alone inside its `try`. */
export async function sendOne(session: SmtpSession, claimed: Claimed, tools: Tools): Promise<Sent> {
  const { db } = tools;
  const started = performance.now();
  const built = await buildOutgoing(db, claimed, tools.now());
  if (built.kind === 'refused') {
    await settle(db, claimed, { to: 'failed', why: built.why, whyCode: 'not-sendable' }, tools.now());
    return { kind: 'settled', result: 'failed' };
  }
  const { outgoing } = built;
  let look: LastLook | null = null;
  let end: SendEnd;
  try {
    end = await session.send({
      from: outgoing.from,
      to: outgoing.to,
      mime: outgoing.mime,
      mark: async () => {
        look = await lookAndMark(db, claimed, outgoing, {
          now: tools.now(),
          leaseSeconds: tools.leaseSeconds,
        });
        return look.kind === 'marked';
      },
    });
  } catch (error) {
    // The mark threw, so no byte of the body left; whether it was committed we cannot know, so both are taken back.
    await settle(db, claimed, handBack(`the last look failed: ${String(error)}`, tools.now()), tools.now());
    throw error;
  }
  const tookMs = Math.round(performance.now() - started);
  const { settlement, verdict } = judge(end, look, claimed, tools);
  await db.transaction(async (tx) => {
    // Persons are locked before messages, as everywhere.
    if (verdict?.kind === 'failed' && verdict.suppress) await suppress(tx, claimed, verdict.why, tools);
    const ours = await settle(tx, claimed, settlement, tools.now());
    await tx.query(
      `INSERT INTO send_attempt (id, owner_id, created_at, message_id, stage, result, code, reply, took_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        newId(),
        claimed.ownerId,
        tools.now(),
        claimed.id,
        end.kind === 'ended' ? end.stage : 'dot',
        ours ? settlement.to : 'late',
        end.kind === 'ended' ? end.code : null,
        replyOf(end),
        tookMs,
      ],
    );
  });
  return verdict?.kind === 'mailbox'
    ? { kind: 'mailbox', verdict }
    : { kind: 'settled', result: settlement.to };
}

/** What `decide` said instead of *send*: wait for later, stop for good, or back to composing. */
export function heldSettlement(decision: Exclude<Decision, { kind: 'send' }>, now: Date): Settlement {
  const { why, code } = decision;
  if (decision.kind === 'wait') return { to: 'approved', why, whyCode: code, nextAt: decision.until };
  if (decision.kind === 'stop') return { to: 'cancelled', why, whyCode: code };
  return { to: 'planned', why, whyCode: code, nextAt: now };
}

function judge(
  end: SendEnd,
  look: LastLook | null,
  claimed: Claimed,
  tools: Tools,
): { settlement: Settlement; verdict: SendVerdict | null } {
  const now = tools.now();
  if (end.kind === 'withdrawn') {
    const held =
      look?.kind === 'held' ? heldSettlement(look.decision, now) : handBack('the claim was lost', now);
    return { settlement: held, verdict: null };
  }
  if (end.kind === 'ended' && end.stage === 'mail' && end.code === null) {
    // The server let an idle connection go. Nobody refused anything: a new one, a minute later.
    return { settlement: handBack(end.text, new Date(now.getTime() + MINUTE)), verdict: null };
  }
  const verdict = judgeSend({
    stage: end.kind === 'accepted' ? 'dot' : end.stage,
    code: end.kind === 'accepted' ? 250 : end.code,
    text: replyOf(end),
    attempts: claimed.attempts,
    internationalised: /[^\x20-\x7e]/.test(claimed.toAddress ?? ''),
  });
  switch (verdict.kind) {
    case 'sent':
      return {
        verdict,
        settlement: {
          to: 'sent',
          why: null,
          whyCode: null,
          sentAt: now,
          serverReply: verdict.response,
          sandbox: tools.sandbox,
          tried: true,
        },
      };
    case 'retry':
      return {
        verdict,
        settlement: {
          to: 'approved',
          why: verdict.why,
          whyCode: 'retry',
          nextAt: new Date(now.getTime() + verdict.after * 1000),
          serverReply: replyOf(end),
          tried: true,
        },
      };
    case 'failed':
      return {
        verdict,
        settlement: {
          to: 'failed',
          why: verdict.why,
          whyCode: 'refused',
          serverReply: replyOf(end),
          tried: true,
        },
      };
    case 'unknown':
      return {
        verdict,
        settlement: {
          to: 'unknown',
          why: `${verdict.why} Look into Sent, then say whether it went out.`,
          whyCode: 'lost',
        },
      };
    case 'mailbox':
      return { verdict, settlement: handBack(verdict.why, now) };
  }
}

function handBack(why: string, now: Date): Settlement {
  return { to: 'approved', why, whyCode: 'handed-back', nextAt: now };
}

function replyOf(end: SendEnd): string {
  if (end.kind === 'accepted') return end.response.slice(0, 1000);
  return end.kind === 'ended' ? end.text.slice(0, 1000) : 'withdrawn before the body';
}

async function suppress(tx: Db, claimed: Claimed, why: string, tools: Tools): Promise<void> {
  const address = parseMailbox({ address: claimed.toAddress ?? '' });
  const canonical = address.kind === 'ok' ? canonicalEmail(address.address) : claimed.toCanonical;
  if (canonical === null) return;
  await appendSuppression(tx, {
    ownerId: claimed.ownerId,
    address: canonical,
    scope: 'everything',
    why,
    at: tools.now(),
    sourceKind: 'message',
    sourceId: claimed.id,
  });
}
