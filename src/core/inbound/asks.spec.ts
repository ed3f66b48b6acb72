import fc from 'fast-check';
import { asksIn } from './asks.js';

describe('asksIn', () => {
  it('finds questions and requests, not courtesies and links', () => {
    const text =
      'Hi Ben,\n\nhow are you? Thanks for the note. Could you send me the slides by Friday. ' +
      'See https://example.org/?page=2 for mine.\nDo you know the Berlin meetup? Please find attached my card. ' +
      'Kannst du mir auch das Video schicken.\n\nBest\nAda';
    expect(asksIn(text)).toEqual([
      'Could you send me the slides by Friday.',
      'Do you know the Berlin meetup?',
      'Kannst du mir auch das Video schicken.',
    ]);
  });

  it.each([
    'Let me know what works.',
    'Please book a room.',
    'Bitte schick mir die Folien.',
    "Peux-tu m'envoyer le lien",
    'Merci de me renvoyer le contrat signé.',
    'Podrías enviarme la presentación',
    'Mi mandi le slide, per favore',
    'Me envia a apresentação, por favor.',
    'Stuur me even de link.',
    'Kan du skicka bilderna',
    'Kan du sende mig billederne',
    'Voisitko lähettää kalvot',
    'Proszę o przesłanie prezentacji.',
    'Můžete mi poslat prezentaci',
    'Пришлите, пожалуйста, слайды.',
    'Sunumu gönderebilir misiniz',
    '資料を送っていただけますか。',
    'よろしければ日程をご提示ください。',
    'いつ東京に来られますか？',
    '请把幻灯片发给我。',
    '能否介绍一下你们的产品',
    '請把簡報寄給我。',
  ])('hears a request in %j', (text) => {
    expect(asksIn(text)).toEqual([text]);
  });

  it.each([
    'Thank you, that was kind. See you in May.',
    'Danke, bis bald! Grüße an alle.',
    'Merci de votre message.',
    'Tu peux passer quand tu veux.',
    'Ho visto il tuo talk, bellissimo.',
    '今後ともよろしくお願いいたします。',
    'ご自愛ください。',
    '谢谢，周四见。',
    'Please stop emailing me.',
    '',
  ])('hears none in %j', (text) => {
    expect(asksIn(text)).toEqual([]);
  });

  it('takes Japanese and Chinese sentences apart', () => {
    expect(asksIn('ありがとうございます。資料を送っていただけますか。よろしくお願いいたします。')).toEqual([
      '資料を送っていただけますか。',
    ]);
  });

  it('keeps each ask short and their number small, and never throws', () => {
    expect(asksIn(`Why ${'so '.repeat(400)}long?`)[0]?.length ?? 0).toBeLessThanOrEqual(300);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(asksIn(text).length).toBeLessThanOrEqual(20);
      }),
    );
    expect(asksIn('Why? '.repeat(100))).toHaveLength(20);
  });
});
