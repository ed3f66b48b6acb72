import { headerFingerprint, readMappingFile } from './mapping.js';
import type { Mapping } from './records.js';
import { planTable, readRow } from './table.js';

function mappingOf(text: string): Mapping {
  const file = readMappingFile(text);
  if (file.kind === 'refused') throw new Error(file.reason);
  return file.mapping;
}

const HEAD = [
  ['List of the fair'],
  ['Kürzel', 'Wer', 'Anschrift', 'Seit'],
  ['X1', 'Uta Klein', 'uta@example.org', '03/04/1990'],
];

describe('the fingerprint of a header', () => {
  it('is the same whatever the order, the case, and the empty cells', () => {
    expect(headerFingerprint(['First Name', '', 'E-Mail'])).toBe(headerFingerprint(['email', 'first_name']));
    expect(headerFingerprint(['Name'])).not.toBe(headerFingerprint(['Name', 'Name']));
    expect(headerFingerprint(['First Name', 'E-Mail'])).toBe('email|firstname');
    expect(headerFingerprint(new Array<string>(2_000).fill('A long header'))).toHaveLength(2_000);
  });
});

describe("the owner's mapping", () => {
  const mapping = mappingOf('{"columns": {"Wer": "name", "Anschrift": "email", "Seit": "birthday", "Gibt es nicht": "city"}, "dates": "month-first"}'); // prettier-ignore

  it('makes a table readable that names nothing we know, from the row that holds its columns', () => {
    const planning = planTable(HEAD, { mapping });
    expect(planning).toMatchObject({
      kind: 'plan',
      plan: {
        headerIndex: 1,
        mapped: true,
        monthFirst: true,
        columns: { 1: 'name', 2: 'email', 3: 'birthday' },
      },
    });
    if (planning.kind !== 'plan') return;
    expect(readRow(planning.plan, HEAD[2] ?? [])).toEqual({
      kind: 'person',
      candidate: {
        name: { full: 'Uta Klein', given: 'Uta', family: 'Klein' },
        emails: ['uta@example.org'],
        phones: [],
        birthday: '1990-03-04',
      },
    });
  });

  it('wins over what the header says, takes nothing of a column set to null, and leaves the others', () => {
    const header = ['Name', 'Firma', 'Interne Notiz', 'E-Mail', 'Kontakt'];
    const planning = planTable([header], {
      mapping: mappingOf('{"columns": {"Interne Notiz": null, "Kontakt": "name", "Firma": "title"}}'),
    });
    expect(planning.kind === 'plan' && planning.plan.columns).toEqual({ 1: 'title', 3: 'email', 4: 'name' });
  });

  it('is remembered by fingerprint, for that header alone; the one of this import wins', () => {
    const header = ['Name', 'Rolle', 'E-Mail'];
    const remembered: Mapping = {
      header: headerFingerprint(header),
      columns: { rolle: 'notes' },
      monthFirst: null,
    };
    const columns = (options: Parameters<typeof planTable>[1], cells = header): unknown => {
      const planning = planTable([cells], options);
      return planning.kind === 'plan' ? planning.plan.columns : planning.reason;
    };
    expect(columns({ mappings: [remembered] })).toEqual({ 0: 'name', 1: 'notes', 2: 'email' });
    expect(columns({ mappings: [remembered] }, [...header, 'Ort'])).toMatchObject({ 1: 'title', 3: 'city' });
    const now: Mapping = { header: '', columns: { rolle: 'city' }, monthFirst: null };
    expect(columns({ mappings: [remembered], mapping: now })).toMatchObject({ 1: 'city' });
    // A mapping for other files of the same import leaves this one as it is.
    expect(
      columns({ mapping: { header: '', columns: { anderes: 'city' }, monthFirst: null } }),
    ).toMatchObject({ 1: 'title' });
  });

  it('that takes every name and address away is refused', () => {
    const planning = planTable([['Name', 'Ort'], ['Jo Berg', 'Oslo']], { mapping: mappingOf('{"columns": {"Name": null}}') }); // prettier-ignore
    expect(planning).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('the mapping names no column') as string,
    });
  });
});

describe('a mapping file', () => {
  it.each([
    ['not JSON', '{"columns": ', 'is not JSON'],
    ['a list', '[]', 'is to be an object'],
    ['no columns', '{}', '"columns" is to name at least one column'],
    ['something else in it', '{"columns": {"A": "name"}, "date": "x"}', '"date"'],
    ['an unknown field', '{"columns": {"Vorname": "firstname"}}', 'fields are name, given, middle'],
    ['a field that is no text', '{"columns": {"Vorname": 3}}', 'something that is no text'],
    ['unknown dates', '{"columns": {"A": "name"}, "dates": "european"}', '"day-first" or "month-first"'],
    ['a column without letters', '{"columns": {"--": "name"}}', 'names no column'],
  ])('with %s is refused', (_story, text, reason) => {
    expect(readMappingFile(text)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('is read by header keys', () => {
    expect(
      mappingOf('\ufeff{"columns": {"E-Mail *": "email", "__proto__": "name"}, "dates": "day-first"}'),
    ).toEqual({
      header: 'email|proto',
      columns: { email: 'email', proto: 'name' },
      monthFirst: false,
    });
  });
});
