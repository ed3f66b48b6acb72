import { decoded, decodedText, EncodingScan, type Encoding } from './encoding.js';

function scan(bytes: Uint8Array, piece = bytes.length || 1): Encoding {
  const scanning = new EncodingScan();
  for (let at = 0; at < bytes.length; at += piece) scanning.push(bytes.subarray(at, at + piece));
  return scanning.end();
}
const head = 'First Name,Last Name,Company\n';

describe('the encoding of a file', () => {
  it('is UTF-8 with and without a mark, however the stream is cut', () => {
    const text = `${head}José,Ñandú,株式会社\n😀,ß,ﬁn\n`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`)]) {
      for (const piece of [1, 2, 3, 5, 1_000]) expect(scan(bytes, piece)).toBe('utf-8');
      expect(decodedText(bytes, 'utf-8')).toBe(text);
    }
  });

  it('is UTF-16 with a mark, and without one by its NULs', () => {
    const little = Buffer.from(`${head}José,山田,x\n`, 'utf16le');
    const big = Buffer.from(little).swap16();
    expect(scan(little)).toBe('utf-16le');
    expect(scan(big)).toBe('utf-16be');
    expect(scan(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toBe('utf-16le');
    expect(scan(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toBe('utf-16be');
    expect(decodedText(Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 'utf-16be')).toBe(
      `${head}José,山田,x\n`,
    );
    expect(scan(Buffer.from('a,b\0\0,c\nd,e,f\n'))).toBe('utf-8');
  });

  it('one broken byte does not turn a whole file', () => {
    const bytes = Buffer.concat([Buffer.from(`${head}José,Müller,Größe\n`), Buffer.from([0xe9, 0x0a])]);
    for (const piece of [1, 7, 1_000]) expect(scan(bytes, piece)).toBe('utf-8');
  });

  it('one accent alone is Western', () => {
    expect(scan(Buffer.from('Ren\xe9,Dupont\n', 'latin1'))).toBe('windows-1252');
  });

  // Bytes as the programs of their place write them.
  it.each<[string, Encoding, string]>([
    ['4dfc6c6c65722c4af67267', 'windows-1252', 'Müller,Jörg'],
    ['80203530', 'windows-1252', '€ 50'],
    ['d8646567e572642c426af8726e', 'windows-1252', 'Ødegård,Bjørn'],
    ['4d9f6c6c65722c4b9a6c6e2c47729aa765', 'macintosh', 'Müller,Köln,Größe'],
    ['5761b3ea73612ca3756b61737a2ca3f3649f', 'windows-1250', 'Wałęsa,Łukasz,Łódź'],
    ['44766ff8e16b2c4a69f8ed2cc865736be9', 'windows-1250', 'Dvořák,Jiří,České'],
    ['c8e2e0edeee22cd1e5f0e3e5e9', 'windows-1251', 'Иванов,Сергей'],
    ['e9d7c1cecfd72cf3c5d2c7c5ca', 'koi8-r', 'Иванов,Сергей'],
    ['d0e1f0e1e4fcf0eff5ebeff22cc3e9fef1e3eff2', 'windows-1253', 'Παπαδόπουλος,Γιώργος'],
    ['59fd6c6d617a2cdefc6b72fc2cd67a74fc726b', 'windows-1254', 'Yılmaz,Şükrü,Öztürk'],
    ['8e5293632c91be98592c938c8b9e', 'shift_jis', '山田,太郎,東京'],
    ['8384837d835f2c835e838d8345', 'shift_jis', 'ヤマダ,タロウ'],
    ['cdf5d0a1c3f72cb1b1bea9cad02cd3d0cfdeb9abcbbe', 'gb18030', '王小明,北京市,有限公司'],
    ['b3afacfcacc22cb0aab6afa5ab2caad1a5f7a6b3adada4bda571', 'big5', '陳美玲,高雄市,股份有限公司'],
    ['b1e8b9cebcf62cbcadbfef', 'euc-kr', '김민수,서울'],
  ])('%s is %s', (hex, encoding, text) => {
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from(hex, 'hex'), Buffer.from('\n')]);
    const found = scan(bytes);
    expect([found, decodedText(bytes, found)]).toEqual([encoding, `${head}${text}\n`]);
  });

  it('a text is decoded the same however it is cut', async () => {
    const text = `\ufeff${head}José,山田,😀\n`;
    for (const [encoding, bytes] of [
      ['utf-8', Buffer.from(text)],
      ['utf-16le', Buffer.from(text, 'utf16le')],
    ] as const) {
      for (const piece of [1, 2, 3, 100]) {
        // eslint-disable-next-line @typescript-eslint/require-await
        const pieces = (async function* () {
          for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
        })();
        let whole = '';
        for await (const part of decoded(pieces, encoding)) whole += part;
        expect(whole).toBe(text.slice(1));
      }
    }
  });
});
