import { judgeSend, type SendVerdict } from '../core/smtp-result.js';
import type { SendEnd, SmtpSession } from '../mail/smtp.js';
import type { Candidate, Claimed } from './claim.js';
import type { LastLook, NotNow } from './last-look.js';
import type { Outgoing } from './outgoing.js';
import type { Ending } from './recorder.js';
import type { Settlement } from './settle.js';

export type MailboxVerdict = Extract<SendVerdict, { kind: 'mailbox' }>;

/** How one conversation ended: what is to be recorded, and whether the mailbox must rest. */
export interface Sent {
  ending: Ending;
  verdict: MailboxVerdict | null;
  /** Nothing of it left: the mailbox's slot is free for the next in line. */
  withdrawn: boolean;
  /** The last look itself failed: no byte of the body left. */
  error?: unknown;
}

const MINUTE = 60_000;

export interface SendTools {
  mark: (candidate: Candidate) => Promise<LastLook>;
  now: () => Date;
  sandbox: boolean;
  /** It is the first on its connection. */
  fresh: boolean;
}

/** One claimed message through one conversation: the SMTP part stands alone inside its `try`. Never throws. */
export async function sendOne(
  session: SmtpSession,
  claimed: Claimed,
  outgoing: Outgoing,
  tools: SendTools,
): Promise<Sent> {
  const started = performance.now();
  let look: LastLook | null = null;
  let end: SendEnd;
  try {
    end = await session.send({
      from: outgoing.from,
      to: outgoing.to,
      mime: outgoing.mime,
      mark: async () => {
        look = await tools.mark({ claimed, header: outgoing.header });
        return look.kind === 'marked';
      },
    });
  } catch (error) {
    // No byte of the body left; whether the mark was committed we cannot know, so both are taken back.
    const settlement = handBack(`the last look failed: ${String(error)}`, soon(tools.now(), 5));
    return {
      ending: { claimed, settlement, suppress: null, attempt: null },
      verdict: null,
      withdrawn: true,
      error,
    };
  }
  const tookMs = Math.round(performance.now() - started);
  const { settlement, verdict } = judge(end, look, claimed, tools);
  const ending: Ending = {
    claimed,
    settlement,
    suppress: verdict?.kind === 'failed' && verdict.suppress ? verdict.why : null,
    attempt: {
      stage: end.kind === 'ended' ? end.stage : end.kind === 'withdrawn' ? 'data' : 'dot',
      code: end.kind === 'ended' ? end.code : null,
      reply: replyOf(end),
      tookMs,
    },
  };
  return {
    ending,
    verdict: verdict?.kind === 'mailbox' ? verdict : null,
    withdrawn: end.kind === 'withdrawn',
  };
}

/** What `decide` said instead of *send*: wait for later, stop for good, or back to composing. */
export function heldSettlement(decision: NotNow, now: Date): Settlement {
  const { why, code } = decision;
  if (decision.kind === 'wait') return { to: 'approved', why, whyCode: code, nextAt: decision.until };
  if (decision.kind === 'stop') return { to: 'cancelled', why, whyCode: code };
  return { to: 'planned', why, whyCode: code, nextAt: now };
}

function judge(
  end: SendEnd,
  look: LastLook | null,
  claimed: Claimed,
  tools: SendTools,
): { settlement: Settlement; verdict: SendVerdict | null } {
  const now = tools.now();
  if (end.kind === 'withdrawn') {
    const held =
      look?.kind === 'held' ? heldSettlement(look.decision, now) : handBack('the claim was lost', now);
    return { settlement: held, verdict: null };
  }
  if (end.kind === 'ended' && end.stage === 'mail' && end.code === null && !tools.fresh) {
    // The server let an idle connection go. Nobody refused anything: a new one, a minute later.
    return { settlement: handBack(end.text, soon(now, 1)), verdict: null };
  }
  const verdict = judgeSend({
    stage: end.kind === 'accepted' ? 'dot' : end.stage,
    code: end.kind === 'accepted' ? 250 : end.code,
    text: replyOf(end),
    attempts: claimed.attempts,
    internationalised: /[^\x20-\x7e]/.test(claimed.toAddress ?? ''),
  });
  return { verdict, settlement: settlementOf(verdict, end, tools) };
}

function settlementOf(verdict: SendVerdict, end: SendEnd, tools: SendTools): Settlement {
  const now = tools.now();
  const serverReply = replyOf(end);
  switch (verdict.kind) {
    case 'sent':
      return {
        to: 'sent',
        why: null,
        whyCode: null,
        sentAt: now,
        serverReply: verdict.response,
        sandbox: tools.sandbox,
        tried: true,
      };
    case 'retry': {
      const nextAt = new Date(now.getTime() + verdict.after * 1000);
      return { to: 'approved', why: verdict.why, whyCode: 'retry', nextAt, serverReply, tried: true };
    }
    case 'failed':
      return { to: 'failed', why: verdict.why, whyCode: 'refused', serverReply, tried: true };
    case 'unknown':
      return {
        to: 'unknown',
        why: `${verdict.why} Look into Sent, then say whether it went out.`,
        whyCode: 'lost',
      };
    case 'mailbox': {
      const early = end.kind !== 'ended' || !/^(?:rcpt|data|body|dot)$/.test(end.stage);
      // Told of the mailbox, but only once this message was on the table: the others go before it.
      return early
        ? handBack(verdict.why, now)
        : { ...handBack(verdict.why, soon(now, 15)), serverReply, tried: true };
    }
  }
}

export function handBack(why: string, nextAt: Date): Settlement {
  return { to: 'approved', why, whyCode: 'handed-back', nextAt };
}

function soon(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE);
}

function replyOf(end: SendEnd): string {
  if (end.kind === 'accepted') return end.response.slice(0, 1000);
  return end.kind === 'ended' ? end.text.slice(0, 1000) : 'withdrawn before the body';
}
