import { jpegOf, namesOf, pngOf, qrModules, reading } from './files-fixtures.js';

const card = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEMAIL:x@example.com\r\nEND:VCARD`;

describe('a picture', () => {
  it('whose QR code is a card becomes a person: PNG and JPEG, accents kept', async () => {
    const modules = await qrModules(card('José Ñandú'));
    const png = await reading(pngOf(modules), 'IMG_1.PNG');
    expect(png).toMatchObject({ format: 'vcard', why: 'a vCard in a QR code' });
    expect(await namesOf(png)).toEqual(['José Ñandú']);
    expect(await namesOf(await reading(jpegOf(modules), 'IMG_1.JPG'))).toEqual(['José Ñandú']);
  });

  it('with several codes gives all their people', async () => {
    const [left, right] = [await qrModules(card('Ada L')), await qrModules(card('Bob L'))];
    const beside = left.map((row, y) => [...row, ...(right[y] ?? row.map(() => false))]);
    expect((await namesOf(await reading(pngOf(beside)))).sort()).toEqual(['Ada L', 'Bob L']);
  });

  it('without one is kept', async () => {
    const blank = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false));
    expect(await reading(pngOf(blank))).toMatchObject({ kind: 'capture', mediaType: 'image/png' });
    const website = pngOf(await qrModules('https://www.example.com/menu'));
    expect(await reading(website)).toMatchObject({
      kind: 'capture',
      why: expect.stringContaining('example.com/menu') as string,
    });
    expect(await reading(Buffer.from('\xff\xd8\xff\xe0 cut off', 'latin1'))).toMatchObject({ kind: 'capture', mediaType: 'image/jpeg' }); // prettier-ignore
  });

  it('of gigantic dimensions is kept and not decoded', async () => {
    const bomb = pngOf([[true]], { width: 60_000, height: 60_000 });
    expect(await reading(bomb)).toMatchObject({ kind: 'capture', why: expect.stringContaining('60000 x 60000 pixels') as string }); // prettier-ignore
    const jpeg = jpegOf(await qrModules(card('Ada L')));
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_535, frame + 5);
    jpeg.writeUInt16BE(65_535, frame + 7);
    expect(await reading(jpeg)).toMatchObject({
      kind: 'capture',
      why: expect.stringContaining('65535 x 65535') as string,
    });
  });
});
