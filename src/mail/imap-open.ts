import { isIP } from 'node:net';
import { QuietImap } from './imap-quiet.js';
import { imapOptions, type ImapSettings } from './imap-settings.js';
import { isLoopback } from './smtp-dial.js';

/** One answer of a server is never larger than this: bytes. */
const ANSWER_LIMIT = 32 * 1024 * 1024;

const PATIENCE = { connect: 20_000, greeting: 20_000, socket: 120_000 };

/** The conversation broke off, or the server answered with less than it should have. What was read until then stands. */
export class ImapTrouble extends Error {
  constructor(
    message: string,
    /** The server sent more than any mail of its size may hold: trying again would end the same way. */
    readonly tooLarge = false,
  ) {
    super(message);
    this.name = 'ImapTrouble';
  }
}

/** Where a conversation failed to begin. `text` is the server's or the system's own, without secrets. */
export interface ImapRefused {
  kind: 'refused';
  stage: 'connect' | 'tls' | 'greeting' | 'auth' | 'session';
  text: string;
}

/** Connects and signs in. Never throws; nothing of what was said is kept. */
export async function openClient(
  settings: ImapSettings,
  mayAppend = false,
): Promise<{ kind: 'open'; client: QuietImap } | ImapRefused> {
  const refused = (stage: ImapRefused['stage'], text: string): ImapRefused => ({
    kind: 'refused',
    stage,
    text,
  });
  if (settings.tls === 'none' && !isThisMachine(settings.host)) {
    const text = `without TLS a password goes only to this machine itself, not to ${settings.host}: choose starttls or implicit`;
    return refused('auth', text);
  }
  const timeouts = settings.timeouts ?? PATIENCE;
  const client = new QuietImap(
    {
      ...imapOptions({ ...settings, timeouts }),
      maxLiteralSize: ANSWER_LIMIT,
      maxLineLength: ANSWER_LIMIT,
      maxResponseSize: ANSWER_LIMIT * 2,
    },
    mayAppend,
  );
  // Without a listener an error would take the process down; the command under way fails by itself.
  client.on('error', () => client.close());
  const limit = timeouts.connect + timeouts.greeting + timeouts.socket;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no session within ${limit / 1000} s`)), limit);
  });
  try {
    await Promise.race([client.connect(), late]);
    return client.usable ? { kind: 'open', client } : refused('session', 'the server hung up');
  } catch (error) {
    client.close();
    return refused(stageOf(error, client), words(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Says LOGOUT, but does not wait long for the answer. */
export async function closeClient(client: QuietImap): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, 2_000)));
  if (client.usable) await Promise.race([client.logout().catch(() => undefined), late]);
  clearTimeout(timer);
  client.close();
}

function isThisMachine(host: string): boolean {
  return isIP(host) === 0 ? host.toLowerCase() === 'localhost' : isLoopback(host);
}

interface Failure {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  responseText?: string;
  response?: unknown;
  reason?: string;
  message?: string;
}

export function codeOf(error: unknown): string {
  return (error as Failure).code ?? '';
}

function stageOf(error: unknown, client: QuietImap): ImapRefused['stage'] {
  const failure = error as Failure;
  const code = codeOf(error);
  if (failure.authenticationFailed || /authentication|login/i.test(failure.message ?? '')) return 'auth';
  if (failure.tlsFailed || /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)|STARTTLS/.test(code))
    return 'tls';
  if (/certificate|starttls|\bssl\b/i.test(failure.message ?? '')) return 'tls';
  const silent = code === 'GREETING_TIMEOUT' || code === 'ETIMEOUT';
  if (!client.greeting && (silent || client.byeReason !== undefined)) return 'greeting';
  return client.greeting ? 'session' : 'connect';
}

/** The server's own words where there are some. imapflow puts no secret into its errors. */
export function words(error: unknown): string {
  const { responseText, response, reason, message } = error as Failure;
  const said = responseText ?? reason ?? (typeof response === 'string' ? response : undefined);
  return (said ?? message ?? String(error)).replace(/\s+/g, ' ').slice(0, 300);
}
