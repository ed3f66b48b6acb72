/** The plain way out at the end of a mail, in the language of the mail. */
interface Words {
  /** Under a word about an event or a follow-up. */
  mail: string;
  /** Under congratulations. */
  birthday: string;
  /** Before the address of the page where more can be chosen. */
  page: string;
}

const ENGLISH: Words = {
  mail: 'P.S. If you would rather not get mail like this from me, just answer “no more” and I will stop.',
  birthday: 'P.S. If birthdays are not your thing, just answer “no more” and I will leave it at this one.',
  page: 'Or choose here what you would like to get:',
};

/** By ISO 639-1. What they ask the reader to answer is what `core/inbound` understands as an opt-out. */
const BY_LANGUAGE: Readonly<Record<string, Words>> = {
  en: ENGLISH,
  de: {
    mail: 'P.S. Wenn Sie solche Mails von mir lieber nicht bekommen, antworten Sie einfach „keine Mails mehr“, dann höre ich auf.',
    birthday:
      'P.S. Wenn Geburtstage nicht Ihre Sache sind, antworten Sie einfach „keine Mails mehr“, dann bleibt es bei dieser.',
    page: 'Oder wählen Sie hier, was Sie bekommen möchten:',
  },
  fr: {
    mail: 'P.-S. Si vous préférez ne pas recevoir ce genre de message de ma part, répondez simplement « plus de mails » et j’arrête.',
    birthday:
      'P.-S. Si vous n’aimez pas fêter les anniversaires, répondez simplement « plus de mails » et j’en resterai là.',
    page: 'Ou choisissez ici ce que vous souhaitez recevoir :',
  },
  es: {
    mail: 'P. D. Si prefiere no recibir correos así de mi parte, conteste simplemente «no más correos» y lo dejo.',
    birthday: 'P. D. Si los cumpleaños no son lo suyo, conteste simplemente «no más correos» y lo dejo aquí.',
    page: 'O elija aquí lo que quiere recibir:',
  },
  it: {
    mail: 'P.S. Se preferisce non ricevere mail come questa da parte mia, risponda semplicemente «basta mail» e smetto.',
    birthday: 'P.S. Se i compleanni non fanno per Lei, risponda semplicemente «basta mail» e mi fermo qui.',
    page: 'Oppure scelga qui che cosa desidera ricevere:',
  },
  pt: {
    mail: 'P.S. Se preferir não receber e-mails assim da minha parte, responda apenas «chega de e-mails» e eu paro.',
    birthday: 'P.S. Se não gosta de aniversários, responda apenas «chega de e-mails» e fico por aqui.',
    page: 'Ou escolha aqui o que gostaria de receber:',
  },
  nl: {
    mail: 'P.S. Krijg je dit soort mail liever niet van mij, antwoord dan gewoon „geen mails meer” en ik stop ermee.',
    birthday:
      'P.S. Zijn verjaardagen niets voor jou, antwoord dan gewoon „geen mails meer” en ik laat het hierbij.',
    page: 'Of kies hier wat je wilt ontvangen:',
  },
  sv: {
    mail: 'P.S. Om du helst inte vill få sådana mejl från mig, svara bara ”inga fler mejl” så slutar jag.',
    birthday:
      'P.S. Om födelsedagar inte är din grej, svara bara ”inga fler mejl” så låter jag det stanna vid detta.',
    page: 'Eller välj här vad du vill få:',
  },
  pl: {
    mail: 'P.S. Jeśli nie chce Pan/Pani dostawać ode mnie takich wiadomości, wystarczy odpisać „proszę nie pisać”, a przestanę.',
    birthday: 'P.S. Jeśli urodziny to nie to, wystarczy odpisać „proszę nie pisać” i na tym poprzestanę.',
    page: 'Albo proszę wybrać tutaj, co chce Pan/Pani dostawać:',
  },
  ja: {
    mail: '追伸　このようなメールがご不要でしたら、「配信停止」とだけご返信ください。以後お送りしません。',
    birthday:
      '追伸　お誕生日のメールがご不要でしたら、「配信停止」とだけご返信ください。今回限りにいたします。',
    page: 'またはこちらで、受け取りたいものをお選びください：',
  },
  zh: {
    mail: '附：如果您不想再收到我的这类邮件，只需回复“不要再发了”，我就不再打扰。',
    birthday: '附：如果您不喜欢生日祝福，只需回复“不要再发了”，这就是最后一封。',
    page: '也可以在这里选择您想收到的内容：',
  },
};

/** A map, since a language comes from outside: an object has a "constructor" too. */
const WORDS = new Map(Object.entries(BY_LANGUAGE));

function wordsOf(language: string): Words {
  return WORDS.get(language.toLowerCase().split('-')[0] ?? '') ?? ENGLISH;
}

/** The sentence under a mail. @param language BCP 47, of the mail's words; English where we have none of it */
export function wayOut(language: string, occasion: 'mail' | 'birthday'): string {
  return wordsOf(language)[occasion];
}

/** The line that leads to the page, put under the sentence when a page can be reached from outside. */
export function wayOutLine(language: string, address: string): string {
  return `${wordsOf(language).page} ${address}`;
}

/** The language of a mail, by the sentence under it, however its lines are broken; null where the owner took it out. */
export function languageOf(text: string): string | null {
  return ours().find(({ pattern }) => text.search(pattern) >= 0)?.language ?? null;
}

/** The text without these sentences of ours, however its lines are broken: quoted back, they ask for nothing. */
export function withoutWayOut(text: string): string {
  return ours().reduce((left, { pattern }) => left.replace(pattern, ' '), text);
}

let patterns: { language: string; pattern: RegExp }[] | undefined;

function ours(): { language: string; pattern: RegExp }[] {
  patterns ??= [...WORDS].flatMap(([language, { mail, birthday, page }]) =>
    [mail, birthday, page].map((sentence) => ({
      language,
      pattern: new RegExp(sentence.split(/\s+/u).map(escaped).join('\\s+'), 'gu'),
    })),
  );
  return patterns;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export const WAY_OUT_LANGUAGES: readonly string[] = [...WORDS.keys()];
