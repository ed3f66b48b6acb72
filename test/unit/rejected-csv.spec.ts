import { RejectedCsv } from '../../src/imports/rejected-csv.js';

describe('the CSV of rejected rows', () => {
  it('is the table it came from, with the reasons in front', () => {
    const csv = new RejectedCsv('Name;E-Mail;Notiz');
    expect(csv.head()).toBe('Rejected because,Name,E-Mail,Notiz\r\n');
    expect(csv.row({ line: 3, reason: '"E-Mail" holds "x"', raw: 'Jo Roe;x;"a;b"' })).toBe(
      '"line 3: ""E-Mail"" holds ""x""",Jo Roe,x,"a;b"\r\n',
    );
  });

  it('keeps every character of a row that is broken', () => {
    const csv = new RejectedCsv('Name,Email');
    expect(csv.row({ line: 2, reason: 'opens a quotation mark', raw: 'Jo "Roe,jo@example.com' })).toBe(
      'line 2: opens a quotation mark,"Jo ""Roe",jo@example.com\r\n',
    );
  });

  it('makes formulas harmless', () => {
    expect(new RejectedCsv('Name,Email').row({ line: 2, reason: 'x', raw: '=cmd(),a' })).toBe(
      "line 2: x,'=cmd(),a\r\n",
    );
  });

  it('shows a card whole', () => {
    const csv = new RejectedCsv(null);
    expect(csv.head() + csv.row({ line: 1, reason: 'no name', raw: 'BEGIN:VCARD\nEND:VCARD' })).toBe(
      'Rejected because,Line,Row\r\nno name,1,"BEGIN:VCARD\nEND:VCARD"\r\n',
    );
  });
});
