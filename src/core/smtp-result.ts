/**
 * Where the conversation was when it ended. `body`: lost provably before the final dot (the message had not been
 * read to its end). `dot`: the final dot had gone, or may have.
 */
export type SmtpStage =
  'connect' | 'tls' | 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

export interface SendOutcome {
  stage: SmtpStage;
  /** The server's three digits, or null when there was no reply (the connection was lost, or never was). */
  code: number | null;
  /** The server's reply, or the socket's error with its name (`ECONNREFUSED ...`). */
  text: string;
  /** Attempts before this one; 0 the first time. */
  attempts: number;
  /** The recipient's address has letters outside ASCII before the @, so it needs SMTPUTF8 (RFC 6531). */
  internationalised?: boolean;
}

/**
 * `mailbox`: the message stays approved, the mailbox pauses; `pauseSeconds` null means until the owner acts. `slower`: the
 * provider asks for less, so it also sends less often from then on (core/pace-back.ts).
 */
export type SendVerdict =
  | { kind: 'sent'; response: string }
  | { kind: 'retry'; after: number; why: string }
  | { kind: 'failed'; why: string; suppress: boolean }
  | { kind: 'unknown'; why: string }
  | { kind: 'mailbox'; why: string; advice: string; pauseSeconds: number | null; slower?: true };

/** After this many attempts, about four days of waiting, a passing failure is final (RFC 5321, 4.5.4.1). */
export const MAX_ATTEMPTS = 30;

const BEFORE_RECIPIENT: ReadonlySet<SmtpStage> = new Set([
  'connect',
  'tls',
  'greeting',
  'ehlo',
  'auth',
  'mail',
]);
const STAGE_WORDS: Record<SmtpStage, string> = {
  connect: 'while connecting',
  tls: 'while securing the connection (TLS)',
  greeting: 'at the greeting',
  ehlo: 'at EHLO',
  auth: 'at sign-in (AUTH)',
  mail: 'at the sender (MAIL FROM)',
  rcpt: 'at the recipient (RCPT TO)',
  data: 'at DATA',
  body: 'during the message, before its end',
  dot: 'after the message',
};

/** First match wins. `act`: waiting will not help, the owner has to do something. */
const ADVICE: { test: RegExp; act: boolean; advice: string }[] = [
  {
    test: /app(?:lication)?[- ]?(?:specific )?password|InvalidSecondFactor/i,
    act: true,
    advice:
      'This provider wants an app password: make one in your account’s security settings and enter it here.',
  },
  {
    test: /5\.7\.139|basic authentication is disabled|SmtpClientAuthentication is disabled/i,
    act: true,
    advice:
      'This provider no longer takes passwords for SMTP: allow SMTP sign-in for the account, or use OAuth.',
  },
  {
    test: /certificate|CERT_|self[- ]signed|ALTNAME|UNABLE_TO_VERIFY/i,
    act: true,
    advice:
      'The server’s certificate could not be trusted: check the host name, or have the certificate renewed. Do not switch the check off.',
  },
  {
    test: /wrong version number|WRONG_VERSION|unknown protocol|packet length too long/i,
    act: true,
    advice: 'The TLS mode does not fit the port: use implicit TLS with 465, STARTTLS with 587.',
  },
  {
    test: /starttls.*(?:not|un)\s?(?:support|offer|avail)|must issue a STARTTLS|upgrad\w+ .*STARTTLS/i,
    act: true,
    advice:
      'Server and settings disagree about STARTTLS: use port 587 with STARTTLS, or port 465 with implicit TLS.',
  },
  {
    test: /ENOTFOUND|EAI_AGAIN|EDNS|getaddrinfo/i,
    act: false,
    advice: 'The server’s name was not found: check the host name and whether this machine is online.',
  },
  {
    test: /ECONNREFUSED/i,
    act: false,
    advice:
      'The server refused the connection: check host and port (587 or 465), or wait if it is being restarted.',
  },
  {
    test: /ETIMEDOUT|ETIME|timed? ?out|EHOSTUNREACH|ENETUNREACH/i,
    act: false,
    advice: 'No answer: this network may block the port. Try 587 or 465 instead of 25, or another network.',
  },
];

/** Limits of the sending account, wherever in the conversation they are told: nothing the recipient could help. */
const SENDER_LIMIT =
  /rate[- ]?limit|too many (?:messages|mails|emails|recipients|connections)|sending (?:limit|quota)|daily (?:user )?(?:sending )?(?:limit|quota)|(?:message|mail) (?:rate|quota) (?:limit|exceeded)|throttl|(?<![\d.])[45]\.4\.5(?![\d.])/i;
/** The server does not accept us as sender: sign-in is missing, or the sending account is blocked. */
const SENDER_REFUSED =
  /(?<![\d.])5\.1\.[78](?![\d.])|authentication (?:is )?required|must (?:be )?(?:authenticate|log ?in)|relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed))|unable to relay/i;
const NO_SMTPUTF8 = /SMTPUTF8|internationali[sz]ed mailbox name|(?<![\d.])5\.6\.7(?![\d.])/i;
const TOO_LARGE =
  /(?<![\d.])5\.(?:3\.4|2\.3)(?![\d.])|(?:message|mail) (?:size )?(?:is )?(?:too (?:large|big)|exceeds)/i;

/**
 * RFC 3463 status in an SMTP reply, of the same class as the reply's code; null when it has none. An address such as
 * 5.1.1.7 in the text is not taken for one.
 */
export function enhancedStatus(code: number | null, text: string): string | null {
  for (const match of text.slice(0, 4000).matchAll(/(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g)) {
    if (code === null || match[1] === String(Math.floor(code / 100))) return match[0];
  }
  return null;
}

/** Seconds to wait: doubling from `first`, never longer than `most`. */
function backoff(attempts: number, first: number, most: number): number {
  const times = Number.isFinite(attempts) ? Math.min(20, Math.max(0, Math.floor(attempts))) : 0;
  return Math.min(most, first * 2 ** times);
}

function why(input: SendOutcome): string {
  const said = input.text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
  const code = input.code === null || said.startsWith(String(input.code)) ? '' : `${input.code} `;
  return said === '' && code === ''
    ? `The connection ended ${STAGE_WORDS[input.stage]}.`
    : `Refused or lost ${STAGE_WORDS[input.stage]}: ${code}${said}`.trim();
}

function mailbox(
  input: SendOutcome,
  act: boolean,
  advice: string,
): Extract<SendVerdict, { kind: 'mailbox' }> {
  // A mailbox is looked at again soon: whatever holds it up holds up everybody.
  const pauseSeconds = act ? null : backoff(input.attempts, 60, 3600);
  return { kind: 'mailbox', why: why(input), advice, pauseSeconds };
}

/** RFC 5321 3.8: 421 closes the connection, whatever it answers. 4.7.x at sign-in is about the password service. */
function asksForLess({ stage, code, text }: SendOutcome): boolean {
  if (SENDER_LIMIT.test(text) || code === 421) return true;
  const early = BEFORE_RECIPIENT.has(stage) && stage !== 'auth';
  return early && (enhancedStatus(code, text)?.startsWith('4.7.') ?? false);
}

function judgeMailbox(input: SendOutcome): SendVerdict {
  const { stage, code, text } = input;
  const permanent = code !== null && code >= 500;
  if (SENDER_LIMIT.test(text) || (code !== null && code >= 400 && code < 500)) {
    const busy = mailbox(
      input,
      false,
      'The provider asks for slower sending or is busy. Sending goes on by itself later.',
    );
    return asksForLess(input) ? { ...busy, slower: true } : busy;
  }
  const known = ADVICE.find((entry) => entry.test.test(text));
  if (known) return mailbox(input, known.act || permanent, known.advice);
  if (stage === 'auth' && permanent) {
    return mailbox(
      input,
      true,
      'User name or password was not accepted: enter them again, then test the mailbox.',
    );
  }
  if (stage === 'mail' && permanent) {
    return mailbox(
      input,
      true,
      'The server does not let this account send from this address: check the sender address.',
    );
  }
  return permanent
    ? mailbox(
        input,
        true,
        'The server refuses this machine or account: see its words, ask the provider, test again.',
      )
    : mailbox(
        input,
        false,
        'The connection failed. It is tried again by itself; check the settings if it stays so.',
      );
}

/** A passing trouble of this one message, or the end of it once it has been tried for days. */
function retry(input: SendOutcome): SendVerdict {
  return input.attempts >= MAX_ATTEMPTS
    ? { kind: 'failed', why: `Given up after ${input.attempts + 1} attempts. ${why(input)}`, suppress: false }
    : { kind: 'retry', after: backoff(input.attempts, 300, 4 * 3600), why: why(input) };
}

/**
 * What one SMTP conversation means for the message and for the mailbox ("A send, exactly" of the design). Never
 * throws. Only a 2xx to the final dot is *sent*; only silence after it is *unknown*; everything lost before it is
 * tried again; only 5.1.x about the recipient (RFC 3463: 5.1.7 and 5.1.8 are about the sender) suppresses.
 */
export function judgeSend(input: SendOutcome): SendVerdict {
  const { stage, code, text } = input;
  const permanent = code !== null && code >= 500 && code < 600;
  const transient = code !== null && code >= 400 && code < 500;
  const status = enhancedStatus(code, text);
  if (stage === 'dot' && !permanent && !transient) {
    return code !== null && code >= 200 && code < 300
      ? { kind: 'sent', response: text }
      : { kind: 'unknown', why: `The message may have been taken. ${why(input)}` };
  }
  if (stage === 'mail' || stage === 'rcpt' || permanent) {
    // A server without SMTPUTF8 calls such an address malformed (5.1.3), though it may well exist.
    const malformed = input.internationalised === true && /^(?:5\.1\.3|5\.5\.\d+)?$/.test(status ?? '');
    if (!transient && (NO_SMTPUTF8.test(text) || (permanent && stage === 'rcpt' && malformed))) {
      const reason = 'The server cannot send to addresses with letters outside ASCII (no SMTPUTF8).';
      return { kind: 'failed', why: `${reason} ${why(input)}`, suppress: false };
    }
    if (permanent && stage !== 'auth' && (code === 552 || TOO_LARGE.test(text)) && !SENDER_LIMIT.test(text)) {
      return { kind: 'failed', why: `Too large, or no room for it. ${why(input)}`, suppress: false };
    }
  }
  if (BEFORE_RECIPIENT.has(stage) || code === 421 || SENDER_LIMIT.test(text)) return judgeMailbox(input);
  if (code === 530 || (permanent && SENDER_REFUSED.test(text))) {
    return mailbox(
      input,
      true,
      'The server does not accept mail from this account: check sign-in and sender address.',
    );
  }
  if (!permanent) return retry(input);
  return {
    kind: 'failed',
    why: why(input),
    suppress: status?.startsWith('5.1.') ?? false,
  };
}
