import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, greets } from '../ports.js';
import { testCertificate, testKey } from './tls.js';

const DAEMONS = ['/usr/lib/postfix/sbin', '/usr/libexec/postfix'].find((path) =>
  existsSync(join(path, 'master')),
);

/** Why there can be no Postfix of ours here; null: there can. */
export const postfixMissing =
  DAEMONS === undefined
    ? 'there is no postfix here (.ci/run installs it where it may)'
    : process.getuid?.() !== 0
      ? 'postfix runs as root only'
      : null;

/** Printed, so that nobody takes silence for a pass. */
export function sayPostfixIsMissing(what: string): void {
  process.stderr.write(`skipped: ${what}, for ${postfixMissing ?? ''}\n`);
}

export interface PostfixOptions {
  /** Address to the absolute path of its Maildir, of the uid and gid below. Every other address of the two domains is unknown. */
  maildirs: Record<string, string>;
  uid: number;
  gid: number;
  /** Accepted at RCPT and handed to another address, which may be nobody's. */
  aliases?: Record<string, string>;
  /** Accepted at RCPT and handed on by SMTP to this port of 127.0.0.1: what is refused there comes back as a bounce. */
  onward?: Record<string, number>;
  /** Dovecot's socket, at which passwords are checked; with it nobody sends who has not signed in under TLS. */
  saslSocket?: string;
  /** More lines of main.cf. */
  extra?: string;
}

export interface Postfix {
  host: '127.0.0.1';
  /** STARTTLS with `testCertificate`. */
  port: number;
  /** Where the rest of the world hands mail in, the old way: no TLS, no sign-in, no SMTPUTF8. */
  mxPort: number;
  /** What is still in the queue, a line of JSON each. */
  queued(): Promise<string[]>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A Postfix of our own on 127.0.0.1: configuration, queue, data and log in a temporary folder, so that a Postfix of the
 * machine is neither read nor touched. Its world are example.org and example.com, all delivered into Maildirs; every other
 * domain is refused, no name is looked up, and what is handed on goes to a named port of 127.0.0.1: nothing can leave.
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  const base = await mkdtemp(join(tmpdir(), 'ft-postfix-'));
  const at = (...parts: string[]): string => join(base, ...parts);
  const owner = idOf('postfix');
  await chmod(base, 0o755);
  for (const dir of ['etc', 'queue', 'queue/pid']) await mkdir(at(dir), { mode: 0o755 });
  for (const dir of ['data', ...QUEUES.map((name) => `queue/${name}`)]) {
    await mkdir(at(dir), { mode: 0o700 });
    await chown(at(dir), owner, 0);
  }
  // What Debian gives to the group postdrop; nobody hands mail in by command here.
  await chmod(at('queue/public'), 0o710);
  const [port, mxPort] = [await freePort(), await freePort()];
  await writeFile(at('etc/cert.pem'), testCertificate);
  await writeFile(at('etc/key.pem'), testKey, { mode: 0o600 });
  await writeFile(at('etc/main.cf'), mainConfiguration(base, options));
  await writeFile(at('etc/master.cf'), masterConfiguration(port, mxPort, options));
  await writeFile(
    at('etc/maildirs'),
    table(
      options.maildirs,
      mapped(options.onward, () => 'elsewhere'),
    ),
  );
  await writeFile(at('etc/aliases'), table(options.aliases ?? {}));
  await writeFile(at('etc/transport'), table(mapped(options.onward, (to) => `onward:[127.0.0.1]:${to}`)));

  const log = (): Promise<string> => readFile(at('log'), 'utf8').catch(() => '');
  // A process group of its own, for the master's last word goes to its whole group; `-e`: should we be killed, it ends.
  const master: ChildProcess = spawn(join(DAEMONS ?? '', 'master'), ['-s', '-e', '600', '-c', at('etc')], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', MAIL_CONFIG: at('etc') },
  });
  const ended = once(master, 'exit');
  const postfix: Postfix = {
    host: '127.0.0.1',
    port,
    mxPort,
    queued: async () => {
      const { stdout } = await promisify(execFile)('postqueue', ['-c', at('etc'), '-j']);
      return stdout.split('\n').filter((line) => line !== '');
    },
    log,
    stop: async () => {
      if (master.exitCode === null && master.signalCode === null) {
        master.kill('SIGTERM');
        await Promise.race([ended, delay(5_000, undefined, { ref: false })]);
      }
      endGroup(master.pid);
      await rm(base, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all([greets(port, '220 '), greets(mxPort, '220 ')]);
  } catch (error) {
    const said = await log();
    await postfix.stop();
    throw new Error(`postfix does not answer: ${said.slice(-2000)}`, { cause: error });
  }
  return postfix;
}

const QUEUES = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'maildrop', 'private',
  'public', 'saved', 'trace']; // prettier-ignore

function mainConfiguration(base: string, { uid, gid, saslSocket, extra }: PostfixOptions): string {
  return `
compatibility_level = 3.6
queue_directory = ${base}/queue
data_directory = ${base}/data
daemon_directory = ${DAEMONS}
maillog_file = ${base}/log
maillog_file_prefixes = ${base}
myhostname = mx.example.org
mydomain = example.org
myorigin = example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.1/32
smtputf8_enable = yes
# What has to wait is tried every second, and its sender is told after one.
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
delay_warning_time = 1s
biff = no

# Nothing leaves: no name is looked up, and no transport but into a Maildir or to a port named here.
default_transport = error:5.7.1 this server delivers nothing elsewhere
relay_transport = error:5.7.1 this server delivers nothing elsewhere
relay_domains =
relayhost =
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
local_transport = error:5.1.1 there are no local users

virtual_mailbox_domains = example.org, example.com
virtual_mailbox_maps = texthash:${base}/etc/maildirs
virtual_alias_maps = texthash:${base}/etc/aliases
transport_maps = texthash:${base}/etc/transport
virtual_transport = virtual
virtual_mailbox_base = /
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
virtual_minimum_uid = 1
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +

smtpd_tls_cert_file = ${base}/etc/cert.pem
smtpd_tls_key_file = ${base}/etc/key.pem
smtpd_tls_session_cache_database =
smtp_tls_session_cache_database =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions =
${saslSocket === undefined ? '' : `smtpd_sasl_type = dovecot\nsmtpd_sasl_path = ${saslSocket}\n`}
${extra ?? ''}
`;
}

function masterConfiguration(port: number, mxPort: number, { saslSocket }: PostfixOptions): string {
  const submission = [
    '-o smtpd_tls_security_level=encrypt',
    ...(saslSocket === undefined
      ? []
      : [
          '-o smtpd_sasl_auth_enable=yes',
          '-o smtpd_tls_auth_only=yes',
          '-o smtpd_client_restrictions=permit_sasl_authenticated,reject',
        ]),
  ].join(' ');
  return `
127.0.0.1:${port} inet n - n - - smtpd ${submission}
127.0.0.1:${mxPort} inet n - n - - smtpd -o smtpd_discard_ehlo_keywords=smtputf8,starttls
onward unix - - n - - smtp
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;
}

function mapped(
  from: Record<string, number> | undefined,
  value: (one: number) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(from ?? {}).map(([key, one]) => [key, value(one)]));
}

function table(...parts: Record<string, string>[]): string {
  const entries = parts.flatMap((part) => Object.entries(part));
  return entries.map(([key, value]) => `${key} ${value}\n`).join('');
}

function idOf(user: string): number {
  return Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }).trim());
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
