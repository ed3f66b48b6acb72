import { Injectable } from '@nestjs/common';
import { adviceFor, type FailedTest, plainWords } from '../core/mailbox-advice.js';
import { isAscii } from '../mail/envelope.js';
import { probeImap } from '../mail/imap-probe.js';
import { type Access, MailboxServers } from '../mail/mailbox-servers.js';
import { SmtpSession } from '../mail/smtp.js';
import type { MailboxAnswer, MailboxTest, TestedServer } from './mailboxes.schemas.js';
import { MailboxesService } from './mailboxes.service.js';

/** Somebody waits for the answer: shorter than for a real mail. In ms. */
const TIMEOUTS = { connect: 10_000, greeting: 15_000, socket: 15_000 };

type TestedImap = NonNullable<MailboxTest['imap']>;
const NOT_SEEN = { inbox: null, sent: null, idle: null };

/** Signs in at both servers of a mailbox, sends nothing and changes nothing there, and says where it fails and what to do. */
@Injectable()
export class MailboxTestService {
  constructor(
    private readonly mailboxes: MailboxesService,
    private readonly servers: MailboxServers,
  ) {}

  async test(ownerId: string, id: string): Promise<MailboxTest> {
    const mailbox = await this.mailboxes.get(ownerId, id);
    if (mailbox.kind === 'sandbox') {
      return {
        ...{ ok: true, stage: null, why: null, smtp: null, imap: null },
        advice: 'The sandbox keeps mail on this machine; there is no server to ask.',
        mailbox: await this.mailboxes.passed(ownerId, id),
      };
    }
    // One after the other: the first may refresh a token that the second wants too.
    const smtp = await this.smtp(mailbox);
    const imap = await this.imap(mailbox);
    const failed = [smtp, imap].find((one) => one?.ok === false);
    return {
      ok: failed === undefined,
      stage: failed?.stage ?? null,
      why: failed?.why ?? null,
      advice: failed?.advice ?? null,
      smtp,
      imap,
      // What cannot be read can still be sent from.
      mailbox: smtp.ok ? await this.mailboxes.passed(ownerId, id) : mailbox,
    };
  }

  private async smtp({ id, auth, address }: MailboxAnswer): Promise<TestedServer> {
    const access = await this.servers.smtp(id, TIMEOUTS);
    if (access.kind !== 'ready') return notReady(access);
    const opened = await SmtpSession.open(access.settings);
    if (opened.kind === 'open') {
      const { takesUtf8 } = opened.session;
      await opened.session.close();
      return takesUtf8 || isAscii(address.slice(0, address.lastIndexOf('@'))) ? PASSED : NO_UTF8;
    }
    const stage = stageOf(opened.stage);
    return failure({ protocol: 'smtp', stage, server: access.settings, auth, text: opened.text }, address);
  }

  private async imap({ id, auth, imap, address }: MailboxAnswer): Promise<TestedImap | null> {
    if (imap === null) return null;
    const access = await this.servers.imap(id, TIMEOUTS);
    if (access.kind !== 'ready') return { ...notReady(access), ...NOT_SEEN };
    const probed = await probeImap(access.settings);
    if (probed.kind === 'open') {
      const { inbox, sent, idle } = probed;
      const advice = sent === null ? 'No folder of sent mail was found: copies go into a folder called Sent.' : null; // prettier-ignore
      return { ...PASSED, advice, inbox, sent, idle };
    }
    const { stage, text } = probed;
    return {
      ...failure({ protocol: 'imap', stage, server: access.settings, auth, text }, address),
      ...NOT_SEEN,
    };
  }
}

const PASSED: TestedServer = { ok: true, stage: null, why: null, advice: null };

/** Every single mail would be refused. */
const NO_UTF8: TestedServer = {
  ok: false,
  stage: 'ehlo',
  why: 'the server does not offer SMTPUTF8',
  advice:
    'The address of this mailbox has letters outside ASCII before the @, and the server cannot send from such: send from another address of yours that it knows, or ask the provider for SMTPUTF8 (RFC 6531).',
};

/** What comes after the sign-in is not part of this test. */
function stageOf(stage: string): FailedTest['stage'] {
  return stage === 'connect' || stage === 'tls' || stage === 'greeting' || stage === 'ehlo' ? stage : 'auth';
}

function failure(failed: FailedTest, address: string): TestedServer {
  const { stage, advice } = adviceFor(failed);
  return { ok: false, stage, why: plainWords(failed.text), advice: advice.replaceAll('<mailbox>', address) };
}

function notReady(access: Exclude<Access<unknown>, { kind: 'ready' }>): TestedServer {
  if (access.kind === 'none') {
    return {
      ok: false,
      stage: 'connect',
      why: 'there is no server',
      advice: 'Name one: followthrough mailbox edit.',
    };
  }
  return { ok: false, stage: 'auth', why: access.why, advice: access.advice };
}
