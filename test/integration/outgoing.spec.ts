import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { sealSecret } from '../../src/mail/secrets.js';
import { sealedFor } from '../../src/mail/sealed-columns.js';
import { newId } from '../../src/database/ids.js';
import { rows } from '../../src/database/rows.js';
import { parseMail } from '../../src/mail/parse.js';
import { wayOut } from '../../src/core/way-out.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildContact, buildMailbox, buildStep, buildTemplate } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

describe('what a mail carries', () => {
  let app: TestApp;
  let server: ScriptedSmtp;

  beforeEach(async () => {
    server = await startScriptedSmtp({ tls: 'none' });
  });
  afterEach(async () => {
    await server.close();
    await app.close();
  });

  const start = async (publicUrl?: string) => {
    app = await startApp({
      now: '2026-11-23T09:00:00Z',
      overrides: publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl },
    });
  };
  const sentMail = async (
    approvedBy: 'owner' | 'sequence',
    mailbox: object = {},
    text = `Guten Tag,\n\n${wayOut('de', 'mail')}`,
    over: Partial<Message> = {},
  ) => {
    const { id: mailboxId } = await buildMailbox(app, {
      port: server.settings.port,
      address: 'ada@example.org',
      ...mailbox,
    });
    const { id: contactId } = await buildContact(app, { email: 'grace@example.com' });
    const { id } = await buildApproved(app, {
      mailboxId,
      contactId,
      approvedBy,
      subject: 'Ihr Vortrag',
      text,
      ...over,
    });
    if (over.stepId) await app.db.query('UPDATE message_body SET edited = true WHERE message_id = $1', [id]);
    await app.run('deliver');
    const [received] = server.received;
    const raw = received?.raw ?? '';
    const parsed = await parseMail(Buffer.from(raw, 'latin1'));
    if (parsed.kind === 'refused') throw new Error(parsed.reason);
    return {
      raw,
      head: raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' '),
      mail: parsed.mail,
    };
  };
  const link = (text: string) => /https?:\/\/\S+\/out\/[\w-]+/.exec(text)?.[0] ?? '';

  it('leads to the page in the language of the mail, and the link works', async () => {
    await start('https://out.example.org');
    const { mail, raw, head } = await sentMail('owner');
    expect(mail.text).toContain(
      'Oder wählen Sie hier, was Sie bekommen möchten: https://out.example.org/out/',
    );
    expect(raw).toMatch(/Content-Type: text\/html/);
    // A letter the owner read has no header of bulk mail.
    expect(head).not.toMatch(/^List-/m);
    await request(app.nest.getHttpServer())
      .get(new URL(link(mail.text)).pathname)
      .expect(200);
  });

  it('offers one click where nobody read the mail before it left, and the click stops what is automatic', async () => {
    await start('https://out.example.org');
    const { head } = await sentMail('sequence');
    expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    const header = /^List-Unsubscribe: <(https:[^>]+)>, <mailto:ada@example.org\?subject=unsubscribe>$/m.exec(
      head,
    );
    await request(app.nest.getHttpServer())
      .post(new URL(header?.[1] ?? '').pathname)
      .type('form')
      .send('List-Unsubscribe=One-Click')
      .expect(200);
    expect(await rows(app.db, `SELECT address, scope FROM suppression`)).toEqual([
      { address: 'grace@example.com', scope: 'automatic' },
    ]);
  });

  it('names an address to unsubscribe at where no page can be reached', async () => {
    await start();
    const { head, mail } = await sentMail('sequence');
    expect(head).toMatch(/^List-Unsubscribe: <mailto:ada@example.org\?subject=unsubscribe>$/m);
    expect(head).not.toMatch(/List-Unsubscribe-Post/);
    expect(link(mail.text)).toBe('');
  });

  it('leads below the path at which a proxy shows us', async () => {
    await start('https://bücher.example.org/ft/');
    const { mail, head } = await sentMail('sequence');
    expect(head).toMatch(/^List-Unsubscribe: <https:\/\/xn--bcher-kva\.example\.org\/ft\/out\/[\w-]{43}>, /m);
    expect(mail.text).toMatch(/https:\/\/xn--bcher-kva\.example\.org\/ft\/out\/[\w-]{43}/);
  });

  it('names an address with signs of a link in it so that the link stays whole', async () => {
    await start();
    const { head } = await sentMail('sequence', { address: 'a?b&c=d%e@example.org' });
    expect(head).toMatch(/^List-Unsubscribe: <mailto:a%3Fb%26c%3Dd%25e@example.org\?subject=unsubscribe>$/m);
  });

  it('leads to the page in the language of the template where the owner wrote an end of their own', async () => {
    await start('https://out.example.org');
    const template = await buildTemplate(app, { language: 'fr' });
    const { id: stepId } = await buildStep(app, { templateId: template.id });
    const { mail } = await sentMail('owner', {}, 'Bonjour,\n\ndites-le-moi si je dérange.', { stepId });
    expect(mail.text).toContain('Ou choisissez ici ce que vous souhaitez recevoir :');
  });

  it("is signed where the owner has a key for the mailbox's domain", async () => {
    await start();
    const id = newId();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { head } = await sentMail('sequence', {
      id,
      dkimDomain: 'example.org',
      dkimSelector: 'ft',
      dkimKeySealed: sealSecret(privateKey, Buffer.alloc(32, 7), sealedFor('dkim_key_sealed', id)),
    });
    expect(head).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; .*d=example.org; .*s=ft;.*List-Unsubscribe/im);
  });

  it('has no picture, no script, and nothing that calls home', async () => {
    await start('https://out.example.org');
    const { raw } = await sentMail('owner', {}, 'Hello <b>Grace</b> <img src="https://example.org/x.png">');
    expect(raw.slice(raw.indexOf('text/html'))).not.toMatch(/<img|<script|<link|<style|url\(/i);
  });
});
