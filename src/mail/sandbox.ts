import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { MAIL_LIMIT, parseMail } from './parse.js';
import type { SmtpSettings } from './smtp.types.js';

export interface SandboxMail {
  /** Bare address. */
  from: string;
  to: string[];
  subject: string;
  /** Of the Date header, so domain time; null when the mail has none. */
  date: Date | null;
  /** Full path of the .eml file. */
  file: string;
}

/**
 * Takes mail on a loopback port and keeps each one as a file; it has no way to forward. Private mail: the folder and
 * the files are for this user only.
 * @param port 0 lets the system choose
 */
export async function startSandbox(
  folder: string,
  port = 0,
): Promise<{ settings: SmtpSettings; folder: string; close(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: MAIL_LIMIT,
    closeTimeout: 1_000,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', (error) => callback(error));
      stream.once('end', () => {
        if (stream.sizeExceeded) {
          callback(Object.assign(new Error('5.3.4 larger than 25 MB'), { responseCode: 552 }));
          return;
        }
        // 250 only after the file stands under its name.
        keep(folder, Buffer.concat(chunks)).then(
          (file) => callback(null, `kept in the sandbox as ${file}`),
          () => callback(Object.assign(new Error('4.3.1 the sandbox cannot write'), { responseCode: 452 })),
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A client that drops its connection is no reason to end the process.
  server.on('error', () => undefined);
  const { port: bound } = server.server.address() as AddressInfo;
  return {
    settings: { host: '127.0.0.1', port: bound, tls: 'none' },
    folder,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the sandbox holds, newest first; a file that is no mail is listed with empty fields rather than hidden. */
export async function listSandbox(folder: string): Promise<SandboxMail[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const mails: SandboxMail[] = [];
  for (const name of names.filter((name) => name.endsWith('.eml'))) {
    mails.push(await describe(join(folder, name)));
  }
  return mails.sort((a, b) => Number(b.date ?? 0) - Number(a.date ?? 0) || (a.file < b.file ? -1 : 1));
}

/** Removes every mail that `isTheirs` says so of. Answers how many; one that is gone already is none. */
export async function dropFromSandbox(
  folder: string,
  isTheirs: (mail: SandboxMail) => boolean,
): Promise<number> {
  const theirs = (await listSandbox(folder)).filter(isTheirs);
  for (const { file } of theirs) await rm(file, { force: true });
  return theirs.length;
}

async function describe(file: string): Promise<SandboxMail> {
  const parsed = await parseMail(await head(file));
  if (parsed.kind === 'refused') return { from: '', to: [], subject: '', date: null, file };
  const { from, to, subject, date } = parsed.mail;
  return { from: from?.address ?? '', to, subject, date, file };
}

/** The first 64 KB: more than any header of ours. */
async function head(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Writes aside, then links: a name appears only with its whole content, and a mail never replaces another. */
async function keep(folder: string, raw: Buffer): Promise<string> {
  const aside = join(folder, `.${randomUUID()}.part`);
  await writeFile(aside, raw, { mode: 0o600, flush: true });
  try {
    for (let copy = 1; ; copy += 1) {
      const name = `${safeName(raw)}${copy > 1 ? `-${copy}` : ''}.eml`;
      try {
        await link(aside, join(folder, name));
        return name;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } finally {
    await rm(aside, { force: true });
  }
}

function safeName(raw: Buffer): string {
  const header = raw.toString('latin1', 0, 65_536).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const [, id] = /^message-id:\s*<?([^>\r\n]*)/im.exec(header) ?? [];
  const safe = (id ?? '')
    .trim()
    .replace(/[^A-Za-z0-9@._+-]/g, '_')
    .replace(/^\.+/, '_');
  if (safe && safe.length <= 120) return safe;
  const digest = createHash('sha256').update(raw).digest('hex').slice(0, 32);
  return safe ? `${safe.slice(0, 80)}-${digest}` : `without-message-id-${digest}`;
}
