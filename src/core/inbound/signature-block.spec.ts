import { writtenText } from './written.js';

const WORDS = 'Yes, gladly.\n\nHow about Tuesday?';

describe('a signature without a delimiter', () => {
  it('keeps a closing and the name below it, and cuts the card under them', () => {
    const text = `${WORDS}\n\nBest regards,\nAda Lovelace`;
    const card = 'Head of Engines\nAnalytical GmbH\n+49 30 1234567';
    expect(writtenText(`${text}\n${card}`)).toEqual({ text, signature: card, quoted: '' });
    expect(writtenText(text).text).toBe(text);
    expect(writtenText(`${WORDS}\n\nAda\n\nAda Lovelace\nTel. +49 30 1234567`).text).toBe(`${WORDS}\n\nAda`);
  });

  it('knows a card with stars, a logo and numbers of the register', () => {
    const card =
      '*Ada Holt* | *Owner*\n*Call +44 20 7946 0000*\n\n[image: logo]\n\n*KVK   50000000*\n*BTW   NL0000000AA0*\n*WEB   example.com*';
    expect(writtenText(`${WORDS}\n\n${card}`)).toMatchObject({ text: WORDS, signature: card });
  });

  it.each([
    [
      'Bien à toi,\nÉlodie',
      'Directrice commerciale\nAteliers du Rhône\nTél. : 04 72 00 00 00 - Port. : 06 12 34 56 78',
    ],
    ['Un abrazo,\nLucía Ferrer', 'Pol. Ind. La Red, nave 4\nTlf: 954 00 01 11'],
    ['Abraço,\n\nJoão', 'Gerente\nTavares & Filhos Ltda.\nRua Augusta 100, São Paulo - SP\n+55 11 4002-8922'],
    ['祝好\n王伟', '示例科技有限公司\n北京市朝阳区建国路88号\n电话：010-12345678'],
    [
      'Mit freundlichen Grüßen\n\nJörg Brandt',
      'Einkauf\n\nBeispiel GmbH\nTel. 0711 1234567\nAmtsgericht Stuttgart HRB 12345',
    ],
    ['MfG\ni.A. Jörg Brandt', 'Einkauf\nTel. 0711/1234567'],
    ['Best,\n\nAda Holt (she/her)', 'Owner | Holt Works\n+44 20 7946 0000'],
    [
      'Regards,\nAda Holt',
      'Holt Works\n+44 20 7946 0000\nPlease consider the environment before printing this e-mail.',
    ],
  ])('goes below %j, which stays', (closing, card) => {
    expect(writtenText(`${WORDS}\n\n${closing}\n${card}`)).toMatchObject({
      text: `${WORDS}\n\n${closing}`,
      signature: card,
    });
  });

  it('goes below "Claire" with whatever closing, where it is the card of Claire Dubois', () => {
    const text = `${WORDS}\n\nAmitiés\nClaire`;
    const card = 'Claire Dubois\nConservatrice, Musée du Port\n+33 2 98 00 00 00';
    expect(writtenText(`${text}\n\n${card}`)).toMatchObject({ text, signature: card });
  });

  it.each([
    'Yes.',
    'Yes',
    'Gladly',
    'Kein Interesse',
    'Ja, gerne',
    'Yes, Thursday.',
    'Stop',
    'Unsubscribe',
    'My boss will come',
    'See you at the lab',
  ])('takes nothing of the answer %j above it', (answer) => {
    const card = 'Ada Holt\nOwner\n+44 20 7946 0000\nwww.example.org';
    for (const text of [answer, `Hi Olga,\n\n${answer}`, `Hi Olga,\n\n${answer}\n\nAda`])
      expect(writtenText(`${text}\n\n${card}`)).toMatchObject({ text, signature: card });
  });
});

describe('what programs and companies append', () => {
  it.each([
    'Microsoft Teams Need help?\nJoin the meeting now\nMeeting ID: 123 456 789',
    'Ada Holt is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://zoom.example.com/j/1',
    'Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.',
    '-- \nThis email has been checked for viruses by Avast antivirus software.\nwww.example.com',
  ])('goes: %j', (appended) => {
    expect(writtenText(`${WORDS}\n\n${appended}`).text).toBe(WORDS);
  });

  it('leaves one word that is all they wrote', () => {
    expect(writtenText('Unsubscribe').text).toBe('Unsubscribe');
    expect(writtenText(`${WORDS}\n\nUnsubscribe`).text).toBe(WORDS);
  });

  it.each([
    'Hi Olga,\n\nUnsubscribe',
    'Hi Olga,\n\nTo unsubscribe, what do I need to do?',
    'To unsubscribe please.',
    'Thank you.\n\nThis message of yours is confidential, is it not? Then I shall show it to nobody here before the board has met in May.',
    'This e-mail is only intended for the board, so please keep it there. We are moving to Leeds in May and Ada is leaving in June.',
    'Regards,\nAda\n\nUnsubscribe me, please.',
    'Regards,\nAda\n\nI forgot: the address is\n12 Quay Street\n+44 20 7946 0000',
    'Regards,\nAda\n\nInvoices go to accounts@example.com',
    'Hello.\n\nPlease ask my colleague.\n\nBob Builder\n\nDirector\nbob@example.com\n+44 20 7946 0001',
    'Hello.\n\nAgenda\n======\nBudget\n\nada@example.com',
    'Hello.\n\n===\nOne thing.\n===\n\nGet Outlook fixed, please',
    '>> see above <<',
    'Hello.\n\nPlease think of the environment before you print 500 of them; could we send mails?',
  ])('is not %j', (text) => {
    expect(writtenText(text)).toEqual({ text, signature: '', quoted: '' });
  });
});
