/** The size of a picture by its header, before anything is decoded: a file of some kilobytes may unpack to gigabytes. */
export interface PictureSize {
  /** In pixels. */
  width: number;
  height: number;
}

/** PNG (IHDR), JPEG (the largest of its frame headers), GIF, BMP; null where the header cannot be read. */
export function pictureSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 26) return null;
  if (bytes[0] === 0x89) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (bytes[0] === 0x47) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (bytes[0] === 0x42)
    return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
  return bytes[0] === 0xff ? jpegSize(bytes) : null;
}

function jpegSize(bytes: Buffer): PictureSize | null {
  let size: PictureSize | null = null;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return size;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // SOF0 to SOF15, without the tables DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const found = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
      if (size === null || found.width * found.height > size.width * size.height) size = found;
    }
    // What follows the start of a scan has no lengths.
    if (marker === 0xda) return size;
    const hasLength = marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8);
    at += hasLength ? 2 + bytes.readUInt16BE(at + 2) : 2;
  }
  return size;
}
