import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FoldMender, readCard, splitCards } from './vcard.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/cards/', import.meta.url));
const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<string, unknown[]>;

function textOf(name: string): string {
  const mender = new FoldMender();
  const bytes = Buffer.concat([mender.push(readFileSync(folder + name)), mender.end()]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

describe('cards as programs and telephones write them', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.vcf'));

  it('are all expected', () => expect(files.sort()).toEqual(Object.keys(expected).sort()));

  it.each(files)('%s', (name) => {
    const told = splitCards(textOf(name)).map(({ text }) => readCard(text));
    expect(told.map((reading) => (reading.kind === 'person' ? reading.candidate : reading))).toEqual(
      expected[name],
    );
  });
});
