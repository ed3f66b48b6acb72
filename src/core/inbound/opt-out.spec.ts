import fc from 'fast-check';
import { readOptOut, readUnsubscribeSubject } from './opt-out.js';

const lines = (table: string): string[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(' / ', '\n'));

const ASKS_OUT = lines(`
no more
No more, please.
Hi Ben, /  / please stop. /  / Ada
STOP
Please unsubscribe me from this.
Could you remove me from your list? Thanks
Take me off this list.
I would like to be removed.
I'd like to be removed from further communications.
I want to be taken off your mailing list now.
I'd like to have my address removed from your database.
Deseo ser dado de baja.
Jag vill bli borttagen från er lista.
Please stop emailing me.
Please stop. I never asked for this and will not read it.
Unsubscribe. I do not know who you are.
Thanks for the talk, but please no further emails.
Don't contact me again.
Not interested, please don't contact me.
I would like to opt out.
I don't want to receive these emails any more.
Please delete my data.
Please remove my email address from your database.
Close the file, and stop reaching out.
Bitte keine Mails mehr.
Guten Tag, / bitte keine weiteren E-Mails. Danke
Bitte schreiben Sie mir nicht mehr.
Lassen Sie mich bitte in Ruhe.
Bitte nehmen Sie mich aus dem Verteiler.
Nehmen Sie mich bitte aus Ihrem Verteiler.
Bitte löschen Sie meine Daten.
Ich möchte keine weiteren Nachrichten von Ihnen erhalten.
Merci de ne plus… non : ne m’écrivez plus.
Merci de ne plus me contacter.
Je ne souhaite plus recevoir vos messages.
Désabonnez-moi.
No me escribas más, por favor.
Quiero darme de baja.
Dejen de enviarme correos.
Non scrivermi più.
Non voglio più ricevere le vostre mail.
Rimuovimi dalla lista
Não me envie mais mensagens.
Por favor, parem de me escrever.
Graag geen mails meer.
Graag afmelden voor deze mails.
Verwijder mij uit uw bestand.
Sluta mejla mig.
Ta bort mig från listan, tack.
Vill inte ha fler mejl.
Kontakt mig ikke igen.
Älkää enää lähettäkö viestejä.
Proszę o usunięcie mnie z listy.
Proszę więcej do mnie nie pisać.
Больше не пишите мне.
Lütfen beni listeden çıkarın.
今後メールを送らないでください。
配信停止をお願いします。
请不要再给我发邮件。
退订
Unsubscribe
I'd rather you didn't write to me again.
I already asked you not to contact me.
If you write to me again I will report you to the ICO.
I want my details removed.
I never gave you permission to use my e-mail address.
Under Article 17 GDPR I request erasure of all my personal data.
pls remov me from ur list
Thanks for the kind words about the talk. As for the rest, please don't write to me any more.
Hiermit widerrufe ich meine Einwilligung zur Kontaktaufnahme.
Bitte sehen Sie von weiteren Anfragen ab.
Ich will nichts mehr von dir hören.
Noch eine Mail und ich schalte meinen Anwalt ein.
Lassen Sie das bitte bleiben.
Je m'oppose à tout démarchage.
Je souhaite être retirée de votre liste.
Si vuelve a escribirme lo denunciaré.
Ejerzo mi derecho de oposición al tratamiento de mis datos.
La invito a non contattarmi ulteriormente.
Não me contacte novamente, por favor.
Ik verzoek u mijn persoonsgegevens te wissen.
Neem geen contact meer met me op.
Jag undanber mig vidare kontakt.
Jeg ønsker ikke at blive kontaktet igen.
Prosze nie pisac do mnie.
Cofam zgodę na przetwarzanie danych.
Už mi prosím nepište.
Прекратите мне писать!
今後のご案内は遠慮させていただきます。
How many times do I have to tell you to stop emailing me?
Wie oft muss ich noch sagen, dass ich keine Mails mehr will?
Combien de fois dois-je vous dire d’arrêter de m’envoyer des mails ?
¿Cuántas veces tengo que pedirle que deje de mandarme correos?
Quante volte devo dirvi di smettere di mandarmi mail?
Quantas vezes tenho de dizer que não quero mais e-mails?
Hoe vaak moet ik nog zeggen dat ik geen mails meer wil?
Hur många gånger ska jag säga att jag inte vill ha fler mejl?
Ile razy mam mówić, że nie chcę więcej maili?
何度お願いすればメールを止めていただけるのでしょうか。
Never write to me again, I hate your automated birthday mails.
hi mark, i dont want these anymore thx
For the last time: do not email me.
I have retired and would rather not be contacted any more.
Hören Sie endlich auf, mir zu schreiben.
Je vous interdis de me contacter.
Estoy harta de tus mensajes.
Le sue mail non sono gradite.
Esqueça-me, por favor.
Ik wil met rust gelaten worden.
Jag skulle vara tacksam om du inte skrev till mig mer.
Niech mi Pan da spokój.
个人信息请删除，以后别再来信。
以后请不要再写信给我了。
請不要再寄郵件給我。
`);

const DOES_NOT = lines(`
Please stop by our booth next week!
Stop! Before you order: the part is wrong.
I have no more questions.
There is no more room in the car, sorry.
Could you stop sending the zip and use a link?
Please don’t stop sending these, I enjoy them.
I unsubscribed from Netflix after your talk.
How do people unsubscribe from your list?
Not interested in Rust, but the database part is fascinating.
Just answer "no more" if this is not for you.
If this is not for you, just answer “no more”.
P.S. If you would rather not get mail like this from me, just answer “no more” and I will stop.
P.S. If birthdays are not your thing, just answer “no more” and I will leave it at this one.
Wenn das nichts für dich ist, antworte einfach 'keine Mails mehr'.
Do not write to me at this address, use ada@example.com instead.
To unsubscribe click here: https://example.com/u
If you no longer wish to receive our newsletter, unsubscribe here.
Remove me from the panel please, I cannot travel.
Delete my last mail, here is the right file.
Please don't send me the slides yet, I am still on holiday.
Ich habe keine Nachrichten von ihm gehört.
Ich muss mich noch für die Konferenz abmelden, wir sehen uns dann im Mai in Berlin wieder.
Ich höre auf meinen Bauch.
Arrête-toi à Lyon en passant !
Basta pasta e vino, ci vediamo venerdì!
Sair com vocês foi ótimo!
Por favor la baja del equipo antiguo y cotizar uno nuevo
Geen interesse.
Ta bort mig från CC nästa gång, så svarar jag snabbare.
今後ともよろしくお願いいたします。
请不要客气
Please unsubscribe me from Thursday's slot, I'll take Friday.
Remove me from the calendar invite please, I'm double-booked.
Let's stop emailing and get on a call.
Why did you stop writing?
Please don't call, mail me instead.
Please don't write before Monday, I'm on leave.
I asked them not to email you, sorry they did.
I'd like my name removed from the author list.
Someone wrote "stop emailing me" to all of us today.
Ich möchte keine Mail von Ihnen verpassen.
Lassen Sie uns in Ruhe darüber sprechen.
Warum schreiben Sie mir nicht mehr?
Ich habe seit Mai keine Nachricht mehr von Ihnen.
Ich kann heute nicht mehr schreiben.
Ne m'écrivez plus à l'ancienne adresse, mais à celle-ci.
Vous ne m'avez plus écrit depuis mai.
Quíteme de la reunión del martes.
No me envíes más fotos, ¡me muero de envidia!
Perché non mi scrivi più?
Ring inte, mejla mig hellre.
Не звоните, лучше напишите.
月曜日まではメールを送らないでください。休暇中です。
周一之前请不要给我发邮件。
I was out of office last week, sorry.
I'd like to be removed from the project plan, Tom takes over.
I want to be deleted from the org chart after the merger.
I'd like to have my name removed from the first slide.
Please don't send any more samples, the two boxes are plenty.
Let us not write any more, let us meet!
Leave me alone with the cake and it is gone.
Make this your last stop on the tour!
I asked them to stop emailing me.
I deleted my data by accident.
I'd like to withdraw my consent form and send a new one.
This is not spam, promise!
Hör nicht auf zu schreiben, ich freue mich immer!
Bitte nehmen Sie mich von der Warteliste, ich habe schon ein Ticket.
Merci de retirer mon nom du programme, je ne peux plus venir.
Je me désinscris de l'atelier, mais on se voit au dîner.
Quítame de la lista de ponentes, por favor, pero cuenta conmigo para la cena.
Quiero ser eliminada del sorteo, gracias.
Tengo que darme de baja del taller, pero nos vemos en la cena.
Toglimi dalla lista dei relatori, ma ci vediamo a cena.
Jag vill bli borttagen från juryn, men vi ses.
Your mails never bother me.
I didn't want to bother you with another email, but here goes.
I asked the bank to remove my data and they still write.
I don't get many emails like this any more.
Nobody writes such mails any more.
Es reicht eine kurze Mail, und ich komme.
Zum Schluss noch eine Mail für dich.
Ich möchte den Kontakt zu dir nicht mehr verlieren.
Meine Kinder lassen mich nicht in Ruhe, ich antworte dir morgen.
Je ne veux pas t’embêter avec un long mail.
Retire-moi de la liste du dîner, je ne peux pas venir vendredi.
Si no contesto, vuelve a escribirme sin problema.
Basta una mail e arrivo.
Ainda não li o teu e-mail com calma.
Hou me op de hoogte per mail!
Nej, dina mejl stör aldrig.
Dość długo nie pisałem do Pana.
特别感谢你的邮件，我很高兴。
契約書はメールで送らないでください。
`);

describe('readOptOut', () => {
  it.each(ASKS_OUT)('hears %j', (text) => {
    const { wants, scope, why } = readOptOut(text);
    expect({ wants, scope }).toEqual({ wants: true, scope: 'everything' });
    expect(why).not.toBe('');
  });

  it.each([...DOES_NOT, ''])('does not hear it in %j', (text) => {
    expect(readOptOut(text)).toMatchObject({ wants: false, scope: 'everything', why: '' });
  });

  it.each([
    ['Please no birthday wishes any more.', 'congratulations'],
    ['Please, no more birthday wishes.', 'congratulations'],
    ['Please no more birthday wishes, but do keep in touch.', 'congratulations'],
    ['Bitte keine Geburtstagsgrüße mehr.', 'congratulations'],
    ['No hace falta que me felicites por mi cumpleaños, pero escríbeme cuando quieras.', 'congratulations'],
    ['Thanks for the birthday wishes and please do not write to me again.', 'everything'],
    ['No automated mails please, write yourself.', 'automatic'],
    ['No birthday wishes please. In fact, do not contact me again.', 'everything'],
    ['Please write less often.', 'often'],
    ['At most once a year, please.', 'often'],
    ['Einmal im Jahr reicht völlig, bitte.', 'often'],
    ['Moins souvent, s’il vous plaît.', 'often'],
    ['能不能少发一点？', 'often'],
  ])('hears of what, and the widest counts: %j', (text, scope) => {
    expect(readOptOut(text)).toMatchObject({ wants: true, scope });
  });

  it('asks the owner about a wish at the end of a long letter, and hears one that is clear', () => {
    const letter = 'It was a long year, and the garden took most of it. '.repeat(40);
    expect(readOptOut(`${letter}Only write to me about jobs.`)).toMatchObject({
      wants: false,
      maybe: 'Only write to me about jobs.',
    });
    expect(readOptOut(`${letter}Please do not write to me again.`).wants).toBe(true);
  });

  it.each([
    ['Not interested, thanks.', 'Not interested, thanks.'],
    ['I see. Your mails do not help me.', 'Your mails do not help me.'],
    ['Why do you keep writing to me?', 'Why do you keep writing to me?'],
    ['Only write to me about jobs.', 'Only write to me about jobs.'],
    ['Warum schreibst du nicht mehr?', ''],
    ['Yes, gladly!', ''],
    ['Please stop writing to me.', ''],
  ])('says where it may be one: %j', (text, maybe) => {
    expect(readOptOut(text).maybe).toBe(maybe);
  });

  it('gives the sentence that says so', () => {
    expect(readOptOut('Nice talk! Please remove me from your list. Bye').why).toBe(
      'Please remove me from your list.',
    );
  });

  it('never throws, and is quick on a megabyte of nonsense', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(typeof readOptOut(text).wants).toBe('boolean');
        readUnsubscribeSubject(text);
      }),
    );
    const began = process.cpuUsage();
    for (const unit of ['remove my ', 'ne plus ', 'A. ', 'keine ', 'stop ', '请', 'unsubscribe ', '- '])
      readOptOut(unit.repeat(1_000_000 / unit.length));
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
  });
});

describe('a wish has its place', () => {
  const talk = 'The talk was about builds and what they keep. '.repeat(8);

  it('at the beginning or the end of a long letter; in its midst the owner may look', () => {
    const wish = 'Please do not write to me again. ';
    expect(readOptOut(wish + talk + talk).wants).toBe(true);
    expect(readOptOut(talk + talk + wish).wants).toBe(true);
    expect(readOptOut(talk + wish + talk)).toMatchObject({ wants: false, maybe: wish.trim() });
  });

  it('in a short sentence: a long one tells of something', () => {
    const told =
      'People who never want any mail from us are free to say so on the page which we put up for exactly that in the spring before last, with a form';
    expect(readOptOut(`${told}.`).wants).toBe(false);
  });

  it.each([
    'I never thought the council would get into funding this.',
    'I do not want to write all this again.',
    "I don't want to see the future of this tool.",
    'The release notes never said anything more about it.',
    'Yo estoy de baja desde ayer, pero seguimos en contacto.',
    'The folder holds one unseen message and nothing else.',
  ])('and is about us: %j', (text) => {
    expect(readOptOut(text)).toMatchObject({ wants: false, maybe: '' });
  });
});

describe('readUnsubscribeSubject', () => {
  it.each([
    ['unsubscribe', null],
    [' Unsubscribe ', null],
    ['Re: unsubscribe', null],
    ['Abmelden', null],
    ['配信停止', null],
    ['unsubscribe: eyJ2IjoxfQ.c2lnbmF0dXJl', 'eyJ2IjoxfQ.c2lnbmF0dXJl'],
    ['Unsubscribe eyJ2IjoxfQ_-', 'eyJ2IjoxfQ_-'],
    ['unsubscribe+token=0191f3a2', '0191f3a2'],
  ])('%j', (subject, token) => {
    expect(readUnsubscribeSubject(subject)).toEqual({ token });
  });

  it.each(['', 'Unsubscribe rates in mail', 'How to unsubscribe', 'Re: DevConf'])(
    'is none: %j',
    (subject) => {
      expect(readUnsubscribeSubject(subject)).toBeNull();
    },
  );
});
