import type { FileReading, FileSource, ReadOptions } from './file-reading.js';
import { readFile } from './read-file.js';

/** A file and what it is; then, of an archive, its members in their order, and the members of those. */
export async function* readAll(
  source: FileSource,
  options: ReadOptions = {},
): AsyncGenerator<{ source: FileSource; reading: FileReading }, void, undefined> {
  const reading = await readFile(source, options);
  yield { source, reading };
  if (reading.kind !== 'archive') return;
  for (const member of reading.members) {
    if (member.kind === 'file') yield* readAll(member.source, options);
    else yield { source: refusedSource(member), reading: { kind: 'refused', reason: member.reason } };
  }
}

/** Only its name and size are to be had. */
function refusedSource({ name, bytes, reason }: { name: string; bytes: number; reason: string }): FileSource {
  return {
    name,
    bytes,
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield
    async *open() {
      throw new Error(`${name} ${reason}`);
    },
  };
}
