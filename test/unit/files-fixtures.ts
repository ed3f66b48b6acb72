import { deflateRawSync, crc32 } from 'node:zlib';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { FileReading, FileRow, FileSource } from '../../src/files/file-reading.js';
import { memorySource } from '../../src/files/source-bytes.js';
import { readFile } from '../../src/files/read-file.js';
import { readAll } from '../../src/files/walk-files.js';

/** A member as it is to be written; what it announces may be a lie. */
export interface Member {
  name: string;
  content: Uint8Array | string;
  announced?: number;
  flags?: number;
  method?: number;
  isStored?: boolean;
}

/** A ZIP archive, byte by byte, so that it can lie. `count`: files that its end announces. */
export function zipOf(members: readonly Member[], { count = members.length, zip64 = false } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, announced, flags = 0x800, method, isStored = false } of members) {
    const bytes = Buffer.from(content as string);
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const raw = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method ?? (isStored ? 0 : 8), 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(announced ?? bytes.length, 18);
    common.writeUInt16LE(raw.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, raw, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, raw);
    offset += 30 + raw.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  return Buffer.concat([...parts, ...directory, ...(zip64 ? zip64End(count, size, offset) : []), end]);
}

function zip64End(count: number, size: number, offset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}

/** A workbook of sheets whose rows are given as XML. */
export function workbookOf(sheets: Record<string, string>, { date1904 = false } = {}): Buffer {
  const names = Object.keys(sheets);
  const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files: Member[] = [
    {
      name: '[Content_Types].xml',
      content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${ns} xmlns:r="${rel}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${names.map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, n) => `<Relationship Id="rId${n + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`).join('')}<Relationship Id="rId99" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet ${ns}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...names.map((name, n) => ({
      name: `xl/worksheets/sheet${n + 1}.xml`,
      content: `<worksheet ${ns}><sheetData>${sheets[name] ?? ''}</sheetData></worksheet>`,
    })),
  ];
  return zipOf(files);
}

/** A row of text cells. */
export const textRow = (row: number, cells: readonly string[]): string =>
  `<row r="${row}">${cells.map((cell, index) => (cell === '' ? '' : `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t xml:space="preserve">${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`)).join('')}</row>`;

const require = createRequire(import.meta.url);

/** The modules of a QR code: true is black, with its quiet zone. */
export async function qrModules(text: string): Promise<boolean[][]> {
  const code = readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  const wasmBinary = code.buffer.slice(code.byteOffset, code.byteOffset + code.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const { symbol } = await writeBarcode(text, { format: 'QRCode', scale: 1 });
  if (!symbol) throw new Error('no code');
  const { data, width, height } = symbol;
  const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => (data[y * width + x] ?? 0) < 128)); // prettier-ignore
  const blank = Array.from({ length: width + 8 }, () => false);
  const wide = rows.map((row) => [false, false, false, false, ...row, false, false, false, false]);
  return [blank, blank, blank, blank, ...wide, blank, blank, blank, blank];
}

/** A picture of black and white squares, one pixel high each block: grey PNG. */
export function pngOf(modules: boolean[][], { scale = 4, width = 0, height = 0 } = {}): Buffer {
  const across = (modules[0]?.length ?? 0) * scale;
  const lines = modules.flatMap((row) => {
    const line = Buffer.concat([Buffer.from([0]), Buffer.from(row.flatMap((black) => Array<number>(scale).fill(black ? 0 : 255)))]); // prettier-ignore
    return Array<Buffer>(scale).fill(line);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width || across, 0);
  header.writeUInt32BE(height || lines.length, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const out = Buffer.alloc(12 + data.length);
    out.writeUInt32BE(data.length, 0);
    out.write(type, 4, 'latin1');
    data.copy(out, 8);
    out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
    return out;
  };
  const packed = chunk('IDAT', zlibOf(Buffer.concat(lines)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), packed, chunk('IEND', Buffer.alloc(0))]); // prettier-ignore
}

function zlibOf(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  sum.writeUInt32BE(b * 65_536 + a);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), deflateRawSync(bytes), sum]);
}

/** A baseline JPEG (ITU-T T.81) whose blocks of 8 x 8 pixels are of one colour each: only their means are written. */
export function jpegOf(modules: boolean[][]): Buffer {
  const width = modules[0]?.length ?? 0;
  const segment = (marker: number, data: number[]): number[] => [0xff, marker, 0, data.length + 2, ...data];
  // One Huffman code for "the mean is the same" (0), one for a difference of 8 bits (10); in the other table, end of block (0).
  const dc = [0x00, 1, 1, ...Array<number>(14).fill(0), 0, 8];
  const ac = [0x10, 1, ...Array<number>(15).fill(0), 0];
  const head = [
    0xff,
    0xd8,
    ...segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, 0, 0, 0, 0, 1, 1, 0x11, 0]),
    ...segment(0xc4, dc),
    ...segment(0xc4, ac),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
  ];
  const out = Buffer.from(head);
  const frame = out.indexOf(Buffer.from([0xff, 0xc0]));
  out.writeUInt16BE(modules.length * 8, frame + 5);
  out.writeUInt16BE(width * 8, frame + 7);
  let bits = '';
  let last = 0;
  for (const black of modules.flat()) {
    // Means of -127 and 127 in steps of 8 / 8.
    const mean = black ? -127 : 0;
    const change = mean - last;
    last = mean;
    bits += change === 0 ? '00' : `10${(change > 0 ? change : 255 + change).toString(2).padStart(8, '0')}0`;
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const scan: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    scan.push(byte);
    if (byte === 0xff) scan.push(0);
  }
  return Buffer.concat([out, Buffer.from(scan), Buffer.from([0xff, 0xd9])]);
}

/** What a file is, by its bytes. */
export const reading = (content: Uint8Array | string, name = 'file'): Promise<FileReading> =>
  readFile(memorySource(name, content));

export async function peopleOf(given: FileReading): Promise<FileRow[]> {
  if (given.kind !== 'people') throw new Error(`not people: ${JSON.stringify(given)}`);
  const rows: FileRow[] = [];
  for await (const row of given.rows()) rows.push(row);
  return rows;
}

/** Full names, in the order of the file; what is no person in brackets. */
export async function namesOf(given: FileReading): Promise<string[]> {
  return (await peopleOf(given)).map(({ reading: row }) =>
    row.kind === 'person' ? row.candidate.name.full : `[${row.reason}]`,
  );
}

/** Every file of a walk with what became of it. */
export async function walked(source: FileSource): Promise<[string, string][]> {
  const seen: [string, string][] = [];
  for await (const { source: file, reading: found } of readAll(source)) {
    seen.push([file.name, 'reason' in found ? `${found.kind}: ${found.reason}` : found.kind]);
  }
  return seen;
}
