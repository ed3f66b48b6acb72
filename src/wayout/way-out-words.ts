import type { WayOutChoice } from '../core/way-out-choices.js';
import type { HeldKind } from './held.js';

/** What the page says in one language. */
export interface PageWords {
  title: string;
  lead: (owner: string) => string;
  choices: Record<WayOutChoice, string>;
  button: string;
  chosen: string;
  heldTitle: string;
  held: Record<HeldKind, string>;
  since: (date: string) => string;
  done: string;
  /** Nothing was chosen, or what is none of the four. */
  choose: string;
  erase: (owner: string) => string;
  gone: string;
}

const EN: PageWords = {
  title: 'What would you like to get?',
  lead: (owner) => `${owner} wrote to you with Followthrough. Choose what suits you; no account is needed.`,
  choices: {
    'less-often': 'Less often: at most one mail in thirty days',
    'no-congratulations': 'No congratulations',
    'only-answers': 'Only after I write: nothing that starts by itself',
    never: 'Never: no mail at all',
  },
  button: 'Save',
  chosen: 'chosen',
  heldTitle: 'What is kept about you',
  held: {
    address: 'Ways to reach you',
    person: 'Your name and where you work',
    birthday: 'Your birthday',
    meetings: 'Where you met',
    notes: 'Notes of what was said',
    promises: 'Things promised to you',
    mails: 'Mails sent to you',
    answers: 'Your answers',
  },
  since: (date) => `since ${date}`,
  done: 'Saved. It holds from this moment.',
  choose: 'Nothing was saved: please choose one of the four.',
  erase: (owner) => `To have all of it erased, just answer the mail and ask ${owner}.`,
  gone: 'This link leads nowhere: it is mistyped, or nothing is kept about you any more.',
};

const DE: PageWords = {
  title: 'Was möchten Sie bekommen?',
  lead: (owner) =>
    `${owner} hat Ihnen mit Followthrough geschrieben. Wählen Sie, was Ihnen recht ist; ein Konto brauchen Sie nicht.`,
  choices: {
    'less-often': 'Seltener: höchstens eine Mail in dreißig Tagen',
    'no-congratulations': 'Keine Glückwünsche',
    'only-answers': 'Nur wenn ich schreibe: nichts, was von selbst kommt',
    never: 'Nie: gar keine Mail',
  },
  button: 'Speichern',
  chosen: 'gewählt',
  heldTitle: 'Was über Sie aufbewahrt wird',
  held: {
    address: 'Wege, Sie zu erreichen',
    person: 'Ihr Name und wo Sie arbeiten',
    birthday: 'Ihr Geburtstag',
    meetings: 'Wo Sie sich begegnet sind',
    notes: 'Notizen zu Gesprächen',
    promises: 'Was Ihnen versprochen wurde',
    mails: 'Mails an Sie',
    answers: 'Ihre Antworten',
  },
  since: (date) => `seit ${date}`,
  done: 'Gespeichert. Es gilt ab sofort.',
  choose: 'Nichts wurde gespeichert: Bitte wählen Sie eines der vier.',
  erase: (owner) =>
    `Soll alles gelöscht werden, antworten Sie einfach auf die Mail und bitten ${owner} darum.`,
  gone: 'Dieser Link führt nirgendwohin: Er ist vertippt, oder über Sie ist nichts mehr gespeichert.',
};

const FR: PageWords = {
  title: 'Que souhaitez-vous recevoir ?',
  lead: (owner) =>
    `${owner} vous a écrit avec Followthrough. Choisissez ce qui vous convient ; aucun compte n’est nécessaire.`,
  choices: {
    'less-often': 'Moins souvent : au plus un message en trente jours',
    'no-congratulations': 'Pas de félicitations',
    'only-answers': 'Seulement après un message de ma part : rien d’automatique',
    never: 'Jamais : plus aucun message',
  },
  button: 'Enregistrer',
  chosen: 'choisi',
  heldTitle: 'Ce qui est conservé à votre sujet',
  held: {
    address: 'Les moyens de vous joindre',
    person: 'Votre nom et votre lieu de travail',
    birthday: 'Votre anniversaire',
    meetings: 'Où vous vous êtes rencontrés',
    notes: 'Des notes sur ce qui s’est dit',
    promises: 'Ce qui vous a été promis',
    mails: 'Les messages qui vous ont été envoyés',
    answers: 'Vos réponses',
  },
  since: (date) => `depuis le ${date}`,
  done: 'C’est enregistré, avec effet immédiat.',
  choose: 'Rien n’a été enregistré : choisissez l’une des quatre possibilités.',
  erase: (owner) => `Pour tout faire effacer, répondez simplement au message et demandez-le à ${owner}.`,
  gone: 'Ce lien ne mène nulle part : il est mal recopié, ou plus rien n’est conservé à votre sujet.',
};

const ES: PageWords = {
  title: '¿Qué desea recibir?',
  lead: (owner) => `${owner} le ha escrito con Followthrough. Elija lo que prefiera; no hace falta cuenta.`,
  choices: {
    'less-often': 'Con menos frecuencia: como mucho un correo en treinta días',
    'no-congratulations': 'Sin felicitaciones',
    'only-answers': 'Solo si escribo yo: nada que empiece por sí solo',
    never: 'Nunca: ningún correo',
  },
  button: 'Guardar',
  chosen: 'elegido',
  heldTitle: 'Lo que se guarda sobre usted',
  held: {
    address: 'Cómo localizarle',
    person: 'Su nombre y dónde trabaja',
    birthday: 'Su cumpleaños',
    meetings: 'Dónde se conocieron',
    notes: 'Notas de lo que se habló',
    promises: 'Lo que se le prometió',
    mails: 'Correos que se le enviaron',
    answers: 'Sus respuestas',
  },
  since: (date) => `desde ${date}`,
  done: 'Guardado. Vale desde este momento.',
  choose: 'No se ha guardado nada: elija una de las cuatro opciones.',
  erase: (owner) => `Para que se borre todo, conteste al correo y pídaselo a ${owner}.`,
  gone: 'Este enlace no lleva a ninguna parte: está mal escrito, o ya no se guarda nada sobre usted.',
};

const IT: PageWords = {
  title: 'Che cosa desidera ricevere?',
  lead: (owner) =>
    `${owner} Le ha scritto con Followthrough. Scelga ciò che preferisce; non serve alcun account.`,
  choices: {
    'less-often': 'Meno spesso: al massimo una mail in trenta giorni',
    'no-congratulations': 'Niente auguri',
    'only-answers': 'Solo se scrivo io: nulla che parta da sé',
    never: 'Mai: nessuna mail',
  },
  button: 'Salva',
  chosen: 'scelto',
  heldTitle: 'Che cosa è conservato su di Lei',
  held: {
    address: 'Come raggiungerLa',
    person: 'Il Suo nome e dove lavora',
    birthday: 'Il Suo compleanno',
    meetings: 'Dove vi siete conosciuti',
    notes: 'Appunti su ciò che è stato detto',
    promises: 'Ciò che Le è stato promesso',
    mails: 'Le mail inviate a Lei',
    answers: 'Le Sue risposte',
  },
  since: (date) => `dal ${date}`,
  done: 'Salvato. Vale da questo momento.',
  choose: 'Nulla è stato salvato: scelga una delle quattro possibilità.',
  erase: (owner) => `Per far cancellare tutto, risponda alla mail e lo chieda a ${owner}.`,
  gone: 'Questo link non porta da nessuna parte: è scritto male, o su di Lei non è più conservato nulla.',
};

const PT: PageWords = {
  title: 'O que gostaria de receber?',
  lead: (owner) =>
    `${owner} escreveu-lhe com o Followthrough. Escolha o que preferir; não é preciso ter conta.`,
  choices: {
    'less-often': 'Menos vezes: no máximo um e-mail em trinta dias',
    'no-congratulations': 'Sem felicitações',
    'only-answers': 'Só depois de eu escrever: nada que comece por si',
    never: 'Nunca: nenhum e-mail',
  },
  button: 'Guardar',
  chosen: 'escolhido',
  heldTitle: 'O que está guardado sobre si',
  held: {
    address: 'Formas de entrar em contacto consigo',
    person: 'O seu nome e onde trabalha',
    birthday: 'O seu aniversário',
    meetings: 'Onde se encontraram',
    notes: 'Notas do que foi dito',
    promises: 'O que lhe foi prometido',
    mails: 'E-mails que lhe foram enviados',
    answers: 'As suas respostas',
  },
  since: (date) => `desde ${date}`,
  done: 'Guardado. Vale a partir deste momento.',
  choose: 'Nada foi guardado: escolha uma das quatro opções.',
  erase: (owner) => `Para apagar tudo, basta responder ao e-mail e pedir a ${owner}.`,
  gone: 'Este link não leva a lado nenhum: está mal escrito, ou já nada está guardado sobre si.',
};

const NL: PageWords = {
  title: 'Wat wil je ontvangen?',
  lead: (owner) =>
    `${owner} heeft je met Followthrough geschreven. Kies wat je uitkomt; een account is niet nodig.`,
  choices: {
    'less-often': 'Minder vaak: hoogstens één mail in dertig dagen',
    'no-congratulations': 'Geen felicitaties',
    'only-answers': 'Alleen als ik schrijf: niets dat vanzelf begint',
    never: 'Nooit: helemaal geen mail',
  },
  button: 'Opslaan',
  chosen: 'gekozen',
  heldTitle: 'Wat er over je wordt bewaard',
  held: {
    address: 'Hoe je te bereiken bent',
    person: 'Je naam en waar je werkt',
    birthday: 'Je verjaardag',
    meetings: 'Waar jullie elkaar ontmoetten',
    notes: 'Notities van wat er is gezegd',
    promises: 'Wat je is beloofd',
    mails: 'Mails aan jou',
    answers: 'Je antwoorden',
  },
  since: (date) => `sinds ${date}`,
  done: 'Opgeslagen. Het geldt vanaf nu.',
  choose: 'Er is niets opgeslagen: kies een van de vier.',
  erase: (owner) => `Wil je alles laten wissen, beantwoord dan gewoon de mail en vraag het ${owner}.`,
  gone: 'Deze link leidt nergens heen: hij is verkeerd overgetikt, of er wordt niets meer over je bewaard.',
};

const SV: PageWords = {
  title: 'Vad vill du få?',
  lead: (owner) =>
    `${owner} har skrivit till dig med Followthrough. Välj det som passar dig; inget konto behövs.`,
  choices: {
    'less-often': 'Mer sällan: högst ett mejl på trettio dagar',
    'no-congratulations': 'Inga gratulationer',
    'only-answers': 'Bara när jag skriver: inget som börjar av sig självt',
    never: 'Aldrig: inga mejl alls',
  },
  button: 'Spara',
  chosen: 'valt',
  heldTitle: 'Vad som sparas om dig',
  held: {
    address: 'Hur du kan nås',
    person: 'Ditt namn och var du arbetar',
    birthday: 'Din födelsedag',
    meetings: 'Var ni har träffats',
    notes: 'Anteckningar om vad som sagts',
    promises: 'Vad du har blivit lovad',
    mails: 'Mejl till dig',
    answers: 'Dina svar',
  },
  since: (date) => `sedan ${date}`,
  done: 'Sparat. Det gäller från och med nu.',
  choose: 'Inget sparades: välj ett av de fyra.',
  erase: (owner) => `Vill du att allt raderas, svara bara på mejlet och be ${owner} om det.`,
  gone: 'Länken leder ingenstans: den är felskriven, eller så sparas inget längre om dig.',
};

const PL: PageWords = {
  title: 'Co chce Pan/Pani dostawać?',
  lead: (owner) =>
    `${owner} – od tej osoby przyszła do Pana/Pani wiadomość wysłana przez Followthrough. Proszę wybrać to, co odpowiada; konto nie jest potrzebne.`,
  choices: {
    'less-often': 'Rzadziej: najwyżej jedna wiadomość na trzydzieści dni',
    'no-congratulations': 'Bez życzeń i gratulacji',
    'only-answers': 'Tylko gdy sam(a) napiszę: nic, co zaczyna się samo',
    never: 'Nigdy: żadnych wiadomości',
  },
  button: 'Zapisz',
  chosen: 'wybrano',
  heldTitle: 'Co jest o Panu/Pani przechowywane',
  held: {
    address: 'Sposoby kontaktu',
    person: 'Imię i nazwisko oraz miejsce pracy',
    birthday: 'Data urodzin',
    meetings: 'Miejsca spotkań',
    notes: 'Notatki z rozmów',
    promises: 'Złożone obietnice',
    mails: 'Wysłane wiadomości',
    answers: 'Odpowiedzi',
  },
  since: (date) => `od ${date}`,
  done: 'Zapisano. Obowiązuje od tej chwili.',
  choose: 'Nic nie zapisano: proszę wybrać jedną z czterech możliwości.',
  erase: (owner) => `Aby wszystko usunąć, wystarczy odpowiedzieć na wiadomość i poprosić o to (${owner}).`,
  gone: 'Ten link donikąd nie prowadzi: jest błędnie przepisany albo nic już nie jest przechowywane.',
};

const JA: PageWords = {
  title: '何を受け取りたいですか',
  lead: (owner) =>
    `${owner} さんが Followthrough を使ってあなたにメールを送りました。ご希望をお選びください。登録は不要です。`,
  choices: {
    'less-often': '回数を減らす：多くても三十日に一通',
    'no-congratulations': 'お祝いのメールは不要',
    'only-answers': '自分が書いたときだけ：自動で始まるものは不要',
    never: '一切不要：メールを受け取らない',
  },
  button: '保存',
  chosen: '選択済み',
  heldTitle: 'あなたについて保存されているもの',
  held: {
    address: '連絡先',
    person: 'お名前と勤務先',
    birthday: 'お誕生日',
    meetings: 'お会いした場所',
    notes: 'お話の記録',
    promises: 'あなたへの約束',
    mails: 'あなたに送ったメール',
    answers: 'あなたからの返信',
  },
  since: (date) => `${date} から`,
  done: '保存しました。ただいまから有効です。',
  choose: '保存されていません。四つのうち一つをお選びください。',
  erase: (owner) => `すべての削除をご希望でしたら、メールに返信して ${owner} さんにその旨をお伝えください。`,
  gone: 'このリンクは無効です。アドレスが誤っているか、あなたについて保存されているものはもうありません。',
};

const ZH: PageWords = {
  title: '您想收到什么？',
  lead: (owner) => `${owner} 通过 Followthrough 给您写了信。请选择适合您的方式，无需账号。`,
  choices: {
    'less-often': '少一些：三十天内最多一封',
    'no-congratulations': '不要祝贺邮件',
    'only-answers': '只在我写信之后：不要自动发起的邮件',
    never: '不再接收：任何邮件都不要',
  },
  button: '保存',
  chosen: '已选',
  heldTitle: '保存了哪些关于您的信息',
  held: {
    address: '您的联系方式',
    person: '您的姓名和工作单位',
    birthday: '您的生日',
    meetings: '见面的地点',
    notes: '谈话记录',
    promises: '对您的承诺',
    mails: '发给您的邮件',
    answers: '您的回复',
  },
  since: (date) => `自 ${date} 起`,
  done: '已保存，即刻生效。',
  choose: '尚未保存：请从四项中选择一项。',
  erase: (owner) => `如需全部删除，只需回复邮件告诉 ${owner}。`,
  gone: '此链接无效：地址有误，或已不再保存任何关于您的信息。',
};

/** By ISO 639-1: the languages in which a mail can say its way out. */
const WORDS = new Map<string, PageWords>(
  Object.entries({ en: EN, de: DE, fr: FR, es: ES, it: IT, pt: PT, nl: NL, sv: SV, pl: PL, ja: JA, zh: ZH }),
);

export const PAGE_LANGUAGES: readonly string[] = [...WORDS.keys()];

/**
 * @param accepted the browser's Accept-Language (RFC 9110, 12.5.4): its dearest of those we have, else that of the mail
 * @param mail BCP 47
 */
export function wordsFor(accepted: string, mail: string): { lang: string; words: PageWords } {
  const asked = accepted
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', weight = 'q=1'] = range.split(';').map((part) => part.trim());
      return { tag, q: Number(/^q=([\d.]+)$/i.exec(weight)?.[1] ?? 0) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { tag } of [...asked, { tag: mail }]) {
    const lang = tag.toLowerCase().split('-')[0] ?? '';
    const words = WORDS.get(lang);
    if (words) return { lang, words };
  }
  return { lang: 'en', words: EN };
}
