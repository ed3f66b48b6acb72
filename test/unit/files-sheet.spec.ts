import { memorySource } from '../../src/files/source-bytes.js';
import { namesOf, peopleOf, reading, textRow, walked, workbookOf, zipOf } from './files-fixtures.js';

const HEADER = textRow(1, ['First Name', 'Last Name', 'Email', 'Phone', 'Scan Time', 'Consent']);

describe('an Excel workbook', () => {
  it('its cells are text as people write it; lines are rows of the sheet', async () => {
    const rows = [
      HEADER,
      `<row r="4"><c r="A4" t="inlineStr"><is><t>Ada</t></is></c><c r="B4" t="str"><f>UPPER("l")</f><v>L</v></c><c r="C4" t="inlineStr"><is><t>ada@example.com</t></is></c><c r="D4"><v>4.91701234567E+11</v></c><c r="E4" s="2"><v>46146.604166666664</v></c><c r="F4" t="b"><v>1</v></c></row>`,
      `<row r="5"><c r="A5" t="inlineStr"><is><t>Bob</t></is></c><c r="B5" t="e"><v>#N/A</v></c><c r="C5" t="str"><f>A5</f></c><c r="D5"><v>15550100</v></c><c r="E5" s="1"><v>46146</v></c></row>`,
    ];
    const found = await reading(workbookOf({ Leads: rows.join('') }), 'leads.csv');
    expect(found).toMatchObject({
      why: expect.stringContaining('the sheet "Leads" of an Excel workbook') as string,
    });
    const people = (await peopleOf(found)).filter(({ reading: row }) => row.kind === 'person');
    expect(people).toMatchObject([
      { line: 4, raw: 'Ada,L,ada@example.com,491701234567,2026-05-04 14:30:00,TRUE' },
      { line: 5, raw: 'Bob,,,15550100,2026-05-04,' },
    ]);
    expect(people[0]?.reading).toMatchObject({ candidate: { sign: { at: '2026-05-04' }, consent: true } });
  });

  it('cells and rows without their places, prefixed names, days since 1904', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>First Name</t></is></c><c t="inlineStr"><is><t>Email</t></is></c><c t="inlineStr"><is><t>Birthday</t></is></c></row>' +
      '<row><c t="inlineStr"><is><t>Ada</t></is></c><c t="inlineStr"><is><t>ada@example.com</t></is></c><c s="1"><v>31485</v></c></row>';
    const people = await peopleOf(await reading(workbookOf({ A: rows }, { date1904: true })));
    expect(people).toMatchObject([{ line: 2, raw: 'Ada,ada@example.com,1990-03-15' }]);
  });

  it('a note of several lines stays one row, and keeps its lines', async () => {
    const rows = textRow(1, ['First Name', 'Email', 'Notes']) + textRow(2, ['Ada', 'ada@example.com', 'one\ntwo, "three"']) + textRow(3, ['Bob', 'bob@example.com', '']); // prettier-ignore
    expect(await peopleOf(await reading(workbookOf({ A: rows })))).toMatchObject([
      { line: 2, reading: { candidate: { notes: 'one\ntwo, "three"' } } },
      { line: 3 },
    ]);
  });

  it('of several sheets those with a header of people are files of their own, the others are named', async () => {
    const people = (name: string) =>
      textRow(1, ['First Name', 'Email']) + textRow(2, [name, `${name}@example.com`]);
    const other = textRow(1, ['Colour', 'Taste']) + textRow(2, ['red', 'sweet']);
    const one = await reading(workbookOf({ Summary: other, Leads: people('ada') }));
    expect(one).toMatchObject({
      kind: 'people',
      why: expect.stringContaining('no people in the sheet "Summary"') as string,
    });
    const book = workbookOf({ Mon: people('ada'), Summary: other, Tue: people('bob') });
    expect(await walked(memorySource('scans.xlsx', book))).toEqual([
      ['scans.xlsx', 'archive'],
      ['scans.xlsx/Mon', 'people'],
      ['scans.xlsx/Tue', 'people'],
    ]);
    expect(await reading(workbookOf({ Summary: other }))).toMatchObject({ kind: 'refused' });
  });

  it('one cell at the end of the sheet does not fill all that lies before it', async () => {
    const row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>';
    const rows = HEADER + textRow(2, ['Ada', 'L', 'ada@example.com']);
    expect(await namesOf(await reading(workbookOf({ A: rows + row })))).toContain('Ada L');
    const long = '<row r="250000"><c r="A250000" t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await reading(workbookOf({ A: rows + long }))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('250,000 rows') as string }); // prettier-ignore
    const filled = '<row r="900000000"><c r="A900000000" t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await reading(workbookOf({ A: rows + filled }))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('save it as CSV') as string }); // prettier-ignore
    const wide = '<row r="150000"><c r="BXX150000" t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await reading(workbookOf({ A: rows + wide }))).toMatchObject({ kind: 'refused' });
  });

  it('a sheet without cells, and sheets outside their folder, are no trouble', async () => {
    const rows = textRow(1, ['First Name', 'Email']) + textRow(2, ['Ada', 'ada@example.com']);
    const parts = (dir: string) => [
      { name: '[Content_Types].xml', content: '<Types/>' },
      {
        name: `${dir}workbook.xml`,
        content:
          '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId2"/></sheets></workbook>',
      },
      {
        name: `${dir}_rels/workbook.xml.rels`,
        content:
          '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="a.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="c.xml"/></Relationships>',
      },
      { name: `${dir}a.xml`, content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
      { name: `${dir}c.xml`, content: '<chartsheet/>' },
    ];
    for (const dir of ['xl/', '']) expect(await namesOf(await reading(zipOf(parts(dir))))).toEqual(['Ada']);
    const far = parts('xl/');
    far[3] = {
      name: 'xl/a.xml',
      content: `<worksheet><sheetData>${rows}<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData></worksheet>`,
    };
    expect(await reading(zipOf(far))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('save it as CSV') as string,
    });
  });

  it('one that unpacks to too much, is damaged, or is no workbook, is refused with what to do', async () => {
    const large = workbookOf({ A: `${HEADER}<!--${'x'.repeat(68_000_000)}-->` });
    expect(await reading(large)).toMatchObject({ kind: 'refused' });
    const broken = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml', content: '<workbook><sheets>' },
    ]);
    expect(await reading(broken)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('save it as CSV') as string,
    });
    const word = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<w/>' },
    ]);
    expect(await reading(word)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('Word') as string,
    });
    const ods = zipOf([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { name: 'content.xml', content: '<o/>' },
    ]);
    expect(await reading(ods)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('OpenDocument') as string,
    });
  });
});
