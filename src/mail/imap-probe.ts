import { ImapFlow, type ImapFlowError } from 'imapflow';
import { plainWords } from '../core/mailbox-advice.js';
import { imapOptions, type ImapSettings } from './imap-settings.js';
import { dial, isLoopback } from './smtp-dial.js';

export type ImapProbe =
  | {
      kind: 'open';
      /** Mails in the inbox. */
      inbox: number;
      /** The folder of sent mail, by its special use (RFC 6154) or its name. */
      sent: string | null;
      /** The server tells by itself what came (RFC 2177). */
      idle: boolean;
    }
  | { kind: 'refused'; stage: 'connect' | 'tls' | 'greeting' | 'auth' | 'folder'; text: string };

/**
 * Signs in, lists the folders and looks at the inbox (EXAMINE), and changes nothing. Never throws for what a network or a
 * server can do.
 */
export async function probeImap(settings: ImapSettings): Promise<ImapProbe> {
  if (settings.tls === 'none') {
    const plain = await refusePlain(settings);
    if (plain) return plain;
  }
  if (settings.password === undefined && settings.accessToken === undefined) {
    return { kind: 'refused', stage: 'auth', text: `no password is set for ${settings.username}` };
  }
  const client = new ImapFlow({ ...imapOptions(settings), disableAutoIdle: true });
  // For the connection's life: an 'error' nobody listens to would end the process.
  client.on('error', () => undefined);
  let inside = false;
  try {
    await client.connect();
    inside = true;
    const folders = await client.list();
    const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
    return {
      kind: 'open',
      inbox: inbox.exists,
      sent: folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null,
      idle: client.capabilities.has('IDLE'),
    };
  } catch (error) {
    const failure = error as ImapFlowError;
    const stage = inside ? 'folder' : stageOf(failure, client);
    return { kind: 'refused', stage, text: plainWords(wordsOf(failure, client)) };
  } finally {
    if (inside) await client.logout().catch(() => undefined);
    client.close();
  }
}

/** Names can lie: that it is this machine is asked of the connected socket. */
async function refusePlain({ host, port, timeouts }: ImapSettings): Promise<ImapProbe | null> {
  const dialled = await dial(host, port, timeouts?.connect ?? 10_000);
  if (dialled.kind === 'refused') return { kind: 'refused', stage: 'connect', text: dialled.text };
  const local = isLoopback(dialled.socket.remoteAddress);
  dialled.socket.destroy();
  const text = `without TLS a password goes only to this machine itself, not to ${host}: choose starttls or implicit`;
  return local ? null : { kind: 'refused', stage: 'auth', text };
}

function stageOf(error: ImapFlowError, client: ImapFlow): 'connect' | 'tls' | 'greeting' | 'auth' {
  const { code = '', message } = error;
  if (error.authenticationFailed || /authentication mechanism|login is disabled/i.test(message))
    return 'auth';
  if (error.tlsFailed || /CERT|SIGNED|ALTNAME|^ERR_(?:TLS|SSL)|EPROTO|UNABLE_TO|STARTTLS|UPGRADE/.test(code))
    return 'tls';
  if (/certificate|SSL routines|STARTTLS/i.test(message)) return 'tls';
  if (/^E(?:CONNREFUSED|NOTFOUND|AI_|HOST|NET|TIMEDOUT)|CONNECT_TIMEOUT/.test(code)) return 'connect';
  // Who greeted us has heard our name by then.
  return client.greeting ? 'auth' : 'greeting';
}

/** The server's own words where there are some. No secret is in any of these: imapflow puts none into its errors' words. */
function wordsOf(error: ImapFlowError, client: ImapFlow): string {
  const { serverResponseCode: code, responseText, response, message } = error;
  const said =
    responseText ?? (typeof response === 'string' && response !== '' ? response : client.byeReason);
  if (typeof said !== 'string' || said === '') return message;
  return code === undefined || said.includes(`[${code}]`) ? said : `[${code}] ${said}`;
}
