import { printedRow } from './printed.js';

const jane = {
  name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  emails: ['jane@example.com'],
  phones: [],
};

describe('a printed row', () => {
  it('leaves out what is absent, and keeps the lists', () => {
    expect(
      printedRow({
        file: 'a.csv',
        line: 2,
        format: 'table',
        verdict: 'read',
        candidate: { ...jane, city: '' },
      }),
    ).toEqual({
      file: 'a.csv',
      line: 2,
      format: 'table',
      verdict: 'read',
      contact: jane,
    });
  });

  it.each([
    [
      { kind: 'scan', at: '2026-11-18T09:00:00Z' },
      { kind: 'met', at: '2026-11-18T09:00:00Z' },
    ],
    [{ kind: 'listed' }, { kind: 'attended' }],
    [{ kind: 'connection', at: '2026-03-27' }, { at: '2026-03-27' }],
  ] as const)('tells of a meeting what the row itself says: %j', (sign, encounter) => {
    const row = printedRow({
      file: 'a.csv',
      line: 2,
      format: 'badge-scan',
      verdict: 'read',
      candidate: { ...jane, sign },
    });
    expect(row.contact).toMatchObject({ encounter });
  });

  it('names the event as the row does, and the recorded encounter where there is one', () => {
    const candidate = { ...jane, event: 'DevConf', sign: { kind: 'scan' as const } };
    const row = {
      file: 'a.csv',
      line: 2,
      format: 'badge-scan' as const,
      verdict: 'created' as const,
      candidate,
    };
    expect(printedRow(row).contact).toMatchObject({ encounter: { event: 'DevConf', kind: 'met' } });
    expect(printedRow({ ...row, encounter: { event: 'Other', kind: 'attended' } }).contact).toMatchObject({
      encounter: { event: 'Other', kind: 'attended' },
    });
    expect(printedRow({ ...row, encounter: null }).contact).not.toHaveProperty('encounter');
  });

  it('gives a rejected row its reason and no contact', () => {
    expect(
      printedRow({ file: 'a.csv', line: 3, format: 'table', verdict: 'rejected', reason: 'no address' }),
    ).toEqual({ file: 'a.csv', line: 3, format: 'table', verdict: 'rejected', reason: 'no address' });
  });
});
