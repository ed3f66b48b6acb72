import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditDraft } from '../composing/composing.schemas.js';
import { Failed } from './exit.js';

const SUBJECT = /^Subject:[ \t]*(.*)\n+/;

/**
 * Subject and text as the owner leaves them in their editor; null when they changed nothing. The words lie in a file of
 * this user's own while the editor is open.
 */
export async function editInEditor(before: {
  subject: string | null;
  text: string;
}): Promise<EditDraft | null> {
  const folder = await mkdtemp(join(tmpdir(), 'followthrough-edit-'));
  const file = join(folder, 'draft.txt');
  const head = before.subject ? `Subject: ${before.subject}\n\n` : '';
  const given = `${head}${before.text}\n`;
  try {
    await writeFile(file, given, { mode: 0o600 });
    await runEditor(file);
    const edited = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
    if (edited === given) return null;
    const subject = before.subject ? SUBJECT.exec(edited)?.[1]?.trim() : undefined;
    const text = (subject === undefined ? edited : edited.replace(SUBJECT, '')).trim();
    return { text, ...(subject && { subject }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The shell knows VISUAL and EDITOR, and the arguments they may hold. */
function runEditor(file: string): Promise<void> {
  const [command, args] =
    process.platform === 'win32'
      ? ['notepad', [file]]
      : ['sh', ['-c', 'eval "${VISUAL:-${EDITOR:-vi}} \\"\\$1\\""', 'sh', file]];
  return new Promise((resolve, reject) => {
    const editor = spawn(command, args, { stdio: 'inherit' });
    editor.once('error', () =>
      reject(new Failed('No editor could be started: set EDITOR, or use --text-file.')),
    );
    editor.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Failed(`The editor ended with code ${code ?? 'unknown'}; nothing was changed.`));
    });
  });
}
