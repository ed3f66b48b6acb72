import fc from 'fast-check';
import { writtenText } from './written.js';

const WORDS = 'Yes, gladly.\n\nHow about Tuesday?';

/** The line above a quote, as programs write it in their languages. */
const ATTRIBUTIONS = [
  'On Mon, Nov 30, 2026 at 10:00 AM Olga Owner <olga@example.com> wrote:',
  'On Mon, Nov 30, 2026 at 10:00 AM Olga von und zu Owner the Younger <\nolga@example.com> wrote:',
  'On Mon, 30 Nov 2026, 10:00 Owner, Olga (Berlin)\n<olga@example.com>\nwrote:',
  'On 30/11/2026 10:00, Olga Owner wrote:',
  'On Monday, November 30, 2026 at 10:00:00 AM GMT+1, Olga Owner <olga@example.com> wrote:',
  '---- On Mon, 30 Nov 2026 10:00:00 +0100 olga@example.com wrote ----',
  '---- Olga Owner wrote ----',
  'Olga Owner <olga@example.com> wrote:',
  'On Mon, Nov 30, 2026 at 10:00, Olga Owner<olga@example.com> wrote:   Hello Ada,',
  'Am Mo., Nov. 30, 2026 at 10:00 schrieb Olga Owner<olga@example.com>:   Hallo Ada,',
  'On 11/30/2026 at 10:00 AM, "Olga"  wrote:Hello Ada,',
  'Quoting Olga Owner <olga@example.com>:',
  'Am 30.11.2026 um 10:00 schrieb Olga Owner <olga@example.com>:',
  'Am 30.11.2026 um 10:00 schrieb "Olga Owner" <olga@example.com\n>:',
  'Olga Owner <olga@example.com> schrieb am Mo., 30. Nov. 2026,\n10:00:',
  'Le lun. 30 nov. 2026 à 10:00, Olga Owner <olga@example.com>\na écrit :',
  'El lun, 30 nov 2026 a las 10:00, Olga Owner (<olga@example.com>) escribió:',
  'El dl., 30 de nov. 2026, 10:00, Olga Owner <olga@example.com> va escriure:',
  'Il giorno lun 30 nov 2026 alle ore 10:00 Olga Owner <\nolga@example.com> ha scritto:',
  'Em seg., 30 de nov. de 2026 às 10:00, Olga Owner <olga@example.com> escreveu:',
  'Op ma 30 nov 2026 om 10:00 schreef Olga Owner <olga@example.com>:',
  'Op 30 nov. 2026 om 10:00 heeft Olga Owner <olga@example.com> het volgende\ngeschreven:',
  'Den mån 30 nov. 2026 kl 10:00 skrev Olga Owner <olga@example.com>:',
  'man. 30. nov. 2026 kl. 10:00 skrev Olga Owner <olga@example.com>:',
  'Den 30.11.2026 kl. 10.00 skrev Olga Owner:',
  'ma 30. marrask. 2026 klo 10.00 Olga Owner (olga@example.com) kirjoitti:',
  'pon., 30 lis 2026 o 10:00 Olga Owner <olga@example.com> napisał(a):',
  'W dniu 30.11.2026 o 10:00, Olga Owner pisze:',
  'po 30. 11. 2026 v 10:00 odesílatel Olga Owner <olga@example.com> napsal:',
  'Olga Owner <olga@example.com> ezt írta (időpont: 2026. nov. 30., H, 10:00):',
  'În lun., 30 nov. 2026 la 10:00, Olga Owner <olga@example.com> a scris:',
  'пн, 30 нояб. 2026 г. в 10:00, Olga Owner <olga@example.com>:',
  '30.11.2026 10:00, Olga Owner пишет:',
  'пн, 30 лист. 2026 р. о 10:00 Olga Owner <olga@example.com> пише:',
  'На пн, 30.11.2026 г. в 10:00 Olga Owner <olga@example.com> написа:',
  'Στις Δευ 30 Νοε 2026 στις 10:00 π.μ., ο χρήστης Olga Owner <olga@example.com> έγραψε:',
  'Olga Owner <olga@example.com>, 30 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:',
  '\u200fבתאריך יום ב׳, 30 בנוב׳ 2026 ב-10:00 מאת \u202aOlga Owner\u202c\u200f <\u202aolga@example.com\u202c\u200f>:\u200f',
  'في الاثنين، ٣٠ نوفمبر ٢٠٢٦ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة Olga Owner <olga@example.com>:',
  '2026年11月30日(月) 10:00 Olga Owner <olga@example.com>:',
  '2026/11/30 10:00、Olga Owner <olga@example.com>のメール:',
  '在 2026年11月30日，上午10:00，Olga Owner <olga@example.com> 写道：',
  'Olga Owner <olga@example.com> 於 2026年11月30日 週一 上午10:00寫道：',
  '2026년 11월 30일 (월) 오전 10:00, Olga Owner <olga@example.com>님이 작성:',
  'Vào Th 2, 30 thg 11, 2026 vào lúc 10:00 Olga Owner <olga@example.com> đã viết:',
  'Pada tanggal Sen, 30 Nov 2026 10.00, Olga Owner <olga@example.com> menulis:',
  '2026-11-30 10:00 GMT+01:00 Olga Owner <olga@example.com>:',
];

/** Blocks of headers and dividers; nothing below them is the person's. */
const BLOCKS = [
  'From: Olga Owner <olga@example.com>\nSent: Monday, 30 November 2026 10:00\nTo: Ada\nSubject: Hello',
  '________________________________\nFrom: Olga Owner\nSent: Monday, November 30, 2026 10:00 AM\nTo: Ada <ada@example.org>\nCc: Bob\nSubject: Hello',
  '*From:* Olga [mailto:\nolga@example.com]\n*Sent:* Monday\n*To:* Ada\n*Subject:* Hello',
  '**Von:** Olga Owner\n\n**Gesendet:** Montag, 30. November 2026 10:00\n\n**An:** Ada\n\n**Betreff:** Hallo',
  'De : Olga Owner <olga@example.com>\nEnvoyé : lundi 30 novembre 2026 10:00\nÀ : Ada\nObjet : Bonjour',
  'De: Olga Owner <olga@example.com>\nEnviado el: lunes, 30 de noviembre de 2026 10:00\nPara: Ada\nAsunto: Hola',
  'Da: Olga Owner\nInviato: lunedì 30 novembre 2026 10:00\nA: Ada\nOggetto: Ciao',
  'De: Olga Owner\nEnviada em: segunda-feira, 30 de novembro de 2026 10:00\nPara: Ada\nAssunto: Olá',
  'Van: Olga Owner\nVerzonden: maandag 30 november 2026 10:00\nAan: Ada\nOnderwerp: Hallo',
  'Från: Olga Owner\nSkickat: den 30 november 2026 10:00\nTill: Ada\nÄmne: Hej',
  'Fra: Olga Owner\nSendt: mandag 30. november 2026 10:00\nTil: Ada\nEmne: Hei',
  'Lähettäjä: Olga Owner\nLähetetty: maanantai 30. marraskuuta 2026 10.00\nVastaanottaja: Ada\nAihe: Hei',
  'Od: Olga Owner\nWysłane: poniedziałek, 30 listopada 2026 10:00\nDo: Ada\nTemat: Cześć',
  'Od: Olga Owner\nOdesláno: pondělí 30. listopadu 2026 10:00\nKomu: Ada\nPředmět: Ahoj',
  'Feladó: Olga Owner\nElküldve: 2026. november 30. 10:00\nCímzett: Ada\nTárgy: Szia',
  'От: Olga Owner\nОтправлено: 30 ноября 2026 г. 10:00\nКому: Ada\nТема: Привет',
  'Kimden: Olga Owner\nGönderildi: 30 Kasım 2026 Pazartesi 10:00\nKime: Ada\nKonu: Merhaba',
  '差出人: Olga Owner\n送信日時: 2026年11月30日 10:00\n宛先: Ada\n件名: こんにちは',
  '发件人: Olga Owner <olga@example.com>\n发送时间: 2026年11月30日 10:00\n收件人: Ada\n主题: 你好',
  '보낸 사람: Olga Owner\n보낸 날짜: 2026년 11월 30일 10:00\n받는 사람: Ada\n제목: 안녕',
  '-----Original Message-----\nFrom: Olga',
  '-----Ursprüngliche Nachricht-----',
  '-------- Message d’origine --------\nDe : Olga',
  '-------- Mensaje original --------',
  '------------------ 原始邮件 ------------------',
  '-------- Исходное сообщение --------',
  '---------- Forwarded message ---------\nFrom: Olga <olga@example.com>\nDate: Mon, 30 Nov 2026\nSubject: Hello\nTo: Ada',
  'Begin forwarded message:\n\nFrom: Olga <olga@example.com>\nSubject: Hello\nDate: 30 November 2026 at 10:00',
  '##- Please type your reply above this line -##',
  'Olga Owner wrote:\n\n-- REPLY ABOVE THIS LINE --',
  '>>> Olga Owner <olga@example.com> 30.11.2026 10:00 >>>',
  '"Olga Owner" ---30.11.2026 10:00:00---Hello Ada',
  '---- 回复的原邮件 ----\n| 发件人 | Olga<olga@example.com> |',
];

const DEVICES = [
  'Sent from my iPhone',
  'Sent from my Samsung Galaxy smartphone.',
  'Sent from Mail for Windows',
  'Sent from Outlook for iOS<https://aka.ms/o0ukef>',
  'Get Outlook for Android',
  'Outlook voor iOS downloaden<https://aka.ms/o0ukef>',
  'Sent on the go, please excuse typos',
  'Virenfrei.www.avast.com <https://www.avast.com/sig-email>',
  '<https://www.avast.com/sig-email?utm_medium=email>',
  'Sent from my phone, please excuse typos.',
  'Von meinem iPhone gesendet',
  'Gesendet mit der mobilen Mail App',
  'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
  'Envoyé de mon iPhone',
  'Enviado desde mi iPhone',
  'Inviato da iPhone',
  'Enviado do meu iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Skickat från min iPhone',
  'Sendt fra min iPhone',
  'Lähetetty iPhonesta',
  'Wysłane z iPhone’a',
  'Odesláno z iPhonu',
  'Trimis de pe iPhone-ul meu',
  'Отправлено с iPhone',
  'Надіслано з iPhone',
  'Στάλθηκε από το iPhone μου',
  'iPhone’umdan gönderildi',
  'נשלח מה-iPhone שלי',
  'iPhoneから送信',
  '发自我的 iPhone',
  '從我的 iPhone 傳送',
  '나의 iPhone에서 보냄',
];

describe('the text a person wrote', () => {
  it.each(ATTRIBUTIONS)('ends above %j, the quote marked or not', (attribution) => {
    for (const quote of ['> Shall we?\n> Olga', 'Shall we?\n\nOlga', '\n> Shall we?\n>\n> > before']) {
      const unmarked = !quote.includes('>');
      const given = `${WORDS}\n\n${attribution}\n${quote}`;
      const { text, quoted } = writtenText(given);
      if (unmarked && !/@|\d[:.]\d\d/.test(attribution)) continue;
      expect(text).toBe(WORDS);
      expect(quoted).toBe(given.slice(WORDS.length + 2).replace(/^\n+/, ''));
    }
  });

  it.each(BLOCKS)('ends above %j', (block) => {
    expect(writtenText(`${WORDS}\n\n${block}\n\nShall we?\nOlga`).text).toBe(WORDS);
    expect(writtenText(`${WORDS}\n${block}\n\nShall we?`).text).toBe(WORDS);
    expect(writtenText(`${block}\n\nShall we?`).text).toBe('');
  });

  it.each(DEVICES)('is not %j', (mark) => {
    expect(writtenText(`${WORDS}\n\n${mark}`)).toEqual({ text: WORDS, signature: mark, quoted: '' });
    expect(writtenText(`${mark}\n\n${WORDS}`).text).toBe(WORDS);
  });

  it.each([
    ['a signature', '-- \nAda Lovelace\nAnalyst'],
    ['a signature whose space was lost', '--\nAda\n+49 30 1234567'],
    ['a long dash', '—\nAda Lovelace\nHead of Engines'],
    [
      'a list footer',
      '_______________________________________________\nengines mailing list\nengines@lists.example.org',
    ],
    [
      'a footer of a group',
      '-- \nYou received this message because you are subscribed to the Google Groups "x" group.',
    ],
    [
      'company law',
      'This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, please delete it.',
    ],
    [
      'company law in German',
      'Diese E-Mail enthält vertrauliche und rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie bitte.',
    ],
    ['a card without a delimiter', 'Ada Lovelace\nHead of Engines\nPhone: +49 30 1234567\nwww.example.org'],
    ['rules alone', '--\n====\n____'],
  ])('goes without %s', (_name, tail) => {
    expect(writtenText(`${WORDS}\n\n${tail}`)).toEqual({
      text: WORDS,
      signature: tail.replace('-- \n', '--\n'),
      quoted: '',
    });
    expect(
      writtenText(`${WORDS}\n\n${tail}\n\nOn 30 Nov 2026 at 10:00 Olga <o@example.com> wrote:\n> Hi`).text,
    ).toBe(WORDS);
  });

  it('keeps answers between the quotes and below them, in order', () => {
    const quoted =
      'Hi,\n\nOn 30 Nov 2026 at 10:00 Olga wrote:\n> One?\nYes.\n\n> Two?\n>> old\nNo.\n\n> Three?\n\n-- \nAda';
    expect(writtenText(quoted)).toMatchObject({
      text: 'Hi,\n\nYes.\n\nNo.',
      signature: '--\nAda',
    });
    expect(writtenText('> Shall we?\n\nYes, below the quote.').text).toBe('Yes, below the quote.');
    expect(writtenText('-- \nAda\n\nI wrote below my signature today.').text).toBe(
      'I wrote below my signature today.',
    );
  });

  it('keeps an answer below a quote nobody marked, when nothing stands above', () => {
    expect(writtenText('On 30 Nov 2026 at 10:00 Olga <o@example.com> wrote:\n\nYes, I can.').text).toBe(
      'Yes, I can.',
    );
  });

  it.each([
    'On 3 May you wrote:\nthat you like tea. I do too.',
    'On Monday I wrote:\n\n"Dear all, this is off." What now?',
    'On 3 May 2026 at 10:00 I wrote: see the paper.\nThat stands.',
    'On the train I read your book: great.',
    'In 2019, Knuth wrote:\n\nBeware of bugs in the above code. I like that.',
    'From: the heart\nThank you.',
    'From: Berlin\nTo: Hamburg\nDate: 3 May, 10:00\n\nThat is my trip.',
    'Date: Wednesday\nTime: 10:00\nPlace: the usual\n\nDoes that suit you?',
    'Sent from my hotel room: yes, let us meet.',
    'The picture was sent from my iPhone to all of you.',
    'Sent from my desk, which is easier than a phone.',
    'Agenda:\n- one\n- two\n\n----\n\nThat was the agenda. Is anything missing from it?',
    'a -> b\nx --> y\na > b',
    'Run this:\n\n```\n> npm test\n--\nFrom: x\n```\n\nThen tell me.',
    'You can reach me here:\n\nAda Lovelace\n+49 30 1234567\nwww.example.org',
    'My number:\n+49 30 1234567',
    'Please ask my colleague instead.\n\nBob Builder\nbob@example.com\n+49 30 1234567',
    'This is confidential, please keep it to yourself.',
    'Shall we meet?\n\nAda\nPS: bring the plan, would you?',
    'Two things.\n--\nWould you also send me the slides of the talk?',
    'Dear Olga,\n\n   indented\n\n\n  with my own empty lines',
    '>>> print(1)\nprints 1.',
    'See <https://example.org/a> now.',
    'An: interesting idea\nVon: allen getragen.',
    'Should I write above this line?\n\nOr below?',
    'Two things:\n--\n1. The day works.\n2. The place does not. May we change it?',
  ])('keeps what only looks like something else: %j', (text) => {
    expect(writtenText(text)).toEqual({ text, signature: '', quoted: '' });
  });

  it('leaves nothing of a signed mail but its words', () => {
    const armoured = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n\n- -- \nAda\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n`;
    expect(writtenText(armoured)).toMatchObject({ text: 'Yes.', signature: '--\nAda' });
  });

  it('knows marks of direction, no-break spaces, bars, initials and torn lines', () => {
    const tail =
      'Am\u00a030.11.2026 um\u00a010:00 schrieb \u202aOlga\u202c <olga@example.com>:\n\n| Shall we?\n| Olga';
    expect(writtenText(`${WORDS}\n\n${tail}`).text).toBe(WORDS);
    for (const name of ['OL', 'Olga', '佐藤'])
      expect(writtenText(`${name}> Shall we?\n${name}> Soon?\nYes.`).text).toBe('Yes.');
    const torn = `> ${'a line that was much too long for the margin of an old program '.repeat(1)}and so\nbroke here\n> and went on\n\nYes.`;
    expect(writtenText(torn).text).toBe('Yes.');
    expect(writtenText('Hello.\n>From here on it rains.\nBye').text).toBe(
      'Hello.\nFrom here on it rains.\nBye',
    );
  });

  it('law: own text survives whatever is put below it', () => {
    const word = fc.constantFrom(
      'we',
      'met',
      'gladly',
      'on',
      'Tuesday',
      'from',
      'the',
      'paper',
      'wrote',
      'sent',
      'Ada',
      '3',
      'May',
      'to',
      'grüße',
    );
    const sentence = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 12 }), fc.constantFrom('.', '?', '!'))
      .map(([words, end]) => `I ${words.join(' ')}${end}`);
    const own = fc
      .array(sentence, { minLength: 1, maxLength: 5 })
      .chain((all) => fc.constantFrom('\n', '\n\n', ' ').map((between) => all.join(between)));
    const below = fc.oneof(
      fc.constant(''),
      fc.constantFrom(...ATTRIBUTIONS).map((line) => `${line}\n> Shall we?`),
      fc.constantFrom(...BLOCKS).map((block) => `${block}\n\nShall we?`),
      fc.constantFrom('> Shall we?', '>Shall we?\n>\n>Olga'),
    );
    const signature = fc.constantFrom('', '-- \nAda', ...DEVICES);
    fc.assert(
      fc.property(own, signature, below, (words, signed, quote) => {
        expect(writtenText([words, signed, quote].filter((part) => part !== '').join('\n\n')).text).toBe(
          words,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('never throws, adds nothing, and loses no line', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '>',
        '\n',
        '-- \n',
        'On ',
        ' wrote:',
        'From: ',
        '\r',
        '```\n',
        '| ',
        '<',
        '@',
        '10:00',
        'Sent from my iPhone\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const given = pieces.join('');
        const { text, signature, quoted } = writtenText(given);
        const letters = (words: string): number => words.match(/[a-z]/gi)?.length ?? 0;
        expect(letters(text) + letters(signature) + letters(quoted)).toBeLessThanOrEqual(letters(given));
      }),
    );
  });

  it.each([
    [
      'a title between rules in a language we have no words for',
      '-------- Proslijeđena poruka --------\nNaslov: Utorak\nDatum: Tue, 17 Nov 2026 09:31:00 +0100\nŠalje: Olga <olga@example.com>\nPrima: ada@example.com\n\nHello Ada,\nTuesday?',
    ],
    [
      'a divider that lost its line break',
      '   ----- Message transmis ----- De : Olga <olga@example.com>À : "ada@example.com" <ada@example.com>Envoyé : mardi 17 novembre 2026, 09:31:00 UTC+1Objet : Mardi\nHello Ada,\nTuesday?',
    ],
    [
      'an indented quote',
      'On 17/11/2026 09:31, "Olga" <olga@example.com> wrote:\n\n    Hello Ada,\n\n    Tuesday?',
    ],
    [
      'a date and an address broken within its brackets',
      '2026/11/17 Olga <\nolga@example.com>\n\n> Tuesday?',
    ],
    [
      'a name below its verb',
      'Op di 17 nov 2026 om 09:31 schreef\nOlga Owner <olga@example.com>:\n\n> Tuesday?',
    ],
    [
      'who and when without a verb we know',
      'Missatge de Olga <olga@example.com> del dia dt., 17 de nov. 2026 a les 9:31:\n\n> Tuesday?',
    ],
  ])('takes for a quote, with nothing written above it: %s', (_name, quote) => {
    expect(writtenText(quote).text).toBe('');
    expect(writtenText(`${WORDS}\n\n${quote}`).text).toBe(WORDS);
  });

  it('keeps code below an attribution when their own words follow', () => {
    const text = '    a + b\n\nIt should be:\n\n    b + a';
    expect(writtenText(`On 17/11/2026 09:31, Olga <olga@example.com> wrote:\n\n${text}`).text).toBe(text);
  });

  it('grows no faster than a hostile text does', () => {
    const units = [
      '>',
      '>\n',
      'On \n',
      'On 3 May 2020\n',
      'From: a@b.c\nTo: b\n',
      '--\n',
      '<\n',
      '```\n',
      '- ',
      'wrote:\n',
      'a@',
      '\n',
      '(https://',
    ];
    for (const unit of units) {
      const took = (size: number): number => {
        const given = unit.repeat(Math.ceil(size / unit.length));
        const began = process.cpuUsage();
        writtenText(given);
        return process.cpuUsage(began).user / 1e3;
      };
      took(10_000);
      // Ten times the text; a quadratic cost would be a hundred times. Milliseconds, with room for a busy machine.
      expect(took(100_000)).toBeLessThan(Math.max(1_500, took(10_000) * 60));
    }
  });
});
