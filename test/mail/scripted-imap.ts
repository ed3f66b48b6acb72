import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ScriptedImap {
  port: number;
  /** Every line a client sent. */
  said: string[];
  close(): Promise<void>;
}

/** A few words of IMAP on 127.0.0.1, with sign-in by token (XOAUTH2), which Dovecot without a provider cannot do. */
export async function startScriptedImap(user: string, token: () => string): Promise<ScriptedImap> {
  const sockets = new Set<Socket>();
  const said: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const say = (...lines: string[]): void => void socket.write(lines.map((line) => `${line}\r\n`).join(''));
    let refused = '';
    let buffer = '';
    say('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 IDLE] scripted');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      buffer += chunk;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        said.push(line);
        if (refused !== '') {
          say(`${refused} NO [AUTHENTICATIONFAILED] the token is not accepted`);
          refused = '';
          continue;
        }
        const [tag = '', command = '', , argument = ''] = line.split(' ');
        const words = Buffer.from(argument, 'base64').toString('utf8');
        if (command === 'AUTHENTICATE' && words !== `user=${user}\x01auth=Bearer ${token()}\x01\x01`) {
          refused = tag;
          say(`+ ${Buffer.from('{"status":"400"}').toString('base64')}`);
          continue;
        }
        if (command === 'NAMESPACE') say('* NAMESPACE (("" "/")) NIL NIL');
        if (command === 'CAPABILITY') say('* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 IDLE');
        if (command === 'LIST' && line.endsWith('"" ""')) say('* LIST (\\Noselect) "/" ""');
        else if (command === 'LIST') {
          say('* LIST (\\HasNoChildren) "/" INBOX', '* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"');
        }
        if (command === 'EXAMINE') {
          say('* 3 EXISTS', '* FLAGS (\\Seen)', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 4] ok');
        }
        if (command === 'LOGOUT') say('* BYE later');
        say(`${tag} OK ${command === 'EXAMINE' ? '[READ-ONLY] ' : ''}done`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    said,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
