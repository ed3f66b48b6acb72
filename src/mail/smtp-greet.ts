import type { Socket } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isLoopback } from './smtp-dial.js';
import { TOKEN_METHOD } from './smtp-token.js';
import type { Transcript } from './smtp-transcript.js';
import type { OpenRefused, SmtpSettings } from './smtp.types.js';

/** The parts of nodemailer's error that we read. */
export interface ConnectionError {
  message: string;
  /** nodemailer's own class: EMESSAGE is a whole reply to the message. */
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/** The server's refusal, or null: a 354 or 250 in the wrong place refuses nothing. */
export function replyCode(error: ConnectionError): number | null {
  const code = error.responseCode ?? 0;
  return code >= 400 && code <= 599 ? code : null;
}

/** From the open socket to a signed-in session; null when all went well. */
export async function greet(
  connection: SMTPConnection,
  socket: Pick<Socket, 'remoteAddress'>,
  transcript: Transcript,
  settings: SmtpSettings,
): Promise<OpenRefused | null> {
  const refused = (error: ConnectionError): OpenRefused => ({
    kind: 'refused',
    stage: transcript.stage,
    code: replyCode(error),
    text: (error.response || error.message).slice(0, 1_000),
  });
  const { username, password, accessToken } = settings;
  const signsIn = username !== undefined && username !== '';
  if (signsIn && !password && accessToken === undefined) {
    return { kind: 'refused', stage: 'auth', code: null, text: `no password is set for ${username}` };
  }
  if (signsIn && settings.tls === 'none' && !isLoopback(socket.remoteAddress)) {
    const text = `without TLS a password goes only to this machine itself, not to ${settings.host}: choose starttls or implicit`;
    return { kind: 'refused', stage: 'auth', code: null, text };
  }
  const step = (act: (done: (error?: ConnectionError | null) => void) => void): Promise<OpenRefused | null> =>
    new Promise((resolve) => {
      const done = (error?: ConnectionError | null): void => {
        connection.removeListener('error', done);
        connection.removeListener('end', onEnd);
        resolve(error ? refused(error) : null);
      };
      const onEnd = (): void => void setImmediate(() => done({ message: 'the connection was closed' }));
      connection.once('error', done);
      connection.once('end', onEnd);
      act(done);
    });
  // For the connection's life: an 'error' nobody listens to would end the process.
  connection.on('error', () => undefined);
  const unready = await step((done) => connection.connect(done));
  if (unready || !signsIn) return unready;
  transcript.stage = 'auth';
  if (!connection.allowsAuth) return refused({ message: 'the server offers no sign-in (AUTH) on this port' });
  if (accessToken !== undefined && !/^250[- ]AUTH[ =](?:.* )?XOAUTH2\b/im.test(transcript.ehlo)) {
    return refused({ message: 'the server takes no token (XOAUTH2) on this port' });
  }
  const credentials =
    accessToken === undefined
      ? { user: username, pass: password ?? '' }
      : { type: 'custom' as const, method: TOKEN_METHOD, user: username, pass: '' };
  return step((done) => connection.login(credentials, (error) => done(error)));
}
