import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { freePort, greets } from '../ports.js';
import { testCertificate, testKey } from './tls.js';

const PROGRAM = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path)) ?? null;
const IMAP = '/usr/lib/dovecot/imap';

/** Debian's Dovecot is on this machine. */
export const dovecotHere = PROGRAM !== null && existsSync(IMAP);

/** Printed, so that nobody takes silence for a pass. */
export function sayDovecotIsMissing(what: string): void {
  process.stderr.write(
    `skipped: ${what}, for there is no dovecot-imapd here (.ci/run installs it where it may)\n`,
  );
}

export const DOVECOT_PASSWORD = 'only-for-tests';

export interface Dovecot {
  host: '127.0.0.1';
  port: number;
  /** With TLS from the first byte; the certificate is `testCertificate`. */
  tlsPort: number;
  /** Where a mail server of this machine asks whether a password is right (Postfix: `smtpd_sasl_path`). */
  saslSocket: string;
  /** The owner of the Maildirs. */
  uid: number;
  gid: number;
  /** The folder's Maildir on disk, for a mail server of this machine to deliver into; it may not be there yet. */
  maildir(user: string, folder: string): string;
  /** Puts a raw mail into the folder as the server's own delivery would: new, unseen and recent. */
  deliver(user: string, folder: string, raw: string | Buffer, date?: Date): Promise<void>;
  /** Makes a folder, with a special use (RFC 6154) where the configuration names one for it. */
  makeFolder(user: string, folder: string): Promise<void>;
  /** Every mail of every folder: its bytes and flags, `\Recent` in them, keyed `folder/uid`. Changes nothing. */
  snapshot(user: string): Promise<Record<string, { raw: string; flags: string[] }>>;
  /** Gives a folder another UIDVALIDITY and its mails other UIDs, as a server restored from a backup does. */
  renumber(user: string, folder: string): Promise<void>;
  /** The commands clients sent, in their order, over all connections of the user so far. */
  said(user: string): Promise<string[]>;
  /** Takes it down; `start` brings it back with the same mails. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Debian's Dovecot on 127.0.0.1 as an ordinary user: as `nobody` when we are root. Any user name is let in with
 * DOVECOT_PASSWORD and has a Maildir of its own.
 * @param options.extra more lines of configuration, such as special uses of folders
 */
export async function startDovecot(options: { extra?: string; capability?: string } = {}): Promise<Dovecot> {
  const asRoot = process.getuid?.() === 0;
  const uid = asRoot ? idOf('-u') : (process.getuid?.() ?? 0);
  const gid = asRoot ? idOf('-g') : (process.getgid?.() ?? 0);
  const userName = asRoot ? 'nobody' : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  const groupName = execFileSync('id', ['-gn', userName], { encoding: 'utf8' }).trim();
  const base = await mkdtemp(join(tmpdir(), 'ft-dovecot-'));
  const at = (...parts: string[]): string => join(base, ...parts);
  for (const dir of ['run', 'state', 'mail', 'raw']) await mkdir(at(dir));
  const [port, tlsPort] = [await freePort(), await freePort()];
  await writeFile(at('cert.pem'), testCertificate);
  await writeFile(at('key.pem'), testKey);
  await writeFile(at('dovecot.conf'), configuration({ base, userName, groupName, uid, gid, port, tlsPort }) + (options.extra ?? '')); // prettier-ignore
  const own = async (path: string): Promise<void> => {
    await chown(path, uid, gid);
  };
  for (const path of ['', 'run', 'state', 'mail', 'raw', 'cert.pem', 'key.pem', 'dovecot.conf'])
    await own(at(path));
  await chmod(base, 0o755);
  const maildir = (user: string, folder: string): string =>
    folder === 'INBOX' ? at('mail', user, 'Maildir') : at('mail', user, 'Maildir', `.${utf7(folder)}`);

  let child: ChildProcess | null = null;
  /** In the names of the files: mails of one second keep their order. */
  let delivered = 0;
  const client = (user: string): ImapFlow =>
    new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: DOVECOT_PASSWORD },
      logger: false,
      disableAutoIdle: true,
    });
  const dovecot: Dovecot = {
    host: '127.0.0.1',
    port,
    tlsPort,
    saslSocket: at('run', 'auth-postfix'),
    uid,
    gid,
    maildir,
    deliver: async (user, folder, raw, date) => {
      await makeOwned(at('raw', user), base, own);
      const dir = maildir(user, folder);
      if (!existsSync(join(dir, 'cur'))) {
        for (const part of ['', 'tmp', 'new', 'cur']) await makeOwned(join(dir, part), base, own);
      }
      delivered += 1;
      const name = `${Math.floor((date ?? new Date()).getTime() / 1000)}.M${String(delivered).padStart(6, '0')}P1.test`;
      await writeFile(join(dir, 'tmp', name), raw);
      await own(join(dir, 'tmp', name));
      if (date) await utimes(join(dir, 'tmp', name), date, date);
      await rename(join(dir, 'tmp', name), join(dir, 'new', name));
    },
    makeFolder: async (user, folder) => {
      await makeOwned(at('raw', user), base, own);
      const other = client(user);
      await other.connect();
      await other.mailboxCreate(folder);
      await other.logout();
    },
    snapshot: async (user) => {
      const other = client(user);
      await other.connect();
      const found: Record<string, { raw: string; flags: string[] }> = {};
      for (const { path } of await other.list()) {
        const box = await other.mailboxOpen(path, { readOnly: true });
        if (box.exists === 0) continue;
        for await (const mail of other.fetch('1:*', { uid: true, flags: true, source: true })) {
          found[`${path}/${mail.uid}`] = {
            raw: mail.source?.toString('latin1') ?? '',
            flags: [...(mail.flags ?? [])].sort(),
          };
        }
      }
      await other.logout();
      return found;
    },
    renumber: async (user, folder) => {
      await dovecot.halt();
      const dir = maildir(user, folder);
      for (const name of await readdir(dir)) {
        if (/^dovecot/.test(name)) await rm(join(dir, name), { force: true });
      }
      // The first UID and the validity are in the head of the list: 77 mails were here before.
      await writeFile(join(dir, 'dovecot-uidlist'), `3 V${Math.floor(Date.now() / 1000) + 500} N78 G${randomUUID().replaceAll('-', '')}\n`); // prettier-ignore
      await own(join(dir, 'dovecot-uidlist'));
      await dovecot.start();
    },
    said: async (user) => {
      const dir = at('raw', user);
      const lines: { when: string; line: string }[] = [];
      for (const name of existsSync(dir) ? await readdir(dir) : []) {
        if (!name.endsWith('.in')) continue;
        for (const line of (await readFile(join(dir, name), 'latin1')).split(/\r?\n/)) {
          const [, when = '', said = ''] = /^(\d+\.\d+) (.*)$/.exec(line) ?? [];
          if (said !== '') lines.push({ when, line: said.replace(/^[0-9A-F]+ /, '') });
        }
      }
      return lines.sort((a, b) => Number(a.when) - Number(b.when)).map(({ line }) => line);
    },
    start: async () => {
      const args = ['-F', '-c', at('dovecot.conf')];
      child = spawn(PROGRAM ?? 'dovecot', args, { ...(asRoot && { uid, gid }), stdio: 'ignore' });
      await greets(port, '* OK');
    },
    halt: async () => {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      const tasks = `/proc/${running.pid}/task/${running.pid}/children`;
      const conversations = (await readFile(tasks, 'utf8').catch(() => '')).trim().split(' ').map(Number);
      running.kill('SIGTERM');
      await gone;
      // Left to themselves they go on for half a minute.
      for (const pid of conversations.filter((one) => one > 0)) {
        try {
          process.kill(pid, 'SIGTERM');
        } catch {
          // It has ended with the others.
        }
      }
    },
    stop: async () => {
      await dovecot.halt();
      await rm(base, { recursive: true, force: true });
    },
  };
  try {
    await dovecot.start();
  } catch (error) {
    const log = await readFile(at('dovecot.log'), 'utf8').catch(() => '');
    await dovecot.stop();
    throw new Error(`dovecot does not answer: ${log.slice(-2000)}`, { cause: error });
  }
  return dovecot;
}

function configuration(at: {
  base: string;
  userName: string;
  groupName: string;
  uid: number;
  gid: number;
  port: number;
  tlsPort: number;
}): string {
  const { base, userName, groupName } = at;
  const services = ['anvil', 'auth', 'auth-worker', 'config', 'dict', 'director', 'dns-client', 'doveadm', 'imap',
    'imap-hibernate', 'imap-urlauth', 'imap-urlauth-login', 'imap-urlauth-worker', 'indexer', 'indexer-worker', 'ipc', 'lmtp', 'log',
    'old-stats', 'pop3', 'pop3-login', 'replicator', 'stats', 'submission', 'submission-login']; // prettier-ignore
  return `
base_dir = ${base}/run
state_dir = ${base}/state
log_path = ${base}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${userName}
default_internal_group = ${groupName}
default_login_user = ${userName}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_home = ${base}/mail/%u
mail_uid = ${at.uid}
mail_gid = ${at.gid}
ssl = yes
ssl_cert = <${base}/cert.pem
ssl_key = <${base}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_fsync = never
mail_max_userip_connections = 50
rawlog_dir = ${base}/raw/%u
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = static
  args = password=${DOVECOT_PASSWORD}
}
userdb {
  driver = static
  args = uid=${at.uid} gid=${at.gid} home=${base}/mail/%u
}
${services.map((name) => `service ${name} {\n  chroot =\n}`).join('\n')}
service auth {
  unix_listener auth-postfix {
    mode = 0666
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${at.port}
  }
  inet_listener imaps {
    port = ${at.tlsPort}
  }
}
`;
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
}

/** A folder and those above it, below the base, ours to hand over. */
async function makeOwned(path: string, base: string, own: (path: string) => Promise<void>): Promise<void> {
  if (path === base || (await stat(path).catch(() => null))) return;
  await makeOwned(join(path, '..'), base, own);
  await mkdir(path);
  await own(path);
}

/** Folder names on disk, RFC 3501 5.1.3: enough for Latin letters. */
function utf7(name: string): string {
  return name.replace(/[^\x20-\x7e]+/g, (text) => {
    const bytes = Buffer.from(text, 'utf16le')
      .swap16()
      .toString('base64')
      .replace(/=+$/, '')
      .replaceAll('/', ',');
    return `&${bytes}-`;
  });
}
