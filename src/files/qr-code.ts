import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const require = createRequire(import.meta.url);
let prepared: Promise<void> | null = null;

/** The decoder's code comes from its package on this machine; by itself it would fetch it from the network. */
async function prepare(): Promise<void> {
  const code = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = code.buffer.slice(code.byteOffset, code.byteOffset + code.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** What the QR codes of a picture say, without repetitions; none where it cannot be decoded. */
export async function readCodes(picture: Uint8Array): Promise<string[]> {
  prepared ??= prepare();
  await prepared;
  const found = await readBarcodes(picture, {
    formats: ['QRCode'],
    tryHarder: true,
    maxNumberOfSymbols: 32,
    textMode: 'Plain',
  });
  return [...new Set(found.filter(({ isValid }) => isValid).map(({ text }) => text))];
}
