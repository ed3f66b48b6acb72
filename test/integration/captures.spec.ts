import { createHash } from 'node:crypto';
import type request from 'supertest';
import type { Capture, CaptureChunk, Import, ImportFile } from '../../src/database/entities/import.entity.js';
import { mappingsOf } from '../../src/database/mappings.js';
import { rows } from '../../src/database/rows.js';
import type { MappingView } from '../../src/imports/mappings.schemas.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildOwner, insert } from '../factories.js';

let app: TestApp;
let capture: Capture;
const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251));

beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
  app.http.set('Followthrough-Owner', app.ownerId);
  const { id: importId } = await insert<Import>(app, 'import', { state: 'done' });
  const { id: fileId } = await insert<ImportFile>(app, 'import_file', {
    importId,
    name: 'note.m4a',
    state: 'captured',
  });
  capture = await insert<Capture>(app, 'capture', {
    importId,
    fileId,
    name: 'bag/Grüße "an" Mira.m4a',
    mediaType: 'audio/mp4',
    bytes: SOUND.length,
    sha256: createHash('sha256').update(SOUND).digest('hex'),
  });
  for (const [seq, bytes] of [SOUND.subarray(0, 600), SOUND.subarray(600)].entries()) {
    await insert<CaptureChunk>(app, 'capture_chunk', { captureId: capture.id, seq, bytes });
  }
});
afterEach(() => app.close());

describe('captures', () => {
  it('are listed, and saved byte by byte, never shown as a page', async () => {
    const { body } = await app.http.get('/captures?state=open').expect(200);
    expect(body).toMatchObject({
      items: [{ id: capture.id, mediaType: 'audio/mp4', bytes: 1_000, state: 'open' }],
    });
    const answer = await app.http
      .get(`/captures/${capture.id}/content`)
      .buffer(true)
      .parse(asBytes)
      .expect(200);
    expect((answer.body as Buffer).equals(SOUND)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/mp4',
      'content-length': '1000',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="Gr__e _an_ Mira.m4a"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%22an%22%20Mira.m4a`,
    });
  });

  it('are done with a note, which is kept with the person it is about', async () => {
    const mira = await buildContact(app, { fullName: 'Mira Sokolova' });
    const wrong = { contactId: mira.id };
    await app.http.post(`/captures/${capture.id}/done`).send(wrong).expect(400);
    const said = { note: 'wants the slides', contactId: mira.id };
    const { body } = await app.http.post(`/captures/${capture.id}/done`).send(said).expect(200);
    expect(body).toMatchObject({ state: 'done', note: 'wants the slides' });
    expect(
      await rows(app.db, `SELECT contact_id, kind, text, source_kind, import_id FROM interaction`),
    ).toEqual([
      { contactId: mira.id, kind: 'note', text: 'wants the slides', sourceKind: 'owner', importId: null },
    ]);
    expect((await app.http.get('/captures?state=open').expect(200)).body).toEqual({ items: [], next: null });
  });

  it('are nothing to another owner, nor is a note about a stranger taken', async () => {
    const other = await buildOwner(app);
    const theirs = await buildContact({ ...app, ownerId: other.id });
    const as = { 'Followthrough-Owner': other.id };
    await app.http.get(`/captures/${capture.id}`).set(as).expect(404);
    await app.http.get(`/captures/${capture.id}/content`).set(as).expect(404);
    await app.http.post(`/captures/${capture.id}/done`).set(as).send({}).expect(404);
    await app.http.post(`/captures/${capture.id}/done`).send({ note: 'x', contactId: theirs.id }).expect(404);
    expect((await app.http.get(`/captures/${capture.id}`).expect(200)).body).toMatchObject({ state: 'open' });
  });
});

describe('mappings', () => {
  it('are put, replaced by the same header in another order, and dropped', async () => {
    const put = async (body: object): Promise<MappingView> =>
      (await app.http.put('/mappings').send(body).expect(200)).body as MappingView;
    const first = await put({ columns: { Vorname: 'given', Firma: 'company' }, dates: 'day-first' });
    const second = await put({ columns: { Firma: null, Vorname: 'given' } });
    expect(second).toMatchObject({ id: first.id, header: first.header, dates: null });
    expect(await mappingsOf(app.db, app.ownerId)).toEqual([
      { header: first.header, columns: { firma: null, vorname: 'given' }, monthFirst: null },
    ]);
    const other = await buildOwner(app);
    await app.http.delete(`/mappings/${first.id}`).set('Followthrough-Owner', other.id).expect(404);
    await app.http.delete(`/mappings/${first.id}`).expect(204);
    expect((await app.http.get('/mappings').expect(200)).body).toEqual({ items: [] });
  });
});

function asBytes(answer: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  // What a parser is given is the stream, whatever its type says.
  const stream = answer as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
