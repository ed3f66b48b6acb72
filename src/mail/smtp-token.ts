import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** Our name for the sign-in below, so that the client's own, which wants to refresh by itself, stays out of it. */
export const TOKEN_METHOD = 'XOAUTH2-TOKEN';

/**
 * AUTH XOAUTH2 with a token we have, for nodemailer's connection. A refused token is answered by a 334 with the reasons in
 * base64, and only an empty line brings the server's verdict.
 */
export function tokenSignIn(
  accessToken: string,
): (context: SMTPConnection.CustomAuthenticationContext & { auth: unknown }) => Promise<boolean> {
  return async (context) => {
    const { user } = context.auth as { user: string };
    const first = Buffer.from(`user=${user}\x01auth=Bearer ${accessToken}\x01\x01`).toString('base64');
    let answer = await context.sendCommand(`AUTH XOAUTH2 ${first}`);
    if (answer.status === 334) answer = await context.sendCommand('');
    if (answer.status < 200 || answer.status > 299) context.reject(new Error(`sign-in was refused`));
    return true;
  };
}
