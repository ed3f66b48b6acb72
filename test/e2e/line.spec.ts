import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { DraftView } from '../../src/composing/composing.schemas.js';
import { rows } from '../../src/database/rows.js';
import type { ImportView } from '../../src/imports/imports.schemas.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import type { OutcomeRow } from '../../src/outcomes/outcomes.schemas.js';
import { parseMail } from '../../src/mail/parse.js';
import type { ParsedMail } from '../../src/core/inbound.js';
import { startApp, type TestApp } from '../app.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const HOUR = 3_600_000;

const SCANS = `First Name,Last Name,Company,Email Address,Country,Scan Timestamp (UTC),Scanner,Notes
Aisha,Bello,Tideline,aisha@tideline.example.com,Germany,2026-11-18 09:41,Stand 14,rehearsal
Ben,Hart,Oakline,ben@oakline.example.com,Germany,2026-11-18 10:02,Stand 14,
Eli,Novak,Sava,eli@sava.example.com,Germany,2026-11-19 10:02,Stand 14,badge only
Aisha,Bello,Tideline,AISHA@tideline.example.com,Germany,2026-11-20 12:00,Stand 14,came back
,,Void,nobody(at)void.example.com,Germany,2026-11-20 12:10,Stand 14,
`;
const LIST = `Attendee #,First Name,Last Name,Email,Country,Ticket Type,Attendee Status
1,Cleo,Ito,cleo@kanda.example.com,Germany,Three days,Attending
2,Ben,Hart,ben@oakline.example.com,Germany,Three days,Attending
`;
const CONNECTIONS = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Dana,Roth,https://www.linkedin.com/in/dana-roth-demo,,Carmel,Engineer,19 Nov 2026
Olga,Past,https://www.linkedin.com/in/olga-past-demo,,Lena,Engineer,03 Mar 2019
`;

/** Files in, mails out, an answer in, rates shown: one story on a clock that the test moves. */
describe('the whole line', () => {
  let app: TestApp;
  let smtp: ScriptedSmtp;
  let folder: string;
  let imported: ImportView;
  const contacts = new Map<string, string>();

  beforeAll(async () => {
    app = await startApp({ now: '2026-11-22T17:00:00Z' });
    smtp = await startScriptedSmtp();
    await app.get(MailboxesService).add(app.ownerId, {
      address: 'ada@example.org',
      host: '127.0.0.1',
      port: smtp.settings.port,
      tls: 'none',
    });
    folder = await mkdtemp(join(tmpdir(), 'followthrough-line-'));
    await writeFile(join(folder, 'Connections.csv'), CONNECTIONS);
    await writeFile(join(folder, 'badge-scans.csv'), SCANS);
    await writeFile(join(folder, 'list.csv'), LIST);
    imported = await app
      .get(IntakeService)
      .importFiles(app.ownerId, [folder], { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' });
    const people = await rows<{ id: string; fullName: string }>(app.db, `SELECT id, full_name FROM contact`);
    for (const { id, fullName } of people) contacts.set(fullName, id);
  });
  afterAll(async () => {
    await app.close();
    await smtp.close();
    await rm(folder, { recursive: true, force: true });
  });

  const drafts = async (state: string): Promise<DraftView[]> => {
    const answer = await app.http.get(`/drafts?state=${state}`).expect(200);
    return (answer.body as { items: DraftView[] }).items;
  };
  /** An address is written as its owner's newest source spells it; case tells nothing. */
  const recipients = (): string[] => smtp.received.flatMap(({ to }) => to.map((one) => one.toLowerCase()));
  const sentTo = async (address: string): Promise<ParsedMail[]> => {
    const raw = smtp.received.filter((_, index) => recipients()[index] === address).map((one) => one.raw);
    const read = await Promise.all(raw.map((one) => parseMail(Buffer.from(one))));
    return read.flatMap((one) => (one.kind === 'mail' ? [one.mail] : []));
  };

  /** Every three hours, with the owner saying yes to each mail and doing each task as it comes. */
  async function pass(until: string): Promise<void> {
    for (let at = app.clock.now(); at < new Date(until); at = new Date(at.getTime() + 3 * HOUR)) {
      app.clock.set(at);
      await app.drain();
      for (const { id, channel, version } of await drafts('needs_review')) {
        const yes = channel === 'mail' ? `/drafts/${id}/approve` : `/tasks/${id}/done`;
        const answer = await app.http.post(yes).set('If-Match', `"${version}"`).send({});
        if (answer.status >= 300) throw new Error(`${yes}: ${JSON.stringify(answer.body)}`);
      }
      await app.drain();
    }
  }

  it('makes one contact of each person, and tells what it could not take', () => {
    expect([...contacts.keys()].sort()).toEqual([
      'Aisha Bello',
      'Ben Hart',
      'Cleo Ito',
      'Dana Roth',
      'Eli Novak',
      'Olga Past',
    ]);
    expect(imported).toMatchObject({ rows: 9, created: 6, merged: 2, rejected: 1 });
  });

  it('writes to nobody before the owner has said whom, and how many', async () => {
    await app.drain();
    expect(await rows(app.db, `SELECT 1 FROM enrollment`)).toEqual([]);
    const event = imported.event?.id ?? '';
    const write = (name: string, line?: string) => ({
      contactId: contacts.get(name),
      decision: 'write',
      line,
    });
    await app.http
      .post(`/events/${event}/debrief`)
      .send({
        decisions: [
          write('Aisha Bello', 'asked: how we rehearse a migration | interest: small databases'),
          write('Ben Hart', 'asked: who signs off a schema change | said: you keep bees on the office roof'),
          write('Cleo Ito', 'strength: your talk on why queries grow slow with age'),
          write('Dana Roth', 'thanks: lending me your charger on the last day'),
          write('Eli Novak'),
        ],
      })
      .expect((answer) => expect(answer.status).toBeLessThan(300));
    await app.drain();
    expect(await rows(app.db, `SELECT 1 FROM enrollment`)).toEqual([]);
    await app.http.post(`/events/${event}/debrief/confirm`).send({ expect: 4 }).expect(409);
    await app.http
      .post(`/events/${event}/debrief/confirm`)
      .send({ expect: 5 })
      .expect((answer) => expect(answer.status).toBeLessThan(300));
  });

  it('sends the first mails once the owner has said yes to each, and only to people', async () => {
    await pass('2026-11-25T18:00:00Z');
    expect(recipients().sort()).toEqual([
      'aisha@tideline.example.com',
      'ben@oakline.example.com',
      'cleo@kanda.example.com',
    ]);
    const [aisha] = await sentTo('aisha@tideline.example.com');
    expect(aisha).toMatchObject({ subject: 'After DevConf 2026', inReplyTo: null });
    expect(aisha?.text).toContain('Hi Aisha,');
    expect(aisha?.text).toContain('You asked how we rehearse a migration.');
    expect(aisha?.text).not.toContain('small databases');
  });

  it('calls nobody "met" who only stood on a list', async () => {
    const [cleo] = await sentTo('cleo@kanda.example.com');
    expect(cleo?.text).toContain('list of participants');
    expect(cleo?.text).not.toMatch(/\bmeet you\b|\bmet\b/);
  });

  it('withholds what has no particular, and asks for one line', async () => {
    const [withheld, ...more] = await drafts('withheld');
    expect(more).toEqual([]);
    expect(withheld).toMatchObject({ contactName: 'Eli Novak', whyCode: 'no-particular' });
    expect(withheld?.why).toContain('one line about Eli Novak');
  });

  it('does not write to who has answered, and threads the follow-up to who has not', async () => {
    const [first] = await sentTo('aisha@tideline.example.com');
    const answer = [
      'From: Aisha Bello <aisha@tideline.example.com>',
      'To: ada@example.org',
      'Subject: Re: After DevConf 2026',
      'Message-ID: <answer-1@tideline.example.com>',
      `In-Reply-To: ${first?.messageId ?? ''}`,
      `References: ${first?.messageId ?? ''}`,
      '',
      'Good of you to write. Could you tell me how you began?',
    ].join('\r\n');
    await app.http
      .post('/inbound')
      .set('Content-Type', 'message/rfc822')
      .send(answer)
      .expect((done) => expect(done.status).toBeLessThan(300));
    await pass('2026-12-14T18:00:00Z');

    expect(await sentTo('aisha@tideline.example.com')).toHaveLength(1);
    const [before, followUp, ...more] = await sentTo('ben@oakline.example.com');
    expect(more).toEqual([]);
    expect(followUp).toMatchObject({
      subject: 'Re: After DevConf 2026',
      inReplyTo: before?.messageId,
      references: [before?.messageId],
    });
    expect(followUp?.text).toContain('you keep bees on the office roof');
    expect(followUp?.text).not.toContain('You asked');
    // Nothing new to say: no second word.
    expect(await sentTo('cleo@kanda.example.com')).toHaveLength(1);
  });

  it('writes to no address twice in one step', async () => {
    const doubled = await rows(
      app.db,
      `SELECT to_canonical, step_id FROM message WHERE state = 'sent' AND channel = 'mail' GROUP BY 1, 2 HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows honest rates: what arrived, and which humans answered', async () => {
    const answer = await app.http.get('/outcomes?by=kind&minimum=3').expect(200);
    const items = (answer.body as { items: OutcomeRow[] }).items;
    expect(items.map(({ group, sent, arrived, answered }) => ({ group, sent, arrived, answered }))).toEqual([
      { group: 'first', sent: 3, arrived: 3, answered: 1 },
      { group: 'first (by hand)', sent: 1, arrived: 1, answered: 0 },
      { group: 'follow-up', sent: 1, arrived: 1, answered: 0 },
    ]);
    expect(items[0]?.rate?.value).toBeCloseTo(1 / 3);
    expect(items[2]?.rate).toBeNull();
    expect(items[2]?.note).toContain('not enough data');
  });

  it('changes nothing when the same files are imported again', async () => {
    const again = await app
      .get(IntakeService)
      .importFiles(app.ownerId, [folder], { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' });
    expect(again).toMatchObject({ created: 0, merged: 0, unchanged: 8, rejected: 1 });
    await pass('2026-12-15T18:00:00Z');
    expect(smtp.received).toHaveLength(4);
  });
});
