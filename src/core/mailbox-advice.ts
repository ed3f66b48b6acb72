import type { MailServer } from './mail-provider.types.js';
import { providerOfServer } from './mail-providers.js';

/** Where signing in at a server failed. `folder`: we are in, but what we need is not there. */
export type TestStage = 'dns' | 'connect' | 'tls' | 'greeting' | 'ehlo' | 'auth' | 'folder';

export interface FailedTest {
  protocol: 'smtp' | 'imap';
  /** As the conversation saw it; `connect` may turn out to be `dns`. */
  stage: TestStage;
  server: MailServer;
  auth: 'password' | 'oauth2';
  /** The server's words, or the error's name and message. */
  text: string;
}

/** Patterns of one stage; the first that fits speaks. */
interface Rule {
  test: RegExp;
  advice: (failed: FailedTest) => string;
}

/** Where each protocol is mostly offered: port and way. */
const USUAL = {
  smtp: [
    { port: 465, tls: 'implicit' },
    { port: 587, tls: 'starttls' },
  ],
  imap: [
    { port: 993, tls: 'implicit' },
    { port: 143, tls: 'starttls' },
  ],
} as const;

/** The usual ways but for the one that was just tried. */
const portHint = ({ protocol, server }: FailedTest): string =>
  USUAL[protocol]
    .filter(({ port, tls }) => port !== server.port || tls !== server.tls)
    .map(({ port, tls }) => `${port} with ${tls === 'implicit' ? 'implicit TLS' : 'STARTTLS'}`)
    .join(', or ');

const onThisMachine = ({ server }: FailedTest): boolean => /^(?:127\.|::1$|localhost$)/i.test(server.host);

/** What its provider wants first, as a sentence that may follow another. */
const firstOf = ({ server }: FailedTest): string => {
  const first = providerOfServer(server)?.first ?? null;
  return first === null ? '' : ` ${first}`;
};

const HUNG_UP =
  /connection (?:was )?closed|closed unexpectedly|unexpected close|connection not available|hung up|ECONNRESET|EPIPE|disconnected/i;

const CONNECT: Rule[] = [
  {
    test: /ECONNREFUSED/,
    advice: (failed) =>
      onThisMachine(failed)
        ? `Nothing on this machine listens on port ${failed.server.port}.${firstOf(failed) || ' Start the mail server there, or name the port that it has.'}`
        : `${failed.server.host} is there, but nothing listens on port ${failed.server.port}: try port ${portHint(failed)}.`,
  },
  {
    test: /EHOSTUNREACH|ENETUNREACH|ENETDOWN/,
    advice: () => 'This machine has no way there: check its network, and whether the server has IPv6 only.',
  },
  {
    test: /./s,
    advice: (failed) =>
      `No answer on port ${failed.server.port}: a network or provider often blocks ${failed.server.port === 25 ? 'port 25' : 'one of the mail ports'}. Try port ${portHint(failed)}, or another network.`,
  },
];

const TLS: Rule[] = [
  {
    test: /CERT_HAS_EXPIRED|certificate has expired/i,
    advice: ({ server }) =>
      `The certificate of ${server.host} has run out: whoever runs the server must renew it. If it is current for others, set this machine's clock.`,
  },
  {
    test: /CERT_NOT_YET_VALID|not yet valid/i,
    advice: () => 'The certificate begins in the future: set this machine’s clock.',
  },
  {
    test: /ALTNAME|does not match certificate|not in the cert/i,
    advice: ({ server, text }) => {
      const [, names] = /altnames?: .*? is not in the cert's altnames: (.*)|altnames: (.*)/i.exec(text) ?? [];
      const said = names ? ` (it is for ${names.replace(/DNS:/g, '').slice(0, 200)})` : '';
      return `The certificate is not for the name ${server.host}${said}: use the name your provider writes in its help${names ? ', mostly one of those' : ''}.`;
    },
  },
  {
    test: /self[- ]signed|DEPTH_ZERO|SELF_SIGNED/i,
    advice: () =>
      'The server shows a certificate it signed itself, so anybody could stand in its place: have a real one put there (Let’s Encrypt gives them free). If it is your own authority, start Followthrough with NODE_EXTRA_CA_CERTS naming its file.',
  },
  {
    test: /UNABLE_TO_|unable to (?:verify|get)|local issuer/i,
    advice: () =>
      'The server does not send the certificates between its own and a known authority: whoever runs it must install the whole chain.',
  },
  {
    test: /wrong version number|WRONG_VERSION|packet length|unknown protocol|EPROTO|record layer/i,
    advice: (failed) =>
      `The server does not speak TLS this way on port ${failed.server.port}: try port ${portHint(failed)}.`,
  },
  {
    test: /unsupported protocol|handshake failure|no protocols|version too low|UNSUPPORTED_PROTOCOL/i,
    advice: () => 'The server speaks only an old TLS that is no longer safe: whoever runs it must update it.',
  },
  {
    test: /^\s*4\d\d\b|not available/i,
    advice: (failed) =>
      `The server cannot secure the connection at present: try again in some minutes, or port ${portHint(failed)}.`,
  },
  {
    test: /STARTTLS/i,
    advice: (failed) =>
      `The server offers no STARTTLS on port ${failed.server.port}, so a password would travel in the clear: try port ${portHint(failed)}.`,
  },
  {
    test: /./s,
    advice: (failed) =>
      `No secure connection came to be: try port ${portHint(failed)}, and check that nothing in between (a virus scanner, a proxy) opens the connection.`,
  },
];

const GREETING: Rule[] = [
  {
    test: /^\s*(?:421|4\d\d)\b|too many connections|try again later/i,
    advice: () => 'The server is busy or wants fewer connections: try again in some minutes.',
  },
  {
    test: /^\s*5\d\d\b|blocked|blacklist|blocklist|denied|not allowed/i,
    advice: () =>
      'The server refuses this machine before asking who you are: its address may be on a block list, or the server takes only its own network. Ask the provider, or try another network.',
  },
  {
    test: HUNG_UP,
    advice: (failed) =>
      failed.server.tls === 'implicit'
        ? 'The server took the connection and hung up without a word: it may take nobody from this network. Try again, or ask the provider.'
        : `The server took the connection and hung up without a word: on this port it may want TLS from the first byte, or take nobody from this network. Try port ${portHint(failed)}.`,
  },
  {
    test: /./s,
    advice: (failed) =>
      failed.server.tls === 'implicit'
        ? 'The server took the connection, but no greeting came in time: try again, or ask the provider.'
        : `The server took the connection, but no greeting came in time: on this port it may want TLS from the first byte, or it is very slow. Try port ${portHint(failed)}.`,
  },
];

const APP_PASSWORD =
  /app(?:lication)?[- ]?(?:specific )?password|InvalidSecondFactor|5\.7\.9\b|authori[sz]ation code|second factor/i;
const OAUTH_NEEDED =
  /5\.7\.139|basic ?auth\w* is (?:disabled|blocked)|SmtpClientAuthentication is disabled|AADSTS|modern auth|XOAUTH2? (?:is )?required/i;
const SWITCHED_OFF =
  /(?:IMAP|POP|SMTP)[^.]{0,60}(?:disabled|not enabled|turned off|switched off|not allowed|not activated|deactivated)|enable[^.]{0,40}(?:IMAP|SMTP)|not enabled for (?:IMAP|SMTP)/i;
const BROWSER = /web ?browser|web ?login|5\.7\.14\b|WEBALERT|less secure|unusual|suspicious/i;
const WANTS_TLS =
  /STARTTLS|only over TLS|requires? (?:TLS|SSL|encryption)|encryption (?:is )?required|^\s*538\b/i;
const TOO_MANY = /too many|\brate\b|\[LIMIT\]/i;
const PASSING = /temporar|try again later|\[(?:UNAVAILABLE|INUSE)\]|^\s*4\d\d/i;
const BROKE_OFF = new RegExp(`${HUNG_UP.source}|time-?out`, 'i');
const NO_AUTH =
  /no sign-in|offers no|Unsupported authentication|not support.{0,20}AUTH|AUTH.{0,20}not (?:available|supported)|login is disabled|^\s*50[0-4]\b/i;

function authAdvice(failed: FailedTest): string {
  const { text, auth, protocol, server } = failed;
  const provider = providerOfServer(server);
  const of = provider ? provider.name : 'the provider';
  if (/no password is set|nobody has signed in/i.test(text)) {
    return auth === 'oauth2'
      ? 'Sign in once: followthrough mailbox sign-in <mailbox>'
      : 'Enter the password first: followthrough mailbox edit <mailbox> --password';
  }
  if (/without TLS/i.test(text)) return `Choose a port with TLS: ${portHint(failed)}.`;
  if (NO_AUTH.test(text) && server.port === 25 && protocol === 'smtp') {
    return 'Port 25 is for servers among themselves: use port 587 with STARTTLS, or 465 with implicit TLS.';
  }
  if (server.tls === 'none' && (WANTS_TLS.test(text) || NO_AUTH.test(text))) {
    return `The server takes no sign-in on port ${server.port} as it is, mostly because it takes one only over TLS: choose STARTTLS there (${protocol === 'smtp' ? '--tls' : '--imap-tls'} starttls), or port ${portHint(failed)}.`;
  }
  if (NO_AUTH.test(text)) {
    return `The server takes no sign-in of this kind on port ${server.port}: try port ${portHint(failed)}.`;
  }
  if (!APP_PASSWORD.test(text)) {
    if (TOO_MANY.test(text)) {
      return 'The server wants us to slow down after too many tries: wait an hour, then test again.';
    }
    if (PASSING.test(text)) {
      return 'The server cannot check a sign-in at present, and nothing is said about the password: test again in some minutes.';
    }
    if (BROKE_OFF.test(text)) {
      return 'The server broke off or fell silent in the middle of the sign-in, and nothing is said about the password: test again in some minutes.';
    }
  }
  if (auth === 'oauth2') {
    return `The token was not accepted: sign in again (followthrough mailbox sign-in <mailbox>) as the very account of this mailbox, and see that ${of} allows ${protocol.toUpperCase()} for it.${firstOf(failed)}`;
  }
  if (SWITCHED_OFF.test(text) && !OAUTH_NEEDED.test(text)) {
    return (
      provider?.first ??
      `${protocol.toUpperCase()} is switched off for this account: allow it in the settings of your mailbox on the web.`
    );
  }
  if (OAUTH_NEEDED.test(text) || provider?.oauthOnly) {
    return `${provider ? provider.name : 'This provider'} takes no passwords from programs: sign in by OAuth instead: followthrough mailbox edit <mailbox> --oauth ${provider?.oauth ?? '<google or microsoft>'}, then mailbox sign-in <mailbox> (docs/mailboxes.md says how).`;
  }
  const page = provider?.appPassword ?? null;
  if (APP_PASSWORD.test(text) || page !== null) {
    const where = page === null ? 'in the security settings of your account' : `at ${page}`;
    return `${provider ? provider.name : 'This provider'} wants an app password in place of your own: make one ${where}, then followthrough mailbox edit <mailbox> --password.${firstOf(failed)}`;
  }
  if (BROWSER.test(text)) {
    return `${provider ? provider.name : 'The provider'} wants to see you first: sign in on the web once, confirm that it was you, allow mail programs there, then test again.`;
  }
  return `User name or password was not accepted: check both${server.host === '' ? '' : ' (some want the whole address, some the part before the @)'}, then followthrough mailbox edit <mailbox> --password. With two-factor sign-in an app password is needed.${firstOf(failed)}`;
}

/**
 * A server's words on one line, without the codes that stand before each of theirs but the first; of a library's error what
 * it says, without where in its source.
 */
export function plainWords(text: string): string {
  return text
    .replace(/\r?\n\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?/g, ' ')
    .replace(/^(\d{3})-/, '$1 ')
    .replace(/^\w+:error:\w+:SSL routines:[^:]*:([^:]+):.*$/s, '$1')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

const NOT_FOUND = /ENOTFOUND|EAI_|EDNS|ENODATA|getaddrinfo/;
const CERTIFICATE = /certificate|CERT_|ALTNAME|self[- ]signed|UNABLE_TO_/i;

/** The stage a failure belongs to, and what the owner can do about it. Never repeats a secret: it sees none. */
export function adviceFor(failed: FailedTest): { stage: TestStage; advice: string } {
  const { text, server } = failed;
  if (failed.stage === 'connect' && NOT_FOUND.test(text)) {
    return {
      stage: 'dns',
      advice: `There is no server ${server.host}, or this machine cannot ask: check the name, and whether this machine is online.`,
    };
  }
  // A certificate is looked at while greeting too, where STARTTLS comes in between.
  const stage =
    failed.stage !== 'auth' && failed.stage !== 'folder' && CERTIFICATE.test(text) ? 'tls' : failed.stage;
  if (stage === 'auth') return { stage, advice: authAdvice(failed) };
  if (stage === 'folder') {
    return {
      stage,
      advice:
        'The account opens, but its inbox does not: see on the web whether the mailbox is set up, or full.',
    };
  }
  const starttls = stage === 'ehlo' && /STARTTLS|TLS/i.test(text);
  const rules =
    stage === 'connect' || stage === 'dns' ? CONNECT : stage === 'tls' || starttls ? TLS : GREETING;
  const rule = rules.find(({ test }) => test.test(text));
  return { stage: starttls ? 'tls' : stage, advice: rule?.advice(failed) ?? '' };
}
