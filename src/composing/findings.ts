import type { Purpose } from '../core/decide.js';
import { checkEtiquette, type Finding } from '../core/etiquette.js';

export interface Checked {
  subject: string;
  text: string;
  kind: Purpose;
  channel: 'mail' | 'task';
  /** It goes on in a thread that we really started. */
  inThread: boolean;
}

/** What a considerate person would change. A task has no subject, and "Re:" needs a thread. */
export function findingsOf({ subject, text, kind, channel, inThread }: Checked): Finding[] {
  const asked =
    kind === 'first' || kind === 'birthday'
      ? kind
      : kind !== 'follow-up'
        ? 'other'
        : inThread
          ? kind
          : 'first';
  return checkEtiquette({ subject, text, kind: asked }).filter(
    ({ rule }) => channel === 'mail' || rule !== 'empty-subject',
  );
}

export function refusalsOf(checked: Checked): Finding[] {
  return findingsOf(checked).filter(({ severity }) => severity === 'refuse');
}
