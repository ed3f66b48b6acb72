import { once } from 'node:events';
import { cleanText, oneLine } from '../core/text.js';
import { Interrupted } from './exit.js';

/** Marks that turn the direction of writing: on a terminal they make one address look like another. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Data as one line fit for a terminal: no escape sequence in a name or a mail reaches it. */
export function plain(text: string | number | null | undefined): string {
  return oneLine(String(text ?? '')).replace(DIRECTION, '');
}

/** The same for text of several lines. */
export function plainBlock(text: string): string {
  return cleanText(text).replaceAll('\t', '  ').replace(DIRECTION, '');
}

/** To standard output: what was asked for. Every line goes through `plainBlock`. */
export function say(text = ''): void {
  process.stdout.write(`${plainBlock(text)}\n`);
}

/** To standard error: what a script that reads the output must not find in it. */
export function tell(text: string): void {
  process.stderr.write(`${plainBlock(text)}\n`);
}

/** C1 controls and line separators escaped: terminals read JSON too. */
function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One JSON document on standard output. */
export function sayJson(value: unknown): void {
  process.stdout.write(`${safeJson(value, 2)}\n`);
}

/** One JSON object on a line of its own; waits where the reader of our output is slower than we are. */
export async function sayJsonLine(value: unknown): Promise<void> {
  if (process.stdout.write(`${safeJson(value)}\n`) || !process.stdout.writable) return;
  await once(process.stdout, 'drain').catch(() => undefined);
}

/** Somebody sits there and can be asked. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** One line typed in answer to a question. Ctrl-C throws Interrupted; the end of the input is an empty line. */
export async function askLine(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const readline = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise<string>((resolve, reject) => {
      readline.once('SIGINT', () => reject(new Interrupted()));
      readline.once('close', () => resolve(''));
      readline.question(plainBlock(question)).then(resolve, reject);
    });
  } finally {
    readline.close();
  }
}

export async function askYes(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await askLine(`${question} [y/N] `)).trim());
}

/** One key of those named, without Enter; others are ignored. */
export async function askKey(question: string, keys: string): Promise<string> {
  for await (const char of keysTyped(question)) {
    const key = char.toLowerCase();
    if (!keys.includes(key)) continue;
    process.stdout.write(`${key}\n`);
    return key;
  }
  return 'q';
}

/** A secret typed without being shown. */
export async function askSecret(question: string): Promise<string> {
  let secret = '';
  for await (const char of keysTyped(question)) {
    if (char === '\r' || char === '\n') break;
    if (char === '\u007f' || char === '\b') secret = Array.from(secret).slice(0, -1).join('');
    else if (char >= ' ') secret += char;
  }
  process.stdout.write('\n');
  return secret;
}

/** Typed ahead and not yet asked for. */
let typedAhead: string[] = [];

/** The terminal stops echoing before the question stands there. */
async function* keysTyped(question: string): AsyncGenerator<string> {
  const { stdin } = process;
  stdin.setRawMode(true);
  process.stdout.write(plainBlock(question));
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    for (;;) {
      if (typedAhead.length === 0) {
        const chunk = await nextChunk();
        if (chunk === null) return;
        // Arrow keys and their like arrive as one sequence; none of them is an answer.
        typedAhead = chunk.startsWith('\u001b') ? [] : Array.from(chunk);
        continue;
      }
      const char = typedAhead.shift() ?? '';
      if (char === '\u0003') throw new Interrupted();
      if (char === '\u0004') return;
      yield char;
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

function nextChunk(): Promise<string | null> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const settle = (chunk: string | null) => {
      stdin.off('data', onData).off('end', onEnd);
      resolve(chunk);
    };
    const onData = (chunk: string) => settle(chunk);
    const onEnd = () => settle(null);
    stdin.once('data', onData).once('end', onEnd);
  });
}

/** All of standard input, up to `limit` bytes and one more, so that the reader can tell that it was too much. */
export async function readStdin(limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) break;
  }
  return Buffer.concat(chunks);
}
