import type { InboundVerdict, ParsedMail } from '../core/inbound.js';
import { saysAddressDead } from '../core/inbound/dead-address.js';
import type { OptOutScope } from '../core/inbound/opt-out.js';
import type { SignatureFacts } from '../core/inbound/signature.js';
import { readSignature } from '../core/inbound/signature.js';
import type { Written } from '../core/inbound/written.js';
import type { Speaker } from '../core/speaker.js';
import type { InboundKind } from '../database/entities/inbound.entity.js';
import type { Match } from './match-inbound.js';
import { canonical } from './own-addresses.js';

/** A received mail with all that its effects rest on. */
export interface Heard {
  id: string;
  ownerId: string;
  kind: InboundKind;
  contactId: string | null;
  messageId: string | null;
  /** When it arrived at the owner's server. */
  at: Date;
  /** Canonical. */
  from: string | null;
  severity: 'hard' | 'soft' | 'blocked' | null;
  /** Of an opt-out. */
  scope: OptOutScope;
  asks: readonly string[];
  /** Who wrote it; null where it is of nobody we know, or of a machine. */
  speaker: Speaker | null;
  recipient: string | null;
  status: string | null;
  /** Of an auto-reply: see `Absence`. */
  subkind: string | null;
  newAddress: string | null;
  delegate: string | null;
  delegateName: string | null;
  /** It says that nobody reads the address any more. */
  dead: boolean;
  signature: SignatureFacts | null;
}

/** What the mail says beside its verdict, for the row to keep: the owner reads it, and a correction rests on it. */
export function detailOf(
  verdict: InboundVerdict,
  speaker: Speaker | null,
  text: string,
): Record<string, unknown> {
  const who = speaker === null ? {} : { by: speaker.by, name: speaker.name };
  const { why } = verdict;
  switch (verdict.kind) {
    case 'bounce':
    case 'delay': {
      const { status, reason, diagnostic, recipient } = verdict;
      return { status, reason, diagnostic, recipient, why };
    }
    case 'complaint':
      return { recipient: verdict.recipient, why };
    case 'calendar':
      return { answer: verdict.answer, why, ...who };
    case 'auto-reply': {
      const { subkind, reason, delegate, delegateName, newAddress } = verdict;
      const dead = subkind === 'left' && saysAddressDead(text) ? { dead: true } : {};
      return { subkind, reason, delegate, delegateName, newAddress, ...dead, why, ...who };
    }
    case 'opt-out':
      return { scope: verdict.scope, token: verdict.token, why, ...who };
    case 'reply': {
      const { optOut, scope, asks, perhaps } = verdict;
      if (optOut) return { scope: scope ?? 'everything', asks, why, ...who };
      return { ...(perhaps !== undefined && { perhaps }), why, ...who };
    }
    default:
      return { why };
  }
}

/** A reply that also asks to stop is an opt-out; what it asks besides stays owed. */
export function kindOf(verdict: InboundVerdict): InboundKind {
  return verdict.kind === 'reply' && verdict.optOut ? 'opt-out' : verdict.kind;
}

const CHANGES = new Set<InboundKind>(['reply', 'opt-out', 'complaint', 'calendar', 'bounce', 'auto-reply']);

/** Whether the planner has anything to heed: a stop, a pause, a second attempt. */
export function isHeeded(kind: InboundKind, contactId: string | null, subkind: string | null): boolean {
  return contactId !== null && CHANGES.has(kind) && !(kind === 'auto-reply' && subkind === 'received');
}

export function heardOf(
  row: { id: string; ownerId: string; match: Match; at: Date },
  given: { mail: ParsedMail; verdict: InboundVerdict; speaker: Speaker | null; written: Written },
): Heard {
  const { mail, verdict, speaker, written } = given;
  const absence = verdict.kind === 'auto-reply' ? verdict : null;
  return {
    id: row.id,
    ownerId: row.ownerId,
    kind: kindOf(verdict),
    contactId: row.match.contactId,
    messageId: row.match.messageId,
    at: row.at,
    from: canonical(mail.from?.address ?? null),
    severity: verdict.kind === 'bounce' ? verdict.severity : null,
    scope: ('scope' in verdict ? verdict.scope : null) ?? 'everything',
    asks: verdict.kind === 'reply' ? verdict.asks : [],
    speaker,
    recipient:
      (verdict.kind === 'bounce' ? row.match.address : null) ??
      ('recipient' in verdict ? canonical(verdict.recipient) : null),
    status: verdict.kind === 'bounce' ? verdict.status : null,
    subkind: absence?.subkind ?? null,
    newAddress: absence?.newAddress ?? null,
    delegate: absence?.delegate ?? null,
    delegateName: absence?.delegateName ?? null,
    dead: absence?.subkind === 'left' && saysAddressDead(written.text),
    signature: verdict.kind === 'reply' ? readSignature(written.signature.split('\n')) : null,
  };
}
