import type { TestedServer } from '../accounts/mailboxes.schemas.js';
import { MailboxesService } from '../accounts/mailboxes.service.js';
import type { Desk } from './desk.js';
import { NothingFound } from './exit.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';

/** The id of a mailbox named by its address or the end of its id. */
export async function mailboxOf(desk: Desk, given: string): Promise<string> {
  if (!given.includes('@')) return wholeId(desk, 'mailbox', given);
  const all = await pages((page) => desk.get(MailboxesService).list(desk.ownerId, page));
  const named = all.filter((one) => one.address.toLowerCase() === given.toLowerCase());
  // The sandbox stands beside a real one under the same address.
  const one = named.find(({ kind }) => kind === 'smtp') ?? named[0];
  if (!one) throw new NothingFound(`There is no mailbox ${given}: followthrough mailbox list`);
  return one.id;
}

export function serverLine(server: { host: string | null; port: number | null; tls: string }): string {
  if (server.host === null) return '-';
  const ways: Record<string, string> = { implicit: 'TLS', starttls: 'STARTTLS', none: 'no TLS' };
  return `${server.host}:${server.port ?? ''} (${ways[server.tls] ?? server.tls})`;
}

/** A stage as whoever reads it would call it. */
const STAGES: Readonly<Record<string, string>> = {
  dns: 'looking up the server',
  connect: 'connecting',
  tls: 'securing the connection',
  greeting: 'the greeting',
  ehlo: 'the greeting',
  auth: 'the sign-in',
  folder: 'opening the inbox',
};

/** Of a test: where it failed, what to do, and the very words. */
export function testLine(name: string, tested: TestedServer, well: string): string {
  if (tested.ok) return `${name}: ${well}${tested.advice === null ? '' : ` ${tested.advice}`}`;
  const stage = tested.stage ?? 'connect';
  const said = tested.why === null ? '' : `\n  Its words: ${tested.why}`;
  return `${name} failed at ${STAGES[stage] ?? stage} (${stage}). ${tested.advice ?? ''}${said}`;
}
