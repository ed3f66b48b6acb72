import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileSource } from './file-reading.js';

/** Bytes of one read. */
const PIECE = 256 * 1024;

/** A file of this machine. @param bytes its size */
export function diskSource(path: string, name: string, bytes: number): FileSource {
  return {
    name,
    bytes,
    open: () => createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>,
    async readAt(from, length) {
      const file = await open(path);
      try {
        const wanted = Buffer.alloc(Math.max(0, Math.min(length, bytes - from)));
        let got = 0;
        while (got < wanted.length) {
          const { bytesRead } = await file.read(wanted, got, wanted.length - got, from + got);
          if (bytesRead === 0) break;
          got += bytesRead;
        }
        return wanted.subarray(0, got);
      } finally {
        await file.close();
      }
    },
  };
}
