import { rows } from '../../src/database/rows.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import type { ContactView } from '../../src/contacts/contacts.schemas.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildOwner, buildSuppression } from '../factories.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
});
afterEach(() => app.close());

const add = async (body: object): Promise<ContactView> =>
  (await app.http.post('/contacts').send(body).expect(201)).body as ContactView;
const read = async (id: string): Promise<ContactView> =>
  (await app.http.get(`/contacts/${id}`).expect(200)).body as ContactView;
const patch = (contact: { id: string; version: number }, body: object) =>
  app.http.patch(`/contacts/${contact.id}`).set('If-Match', `"${contact.version}"`).send(body);
const scan = () =>
  app.get(IntakeService).importFiles(app.ownerId, ['test/fixtures/imports/badge-scans.csv'], {
    event: 'DevConf 2026',
    on: '2026-11-18..2026-11-20',
  });
async function find(q: string): Promise<ContactView> {
  const { body } = await app.http.get('/contacts').query({ q }).expect(200);
  const [only, ...more] = (body as { items: { id: string }[] }).items;
  expect(more).toEqual([]);
  return read(only!.id);
}

describe('people by hand', () => {
  it('a person is added, with zone and name told from what was said', async () => {
    const made = await add({
      fullName: 'Dr. Jane Doe',
      emails: ['Jane@Example.com'],
      city: 'Lisbon',
      circle: 'inner',
    });
    expect(made).toMatchObject({
      fullName: 'Dr. Jane Doe',
      givenName: 'Jane',
      familyName: 'Doe',
      zone: 'Europe/Lisbon',
      zoneSource: 'city',
      circle: 'inner',
      version: 1,
      identities: [{ kind: 'email', value: 'Jane@Example.com', shared: false, suppressed: [] }],
    });
    const answer = await app.http.get(`/contacts/${made.id}`).expect(200);
    expect(answer.headers['etag']).toBe('"1"');
  });

  it('nobody is made twice: a known address or profile is refused, naming the contact; another person at it is not', async () => {
    const jane = await add({
      fullName: 'Jane Doe',
      emails: ['jane@example.com'],
      linkedin: 'https://www.linkedin.com/in/jane-doe',
    });
    const again = await app.http
      .post('/contacts')
      .send({ fullName: 'J. Doe', emails: ['JANE@example.com'] })
      .expect(409);
    expect((again.body as { detail: string }).detail).toContain(jane.id);
    await app.http.post('/contacts').send({ fullName: 'Jane D', linkedin: 'jane-doe' }).expect(409);
    const tom = await add({ fullName: 'Tom Ruiz', emails: ['jane@example.com'] });
    expect(tom.identities).toMatchObject([{ shared: true }]);
    await patch(tom, { linkedin: 'jane-doe' }).expect(200);
    await patch(await add({ fullName: 'Janet Doe' }), { emails: ['jane@example.com'] }).expect(200);
    await patch(await add({ fullName: 'Jane Doe' }), { emails: ['jane@example.com'] }).expect(409);
  });

  it('what makes no sense is refused with its place', async () => {
    for (const [field, body] of [
      ['fullName', { company: 'Lumen' }],
      ['emails.0', { fullName: 'Jane', emails: ['jane@'] }],
      ['birthday', { fullName: 'Jane', birthday: '1990-02-30' }],
      ['zone', { fullName: 'Jane', zone: '+02:00' }],
      ['linkedin', { fullName: 'Jane', linkedin: 'https://example.com/in' }],
      ['', { fullName: 'Jane', shoeSize: 43 }],
    ] as const) {
      const { body: problem } = await app.http.post('/contacts').send(body).expect(400);
      expect((problem as { issues: { field: string }[] }).issues[0]).toMatchObject({ field });
    }
    const made = await add({ fullName: 'Jane\u0000 Doe\ud800' });
    expect(made.fullName).toBe('Jane Doe');
    await patch(made, {}).expect(400);
  });
});

describe("the owner's word", () => {
  it('outweighs the files, survives the next one, and what the files say stays visible', async () => {
    await scan();
    const teo = await find('teo@example.net');
    const edited = await patch(teo, { company: 'Harbour Light', title: null, givenName: 'Teodor' }).expect(
      200,
    );
    expect(edited.body).toMatchObject({
      fullName: 'Teodor Marin',
      givenName: 'Teodor',
      company: 'Harbour Light',
      title: null,
      version: teo.version + 1,
      conflicts: expect.arrayContaining([
        { field: 'company', values: [expect.objectContaining({ value: 'Harbour Light' }), expect.objectContaining({ value: 'Tideline' })] },
      ]) as unknown,
    }); // prettier-ignore
    app.clock.set(new Date('2026-12-05T09:00:00Z'));
    await app.get(IntakeService).importFiles(app.ownerId, ['test/fixtures/imports/attendees.csv']);
    expect(await read(teo.id)).toMatchObject({
      fullName: 'Teodor Marin',
      company: 'Harbour Light',
      title: null,
    });
    const records = await rows(app.db, `SELECT kind FROM source_record WHERE contact_id = $1 ORDER BY id`, [
      teo.id,
    ]);
    expect(records).toEqual([{ kind: 'import' }, { kind: 'owner' }, { kind: 'import' }]);
  });

  it('wants the version it starts from; one that came too late changes nothing', async () => {
    const jane = await add({ fullName: 'Jane Doe' });
    await app.http.patch(`/contacts/${jane.id}`).send({ company: 'Lumen' }).expect(428);
    await patch(jane, { company: 'Lumen' }).expect(200);
    await patch(jane, { company: 'Northwind' }).expect(412);
    expect(await read(jane.id)).toMatchObject({ company: 'Lumen', version: 2 });
    await patch(await read(jane.id), { company: 'Lumen' }).expect(200);
    expect(await read(jane.id)).toMatchObject({ version: 2 });
  });

  it('sets circle and boundaries, which no import moves', async () => {
    await scan();
    const mira = await find('okafor');
    const until = '2027-01-10T08:00:00.000Z';
    const edited = await patch(mira, {
      circle: 'active',
      doNotContact: true,
      pausedUntil: until,
      noCongratulations: true,
    }).expect(200);
    const wanted = {
      circle: 'active',
      doNotContactAt: '2026-11-23T09:00:00.000Z',
      pausedUntil: until,
      noCongratulations: true,
    };
    expect(edited.body).toMatchObject({ ...wanted, version: mira.version + 1 });
    await app.get(IntakeService).importFiles(app.ownerId, ['test/fixtures/imports/people.vcf']);
    const later = await read(mira.id);
    expect(later).toMatchObject({ ...wanted, birthday: '--03-15' });
    const free = await patch(later, { doNotContact: false, pausedUntil: null }).expect(200);
    expect(free.body).toMatchObject({ doNotContactAt: null, pausedUntil: null, noCongratulations: true });
  });

  it('a given name that nobody could tell is told by the owner', async () => {
    const made = await add({ emails: ['fang@example.com'] });
    expect(made).toMatchObject({ fullName: 'fang@example.com', givenName: null });
    const named = await patch(made, { fullName: 'Wang Fang' }).expect(200);
    expect(named.body).toMatchObject({ fullName: 'Wang Fang', givenName: null });
    const given = await patch(named.body as ContactView, { givenName: 'Fang' }).expect(200);
    expect(given.body).toMatchObject({ fullName: 'Wang Fang', givenName: 'Fang' });
  });
});

describe('looking people up', () => {
  it('by a part of name, company or address, page by page', async () => {
    await scan();
    await add({ fullName: 'Zoë Okafor', company: '100 % Cotton', emails: ['z@example.net'] });
    const names = async (query: object): Promise<string[]> => {
      const { body } = await app.http.get('/contacts').query(query).expect(200);
      return (body as { items: { fullName: string }[] }).items.map(({ fullName }) => fullName);
    };
    expect(await names({ q: 'OKAFOR' })).toEqual(['Mira Okafor', 'Zoë Okafor']);
    expect(await names({ q: 'example.net' })).toEqual(['Teo Marin', 'Zoë Okafor']);
    expect(await names({ q: '0 %' })).toEqual(['Zoë Okafor']);
    expect(await names({ q: 'nobody' })).toEqual([]);
    const first = await app.http.get('/contacts').query({ limit: 2 }).expect(200);
    const { items, next } = first.body as { items: unknown[]; next: string };
    expect(items).toHaveLength(2);
    expect(await names({ limit: 2, cursor: next })).toEqual(['Zoë Okafor']);
  });

  it('tells encounters, notes and identities, read through merges', async () => {
    await scan();
    const mira = await find('mira');
    expect(mira).toMatchObject({
      encounters: [{ event: 'DevConf 2026', startsOn: '2026-11-18', kind: 'met', sourceKind: 'scan' }],
      interactions: [
        {
          kind: 'note',
          at: expect.stringContaining('2026-11-18T09:41') as string,
          text: 'asked about rollbacks\nand about queues',
        },
      ],
      facts: [{ kind: 'noted', text: 'asked about rollbacks and about queues', quotable: false }],
      promises: [],
    });
    const double = await buildContact(app, {
      fullName: 'M. Okafor',
      email: 'm@example.org',
      mergedInto: mira.id,
    });
    expect(await read(double.id)).toMatchObject({
      id: mira.id,
      identities: [{ value: 'Mira.Okafor@example.com' }, { value: 'm@example.org' }],
    });
    expect((await find('m@example.org')).id).toBe(mira.id);
  });

  it("another owner's people are not there", async () => {
    const other = await buildOwner(app);
    const theirs = await buildContact({ ...app, ownerId: other.id });
    const http = (path: string) => app.http.get(path).set('Followthrough-Owner', app.ownerId);
    await http(`/contacts/${theirs.id}`).expect(404);
    await app.http
      .patch(`/contacts/${theirs.id}`)
      .set('Followthrough-Owner', app.ownerId)
      .set('If-Match', '"1"')
      .send({ circle: 'inner' })
      .expect(404);
    expect((await http('/contacts').expect(200)).body).toEqual({ items: [], next: null });
  });
});

describe('suppressions', () => {
  it('are listed, added and lifted, and shown at the address', async () => {
    const jane = await add({ fullName: 'Jane Doe', emails: ['jane@example.com'] });
    const old = await buildSuppression(app, { address: 'old@example.com' });
    const added = await app.http
      .post('/suppressions')
      .send({ address: 'JANE@example.com', scope: 'automatic' })
      .expect(201);
    const { id } = added.body as { id: string };
    expect(
      (
        await app.http
          .post('/suppressions')
          .send({ address: 'jane@example.com', scope: 'automatic' })
          .expect(201)
      ).body,
    ).toMatchObject({ id });
    expect((await read(jane.id)).identities).toMatchObject([{ suppressed: ['automatic'] }]);
    const ids = async (query = ''): Promise<string[]> =>
      (
        (await app.http.get(`/suppressions${query}`).expect(200)).body as { items: { id: string }[] }
      ).items.map((one) => one.id);
    expect(await ids()).toEqual([id, old.id]);
    await app.http.post(`/suppressions/${id}/lift`).expect(200);
    expect(await ids()).toEqual([old.id]);
    expect(await ids('?lifted=true')).toEqual([id, old.id]);
    expect((await read(jane.id)).identities).toMatchObject([{ suppressed: [] }]);
    app.clock.set(new Date(app.clock.now().getTime() + 60_000));
    const since = await buildSuppression(app, {
      address: 'jane@example.com',
      scope: 'automatic',
      sourceKind: 'way-out',
    });
    await app.http.post(`/suppressions/${id}/lift`).expect(200);
    expect(await ids()).toEqual([since.id, old.id]);
    await app.http.post('/suppressions/018f0000-0000-7000-8000-000000000000/lift').expect(404);
  });
});
