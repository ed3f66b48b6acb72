import { readFile } from 'node:fs/promises';

/** Of this program, `0.1.0`; empty where its package.json is not at hand. */
export async function appVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version ?? '';
}
