import { closeClient, ImapTrouble, openClient, type ImapRefused } from './imap-open.js';
import type { ImapSettings } from './imap-settings.js';

/**
 * Files our copy in Sent, seen and with the date it went out: the one thing we ever add to a mailbox (law 8). A
 * conversation of its own, in which no folder is opened: with one open by EXAMINE, `\Seen` would be left out.
 * @throws ImapTrouble when the server refuses, or breaks off; then nobody knows whether it was filed
 */
export async function fileInSent(
  settings: ImapSettings,
  folder: string,
  raw: Buffer,
  sentAt: Date,
): Promise<{ kind: 'filed' } | ImapRefused> {
  const opened = await openClient(settings, true);
  if (opened.kind === 'refused') return opened;
  try {
    const answer = await opened.client.append(folder, raw, ['\\Seen'], sentAt);
    if (!answer) throw new ImapTrouble('the copy for Sent was not taken');
    return { kind: 'filed' };
  } catch (error) {
    throw error instanceof ImapTrouble
      ? error
      : new ImapTrouble(error instanceof Error ? error.message : String(error));
  } finally {
    await closeClient(opened.client);
  }
}
