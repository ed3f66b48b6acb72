import { saysAddressDead } from './dead-address.js';

describe('a farewell that says the address is dead', () => {
  it.each([
    'I have left Example Inc. This mailbox is no longer monitored.',
    'This email address will be deactivated on Friday.',
    'Ich bin nicht mehr im Unternehmen. Diese E-Mail-Adresse wird nicht mehr gelesen.',
    'J’ai quitté la société. Cette adresse n’est plus active.',
    'Ya no trabajo aquí. Esta dirección ya no está en uso.',
    'Questo indirizzo non è più attivo.',
    'Este e-mail não está mais ativo.',
    'Dit e-mailadres wordt niet meer gebruikt.',
    'Den här e-postadressen används inte längre.',
    'Ten adres nie jest już używany.',
    'このメールアドレスは現在使用しておりません。',
    '我已离职，此邮箱不再使用。',
  ])('hears it: %s', (text) => {
    expect(saysAddressDead(text)).toBe(true);
  });

  it.each([
    'I no longer work at Example Inc. Please write to bob@example.com.',
    'Ich bin nicht mehr bei der Example GmbH. Wenden Sie sich bitte an Bob.',
    'I am away and will read my mail on Monday.',
    'Je ne travaille plus chez Example.',
  ])('does not read it into: %s', (text) => {
    expect(saysAddressDead(text)).toBe(false);
  });
});
