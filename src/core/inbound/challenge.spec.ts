import { isChallenge } from './challenge.js';
import type { ParsedMail } from './mail.js';

const mail = (text: string, head: Record<string, string> = {}): ParsedMail => ({
  headers: Object.entries(head).map(([key, value]) => ({ key, value })),
  from: { address: 'ada@example.com', name: 'Ada' },
  to: ['me@example.org'],
  subject: 'Coffee',
  text,
  date: null,
  messageId: null,
  inReplyTo: null,
  references: [],
  parts: [],
});

describe('a machine that wants proof of a person', () => {
  it.each([
    'Your message is being held in quarantine until you verify that you are not a robot: https://c.example.com/1',
    'Ihre E-Mail wurde zurückgehalten. Bitte bestätigen Sie, dass Sie kein Spammer sind: https://c.example.com/1',
    'Pour que votre e-mail lui soit remis, merci de vous authentifier en cliquant ici : https://c.example.com/1',
    'Para que su mensaje a ada@example.com sea entregado, haga clic en el enlace: https://c.example.com/1',
    'Para que sua mensagem seja encaminhada, confirme o envio clicando aqui: https://c.example.com/1',
    'Klik op de link om te bevestigen dat u geen spammer bent: https://c.example.com/1',
  ])('is known in its language, case %#', (text) => {
    expect(isChallenge(mail(text))).not.toBeNull();
  });

  it.each([
    mail('Bitte bestätigen Sie Ihre Anmeldung zum Treffen: https://c.example.com/1'),
    mail(
      'My spam filter held your message until today, sorry! Please click below to pick a slot: https://c.example.com',
    ),
    mail('Can you confirm your address? I want to add you to the guest list of the party.'),
  ])('is no person who asks for something else, case %#', (each) => {
    expect(isChallenge(each)).toBeNull();
  });
});
