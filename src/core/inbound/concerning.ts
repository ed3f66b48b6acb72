import type { BounceVerdict, DelayVerdict } from './verdict.js';

/** What one report says of one recipient, by whatever name the server calls them. */
interface Named {
  recipient: string | null;
  originalRecipient?: string;
}

/** The same mailbox, also where the server names it by a host of its own: `grace@mx1.example.com`. */
function isMailbox(address: string, to: string): boolean {
  const [local, domain] = split(address);
  const [toLocal, toDomain] = split(to);
  return local === toLocal && (domain === toDomain || domain.endsWith(`.${toDomain}`));
}

function split(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
}

/**
 * What a report says of the one address a message went to; null where it speaks of others only, as it does where mail is
 * handed on to an old address. One that names nobody is about the message it returns.
 * @param to canonical
 * @param canonical the form in which addresses are compared
 */
export function concerning(
  report: BounceVerdict,
  to: string,
  canonical: (address: string) => string,
): BounceVerdict | DelayVerdict | null {
  const isOurs = ({ recipient, originalRecipient }: Named): boolean =>
    [recipient, originalRecipient ?? null].some((one) => one !== null && isMailbox(canonical(one), to));
  const { recipients, ...whole } = report;
  if (report.recipient === null || isOurs(report)) return report;
  const one = recipients?.find(isOurs);
  if (!one) return null;
  const { severity, ...said } = one;
  return severity === null
    ? { ...whole, ...said, kind: 'delay' }
    : { ...whole, ...said, kind: 'bounce', severity };
}
