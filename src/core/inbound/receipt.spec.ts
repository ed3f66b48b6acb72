import type { ParsedMail } from './mail.js';
import { isReadReceipt } from './receipt.js';

const mail = (text: string): ParsedMail => ({
  headers: [],
  from: { address: 'ada@example.com', name: 'Ada' },
  to: ['me@example.org'],
  subject: 'Read: Coffee',
  text,
  date: null,
  messageId: null,
  inReplyTo: '<ours@example.org>',
  references: [],
  parts: [],
});

describe('a receipt that has no part of its own', () => {
  it.each([
    'Your message\n\n   To: Ada\n   Subject: Coffee\n   Sent: Friday, 9:00\n\n was read on Friday, 9:05.',
    'Your message\n\n   To: Ada\n   Subject: Coffee\n\nwas deleted without being read on Saturday.',
    'Ihre Nachricht\n\n  An: Ada\n  Betreff: Kaffee\n  Gesendet: Freitag\n\nwurde am Freitag, 20. November 2026 gelesen.',
    'Votre message\n\n  À : Ada\n  Objet : Café\n  Envoyé : vendredi\n\na été lu le vendredi.',
    'El mensaje\n\n  Para: Ada\n  Asunto: Café\n\nfue leído el viernes.',
    'This is a Return Receipt for the mail that you sent to ada@example.com.',
  ])('answers nothing, case %#', (text) => {
    expect(isReadReceipt(mail(text))).toBe(true);
  });

  it.each([
    'Your message was read on the train with a smile. To be frank, the subject: yes, let us meet!',
    'Your message made my day. Thursday?',
    'Ihre Nachricht habe ich gern gelesen.',
  ])('is not what a person writes, case %#', (text) => {
    expect(isReadReceipt(mail(text))).toBe(false);
  });
});
