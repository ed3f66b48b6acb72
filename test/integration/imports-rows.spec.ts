import { ForgetService } from '../../src/contacts/forget.service.js';
import type { RowEnd } from '../../src/core/import/printed.js';
import { decisionRows, type DecisionSubject } from '../../src/database/decision-rows.js';
import { row, rows } from '../../src/database/rows.js';
import { refold } from '../../src/database/source-records.js';
import { ImportRunner } from '../../src/imports/import-runner.js';
import type { ImportView, UploadFields } from '../../src/imports/imports.schemas.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildEvent } from '../factories.js';

const DEVCONF: UploadFields = { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' };

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
});
afterEach(() => app.close());

/** One file through the whole of it, with what became of each row. */
async function take(
  text: string,
  fields: UploadFields = {},
  name = 'people.csv',
): Promise<{ view: ImportView; ends: RowEnd[] }> {
  const intake = app.get(IntakeService);
  const importId = await intake.open(app.ownerId);
  const bytes = async function* () {
    yield await Promise.resolve(Buffer.from(text));
  };
  await intake.receive(app.ownerId, importId, name, bytes());
  await intake.submit(app.ownerId, importId, fields);
  const ends: RowEnd[] = [];
  await app.get(ImportRunner).run(importId, { onRow: (end) => ends.push(end) });
  return { view: await app.get(ImportsService).get(app.ownerId, importId), ends };
}

const count = async (sql: string): Promise<number> =>
  (await row<{ n: number }>(app.db, `SELECT count(*)::int AS n FROM ${sql}`))?.n ?? 0;
const persons = (): Promise<number> => count('contact WHERE merged_into IS NULL');
const shared = async (): Promise<string[]> =>
  (
    await rows<{ canonical: string }>(
      app.db,
      `SELECT DISTINCT canonical FROM identity WHERE shared ORDER BY 1`,
    )
  ).map(({ canonical }) => canonical);

describe('what becomes of a row', () => {
  it('each is told with its line, verdict and reason, and the encounter as it was recorded', async () => {
    const text = `First Name,Last Name,Email,LinkedIn,Scan Time,Scanner
Ada,Byron,ada@example.com,ada-byron,2026-11-18 10:00,Booth 4
Ada,Byron,ada@example.com,ada-byron,2026-11-18 10:00,Booth 4
A.,Byron,,ada-byron,2026-11-19,Booth 4
Tom,Ruiz,ada@example.com,,2026-11-18,Booth 4
,,bad@,,,
,,,,,
`;
    const { view, ends } = await take(text, DEVCONF);
    expect(ends.map(({ line, verdict, reason }) => [line, verdict, reason])).toEqual([
      [2, 'created', undefined],
      [3, 'unchanged', 'the same row was imported before'],
      [4, 'merged', 'known by the LinkedIn profile'],
      [5, 'proposed', 'the address ada@example.com is known of Ada Byron, but the names clearly differ'],
      [6, 'rejected', expect.stringContaining('no e-mail address')],
      [7, 'ignored', 'a blank row'],
    ]);
    expect(ends[0]).toMatchObject({
      file: 'people.csv',
      format: 'badge-scan',
      candidate: { name: { full: 'Ada Byron' } },
      encounter: { event: 'DevConf 2026', kind: 'met', at: '2026-11-18T11:00:00.000Z' },
    });
    expect(ends[1]).toMatchObject({ encounter: null });
    expect(view).toMatchObject({ created: 2, merged: 1, unchanged: 1, proposed: 1, rejected: 1, ignored: 1 });
  });

  it("a row's own event is heeded where the owner has one of that name, and none is made of it", async () => {
    const other = await buildEvent(app, {
      name: 'OpsDays Oslo',
      startsOn: '2026-10-01',
      endsOn: '2026-10-02',
    });
    const text = `Name,Email,Event Name,Scan Timestamp (UTC),Scanner
Ada Byron,ada@example.com,opsdays oslo,2026-10-01 10:00,B
Tom Ruiz,tom@example.com,Nobody's Meetup,2026-11-18 10:00,B
`;
    await take(text, DEVCONF);
    const met = await rows(
      app.db,
      `SELECT c.full_name, e.name, x.at, c.origin FROM encounter x JOIN event e ON e.id = x.event_id
         JOIN contact c ON c.id = x.contact_id ORDER BY c.full_name`,
    );
    expect(met).toEqual([
      { fullName: 'Ada Byron', name: other.name, at: new Date('2026-10-01T10:00:00Z'), origin: 'opsdays oslo' },
      { fullName: 'Tom Ruiz', name: 'DevConf 2026', at: new Date('2026-11-18T10:00:00Z'), origin: "Nobody's Meetup" },
    ]); // prettier-ignore
    expect(await count('event')).toBe(2);
  });

  it('notes are read and never quoted; where they met is a fact of its own', async () => {
    const text = `Name,Email,Notes,Where we met,Scan Time,Scanner
Ada Byron,ada@example.com,${'asked about rollbacks '.repeat(30)},the coffee queue,2026-11-19,B
`;
    await take(text, DEVCONF);
    const facts = await rows<{ kind: string; text: string }>(
      app.db,
      `SELECT f.kind, f.text, f.quotable, f.source_kind, f.event_id IS NOT NULL AS here, f.import_id IS NOT NULL AS ours,
              EXISTS (SELECT 1 FROM source_record r WHERE r.id = f.source_id) AS said FROM fact f ORDER BY f.kind`,
    );
    const known = { quotable: false, sourceKind: 'import', here: true, ours: true, said: true };
    expect(facts).toEqual([
      { kind: 'noted', text: expect.stringMatching(/^asked about .*…$/) as string, ...known },
      { kind: 'shared', text: 'the coffee queue', ...known },
    ]);
    expect(Array.from(facts[0]?.text ?? '')).toHaveLength(300);
    const notes = await rows(app.db, `SELECT kind, text, at FROM interaction ORDER BY text DESC`);
    const at = new Date('2026-11-19T11:00:00Z');
    expect(notes).toEqual([
      { kind: 'note', text: expect.stringContaining('asked about rollbacks') as string, at },
      { kind: 'note', text: 'Where we met: the coffee queue', at },
    ]);
    const { id } = (await row<{ id: string }>(app.db, `SELECT id FROM contact`))!;
    await app.http.get(`/contacts/${id}/facts`).expect(200);
  });

  it('is known again even where the register has lost the address', async () => {
    const table = 'Name,Email\nAda Byron,ada@example.com\nTom Ruiz,tom@example.com\n';
    await take(table);
    await app.db.query(`DELETE FROM identity WHERE canonical = 'ada@example.com'`);
    const { view } = await take(table);
    expect(view).toMatchObject({ created: 0, merged: 0, unchanged: 2 });
  });

  it('what means something to the database is text like any other', async () => {
    const odd = 'C:\\new\\table\\N \\. {"a": "b"}\ttab\nline';
    const quoted = `"${odd.replaceAll('"', '""')}"`;
    await take(`Name,Email,Company,Notes\nAda Byron,ada@example.com,\\N,${quoted}\n`);
    expect(await rows(app.db, `SELECT company FROM contact`)).toEqual([{ company: '\\N' }]);
    expect(await rows(app.db, `SELECT text FROM interaction`)).toEqual([{ text: odd }]);
    const said = await rows(
      app.db,
      `SELECT candidate->>'notes' AS notes, candidate->>'company' AS company FROM source_record`,
    );
    expect(said).toEqual([{ notes: odd, company: '\\N' }]);
  });

  it('the last message of a conversation elsewhere is a real contact', async () => {
    const text = `CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
1,,Mira Okafor,https://www.linkedin.com/in/mira-okafor,Ada Lindqvist,https://www.linkedin.com/in/ada-lindqvist,2026-11-22 18:00:00 UTC,,See you soon?,INBOX
2,,Jonas Weber,https://www.linkedin.com/in/jonas-weber,Ada Lindqvist,https://www.linkedin.com/in/ada-lindqvist,2026-11-20 18:00:00 UTC,,Thanks,INBOX
`;
    await take(text, DEVCONF, 'messages.csv');
    const said = await rows(
      app.db,
      `SELECT kind, said_by, at, text FROM interaction ORDER BY at DESC LIMIT 1`,
    );
    expect(said).toEqual([
      { kind: 'message', saidBy: 'them', at: new Date('2026-11-22T18:00:00Z'), text: 'See you soon?' },
    ]);
    expect(await count('encounter')).toBe(0);
    const { id } = (await row<{ id: string }>(
      app.db,
      `SELECT id FROM contact WHERE full_name = 'Mira Okafor'`,
    ))!;
    const subject: DecisionSubject = {
      key: 'k',
      contactId: id,
      messageId: null,
      enrollmentId: null,
      mailboxId: null,
      toCanonical: null,
      purpose: 'first',
      channel: 'mail',
      dueAt: app.clock.now(),
      validUntil: null,
      occursOn: null,
      approvedBy: null,
    };
    const decided = await decisionRows(app.db, app.ownerId, [subject], app.clock.now());
    expect(decided.get('k')?.touches).toEqual([new Date('2026-11-22T18:00:00Z')]);
  });
});

describe('a phone number', () => {
  const table = (...lines: string[]): string => ['Name,Email,Phone', ...lines, ''].join('\n');

  it('merges where both names are told and fit, never without a name', async () => {
    await take(table('Ada Byron,ada@example.com,+49 30 1234567'));
    const { ends } = await take(table('"Byron, Ada",,+49301234567', ',nameless@example.org,+49301234567'));
    expect(ends.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['merged', 'known by the phone number'],
      ['proposed', 'the number +49301234567 is known of Ada Byron; a phone alone proves nothing'],
    ]);
    expect(await persons()).toBe(2);
  });

  it('under another family name is asked about', async () => {
    await take(table('Ada Byron,ada@example.com,+49301234567'));
    const { view } = await take(table('Ada Holm,ah@example.org,+49301234567'));
    expect(view).toMatchObject({ created: 1, merged: 0, proposed: 1 });
  });

  it('of a switchboard merges nobody, and asks about nobody', async () => {
    await take(table('Ada Byron,ada@example.com,+49301234567', 'Tom Ruiz,tom@example.com,+49301234567'));
    expect(await shared()).toEqual(['+49301234567']);
    const { view } = await take(table('Ada Byron,other@example.org,+49301234567'));
    expect(view).toMatchObject({ created: 1, merged: 0, proposed: 0 });
  });

  it('without a country is the event’s, by its zone', async () => {
    await take(table('Ada Byron,ada@example.com,+49 30 1234567'));
    const { view } = await take(table('Ada Byron,,030 1234567'), DEVCONF);
    expect(view).toMatchObject({ merged: 1 });
  });
});

describe('an address that proves nothing', () => {
  it('is proposed with what speaks for it, asked once, and no more after a no', async () => {
    const desk = 'Name,Email\nSam Quinn,info@example.org\nRosa Lind,info@example.org\n';
    const { view } = await take(desk);
    expect(view).toMatchObject({ created: 2, proposed: 1 });
    const [asked] = await rows<{ evidence: unknown; why: string }>(
      app.db,
      `SELECT why, evidence, state FROM proposal`,
    );
    expect(asked).toMatchObject({ why: 'identity', state: 'open' });
    expect(JSON.stringify(asked?.evidence)).toContain('"info@example.org"');
    expect(JSON.stringify(asked?.evidence)).toMatch(/Sam Quinn.*Rosa Lind|Rosa Lind.*Sam Quinn/);
    await app.db.query(`UPDATE proposal SET state = 'no'`);
    await take('Name,Email,Company\nSam Quinn,info@example.org,Lumen\nRosa Lind,info@example.org,Lumen\n');
    expect([await persons(), await count('proposal')]).toEqual([2, 1]);
  });

  it('what the owner has said are two, no row makes one', async () => {
    await take('Name,Email,LinkedIn\nAda Byron,ada@example.com,\nAda Byron,,ada-byron\n');
    await app.db.query(
      `INSERT INTO proposal (id, owner_id, created_at, a_id, b_id, why, score, evidence, state)
       SELECT gen_random_uuid(), $1, now(), min(id::text)::uuid, max(id::text)::uuid, 'match', 0.9, '[]', 'no' FROM contact`,
      [app.ownerId],
    );
    const { view } = await take('Name,Email,LinkedIn\nA. Byron,ada@example.com,ada-byron\n');
    expect(view).toMatchObject({ merged: 1 });
    expect(await persons()).toBe(2);
  });

  it('is nobody else’s any more when the other one loses it', async () => {
    await take('Name,Email\nAda Byron,both@example.com\nTom Ruiz,both@example.com\n');
    expect(await shared()).toEqual(['both@example.com']);
    await app.db.query(
      `DELETE FROM source_record r USING contact c WHERE c.id = r.contact_id AND c.full_name = 'Tom Ruiz'`,
    );
    const tom = (await row<{ id: string }>(app.db, `SELECT id FROM contact WHERE full_name = 'Tom Ruiz'`))!;
    await app.db.query(
      `INSERT INTO source_record (id, owner_id, created_at, contact_id, kind, candidate, fingerprint, verdict)
       VALUES (gen_random_uuid(), $1, now(), $2, 'owner', '{"name": {"full": "Tom Ruiz"}, "emails": ["tom@example.com"]}', 'x', 'edited')`,
      [app.ownerId, tom.id],
    );
    await app.db.transaction((tx) => refold(tx, app.ownerId, [tom.id], app.clock.now()));
    expect(await shared()).toEqual([]);
  });

  it('two contacts at one address are not both written to first on the same day', async () => {
    await take('Name,Email,Scan Time,Scanner\nSam Quinn,info@example.org,2026-11-19,B\nRosa Lind,info@example.org,2026-11-19,B\n', DEVCONF); // prettier-ignore
    await writeToAll();
    const planned = await rows<{ state: string; channel: string; toCanonical: string | null }>(
      app.db,
      `SELECT state, channel, to_canonical FROM message WHERE kind = 'first'`,
    );
    const mails = planned.filter(({ channel, state }) => channel === 'mail' && state !== 'cancelled');
    expect(planned).toHaveLength(2);
    expect(mails.length).toBeLessThan(2);
  });
});

/** The debrief: write to everybody at the event, confirmed; the planner's turn. */
async function writeToAll(): Promise<void> {
  await app.db.query(
    `INSERT INTO debrief (id, owner_id, created_at, contact_id, event_id, decision, state)
     SELECT gen_random_uuid(), x.owner_id, $1, x.contact_id, x.event_id, 'write', 'confirmed' FROM encounter x`,
    [app.clock.now()],
  );
  for (let round = 0; round < 3; round += 1) await app.run('plan');
}

describe('what a file says of consent, priority and how to address', () => {
  it('a clear no wins over a yes, and no mail is sent', async () => {
    await take('Name,Email,Consent,Scan Time,Scanner\nAda Byron,ada@example.com,No,2026-11-19,B\nTom Ruiz,tom@example.com,Yes,2026-11-19,B\n', DEVCONF); // prettier-ignore
    app.clock.set(new Date('2026-11-23T09:30:00Z'));
    await take('Name,Email,Consent\nAda Byron,ada@example.com,Yes\n');
    const said = await rows(app.db, `SELECT full_name, consent FROM contact ORDER BY 1`);
    expect(said).toEqual([
      { fullName: 'Ada Byron', consent: false },
      { fullName: 'Tom Ruiz', consent: true },
    ]);
    await writeToAll();
    const mails = await rows(
      app.db,
      `SELECT c.full_name FROM message m JOIN contact c ON c.id = m.contact_id
        WHERE m.channel = 'mail' AND m.state <> 'cancelled'`,
    );
    expect(mails).toEqual([{ fullName: 'Tom Ruiz' }]);
  });

  it('is kept with the contact', async () => {
    await take(
      'Name,Email,Lead Rating,Lead Source,Scan Time\nAda Byron,ada@example.com,Hot,Referral,2026-11-19\n',
      DEVCONF,
    );
    expect(await rows(app.db, `SELECT priority, origin FROM contact`)).toEqual([
      { priority: 'hot', origin: 'Referral' },
    ]);
  });
});

describe('another company', () => {
  const scan = (company: string, at: string, title = 'Engineer'): string =>
    `Name,Email,Company,Job Title,Scan Time,Scanner\nAda Byron,ada@example.com,${company},${title},${at},B\n`;
  const changes = () =>
    rows(
      app.db,
      `SELECT company_before, company, title_before, title, seen_on::text, state FROM position_change ORDER BY id`,
    );

  it('is a candidate with dated evidence of at most 60 days, else a question; once for each row', async () => {
    await take(scan('Lumen GmbH', '2026-03-01'));
    await take(scan('LUMEN', '2026-11-18'));
    expect(await changes()).toEqual([]);
    await take(scan('Northwind', '2026-11-19', 'CTO'));
    await take(scan('Northwind', '2026-11-19', 'CTO'));
    app.clock.set(new Date('2026-11-24T09:00:00Z'));
    await take('Name,Email,Company\nAda Byron,ada@example.com,Tideline\n');
    await take(scan('Old Employer', '2024-01-01'));
    expect(await changes()).toEqual([
      { companyBefore: 'LUMEN', company: 'Northwind', titleBefore: 'Engineer', title: 'CTO', seenOn: '2026-11-19', state: 'candidate' },
      { companyBefore: 'Northwind', company: 'Tideline', titleBefore: 'CTO', title: null, seenOn: null, state: 'question' },
    ]); // prettier-ignore
  });

  it('also between two rows of one file', async () => {
    await take(`Name,Email,Company\nAda Byron,ada@example.com,Lumen\nAda Byron,ada@example.com,Tideline\n`);
    expect(await changes()).toMatchObject([
      { companyBefore: 'Lumen', company: 'Tideline', state: 'question' },
    ]);
  });
});

describe('who was erased', () => {
  it('is not made again', async () => {
    await take('Name,Email\nAda Byron,ada@example.com\n');
    const { id } = (await row<{ id: string }>(app.db, `SELECT id FROM contact`))!;
    await app.get(ForgetService).forget(app.ownerId, id, null);
    const { ends, view } = await take(
      'Name,Email,Company\nAda Byron,ADA@example.com,Lumen\nTom Ruiz,tom@example.com,\n',
    );
    expect(ends.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['ignored', 'was erased at your wish'],
      ['created', undefined],
    ]);
    expect(ends[0]?.candidate).toBeUndefined();
    expect(view).toMatchObject({ created: 1, ignored: 1 });
  });
});
