import { LEFT } from './absence-words.js';
import { shortSentences, wholeWords } from './auto-sentences.js';
import { addressesIn } from './mail.js';

/** Whom an absence note sends its reader to. Addresses in lower case. */
export interface AbsenceContacts {
  /** Who stands in, or took over for good. */
  delegate: string | null;
  delegateName: string | null;
  /** Where the person can be found from now on. */
  newAddress: string | null;
}

/** The sentence sends its reader to somebody. */
const TURN_TO = new RegExp(
  `${
    wholeWords(
      'contact|contacting|ping|ask|text|reach(?:ing)? out|get in touch|e-?mail|write|call|speak|refer|direct(?:ed)?|forward(?:ed)?|address(?:ed)?|copy|reach|turn to|covering|cover|standing in|stand in|filling in|backup|back-up|taken over|taking over|takes over|replac\\p{L}{2,5}|successor|assist(?:ed|ance)?|help|support|cc|looking after|responsible|urgent(?:ly)?|emergency|immediate|will be (?:handling|taking)',
      'wenden|kontaktier\\p{L}{0,2}|kontakt(?:aufnahme)?|vertret\\p{L}{0,4}|vertritt|vertretung|schreib(?:en|e|t)?|sende[nt]?|schick\\p{L}{1,2}|ansprechpartner\\p{L}{0,3}|übernimm\\p{L}|übernommen|nachfolg\\p{L}{1,5}|hilft|helfen|dringend\\p{L}{0,2}|eilig\\p{L}{0,2}|notf(?:all|älle\\p{L}?)|anliegen|zur verfügung|erreich\\p{L}{1,3}|richten|melden',
      'contact(?:er|ez)?|adress(?:er|ez)|joindre|joignable|écri(?:re|vez)|rempla[cç]\\p{L}{1,5}|successeur|intérim|urgen(?:t|ts|te|ce|ces)|disposition|tourner|transmettre|envoy(?:er|ez)|interlocut\\p{L}{3,5}|suppléan\\p{L}{1,2}|relais',
      'contact(?:ar|e|o|en)?|habl(?:ar|e|en)|póngase|ponerse|ponte|diríjase|dirigirse|dirigir|env[ií](?:e|a|ar|en)|remit\\p{L}{1,3}|escrib\\p{L}{1,4}|urgen(?:te|tes|cia|cias)|sustitu\\p{L}{1,4}|reemplaz\\p{L}{1,4}|sucesor\\p{L}?|atender\\p{L}{0,2}|ayudar\\p{L}{0,2}|comun\\p{L}{2,8}',
      'contatt\\p{L}{1,7}|invi(?:are|i|ate)|rivolg\\p{L}{1,7}|scriv\\p{L}{1,5}|sostitu\\p{L}{1,5}|urgen(?:te|ti|za|ze)|riferimento|successore|assistenza|disposizione|subentr\\p{L}{1,4}',
      'contat(?:e|ar|ar-se|em|o|acte|acto|actar|actem)|contact(?:e|o|ar|em)|escrev\\p{L}{1,3}|encaminh\\p{L}{1,3}|direcion\\p{L}{1,3}|envi(?:e|ar|em)|dirij\\p{L}{1,3}|substitu\\p{L}{1,4}|urgências?|entr(?:e|ar) em|procur\\p{L}{1,3}|sucessor\\p{L}?|ajud\\p{L}{1,3}|fal(?:e|em|ar)|assuntos?',
      'contact(?:eren|eer|persoon)?|terecht|stuur|sturen|wend(?:en|t)?|vervang\\p{L}{1,4}|vervangt|opvolg\\p{L}{1,4}|overgenomen|neemt|spoed\\p{L}{0,8}|dringend\\p{L}?|mailen|mail|bereiken|helpen|helpt|waarneming|waar',
      'kontakta|vänd\\p{L}?|hänvisa\\p{L}?|mejla|maila|skickas?|ersätt\\p{L}{1,3}|efterträd\\p{L}{1,3}|brådskande|akuta?|hjälp\\p{L}{0,3}|kontakte?|henvend\\p{L}{0,3}|haste\\p{L}{0,6}|akutt|vikar\\p{L}{0,5}|skriv|ring|ota(?:thän)? yhteyttä|yhteyttä|yhteys|sijais\\p{L}{1,5}|kiireelli\\p{L}{1,6}',
      'kontakt(?:ować|u)?|skontaktować|zastęp\\p{L}{1,5}|zastąpi|pisać|kierować|wysyłać|przes(?:łać|yłać)|piln\\p{L}{1,4}|następc\\p{L}{1,3}|przejął|przejęła|pomoże|pomocą|kontaktujte|obraťte|obracejte|zastup\\p{L}{1,4}|naléhav\\p{L}{1,3}|обра(?:щайтесь|титесь|щаться|титься)|свяжитесь|связаться|пишите|замеща\\p{L}{1,3}|срочн\\p{L}{1,4}|iletişim\\p{L}{0,3}|ulaş\\p{L}{2,8}|başvur\\p{L}{2,8}|acil',
    ).source
  }|ご?連絡|お問い?合わせ|までお願い|担当|後任|代理|お?急ぎ|緊急|至急|宛(?:て|に)|联系|聯絡|聯繫|联络|紧急|緊急|接替|接任|接手|代理|代为|代為|负责|負責|请发|請發|转发|轉發|急事|洽|[来來]信|找`,
  'iu',
);

/** The sentence says where the writer himself can be found. */
const REACH_ME = new RegExp(
  `${
    wholeWords(
      'reach me|contact me|find me|write to me|e-?mail me|stay in touch|keep in touch|in touch with me|get hold of me|my new (?:\\p{L}{1,12} )?(?:e-?mail|address|contact|work)|new (?:e-?mail )?address (?:is|below)?|(?:my|your) (?:personal|private) (?:e-?mail|address)|personal e-?mail|update your (?:address|contacts?)|my e-?mail address has changed|(?:has )?changed to',
      'mich (?:\\p{L}{2,12} ){0,3}(?:unter|über|erreichen|per|privat)|erreichen sie mich|erreichst du mich|erreichbar bin ich|bin ich (?:\\p{L}{2,12} ){0,3}unter|neuen? (?:e-?mail-?)?(?:mail)?adresse|meine neue\\p{L}?|in kontakt bleiben|privat erreich\\p{L}{2,4}',
      'me (?:joindre|contacter|écrire|retrouver)|nouvelle adresse|nouveau courriel|rester en contact',
      'contactarme|escribirme|localizarme|encontrarme|nueva dirección|nuevo (?:correo|e-?mail)|mantener el contacto|seguir en contacto|mi correo personal',
      '(?:contattate|scrivete|scrivi|contatta)mi|contattarmi|scrivermi|raggiungermi|trovarmi|nuovo indirizzo|nuova (?:e-?mail|mail)|restare in contatto|rimanere in contatto',
      'contactar-me|contatar-me|me contatar|me encontrar|escrever-me|novo (?:endereço|e-?mail)|manter(?:mos)? (?:o )?contacto?',
      '(?:mij|me) (?:\\p{L}{2,12} ){0,3}(?:bereiken|mailen|vinden|contacteren)|ben ik (?:\\p{L}{2,12} ){0,3}bereikbaar|nieuwe? (?:(?:e-?)?mail-?)?adres|contact houden',
      '(?:nå|kontakta) mig|når (?:du|ni) mig|nås jag|ny(?:tt|a)? (?:\\p{L}{1,8} )?(?:e-?post|mejl|mail)?adress|min nya|hålla kontakten|(?:nå|kontakte) meg|få fat i mig|nye? (?:e-?post|mail)?adresse|uusi (?:sähköposti)?osoit\\p{L}{1,4}|minut tavoittaa',
      'ze mną|do mnie|nowy adres|moj(?:ego|ym) now\\p{L}{1,3}|(?:na )?nov(?:á|ou|é) (?:e-?mailov\\p{L}{1,2} )?adres\\p{L}|mne zastihnete|kontaktovat mě|со мной|мой новый|новый адрес|bana|yeni e-?posta',
    ).source
  }|新しい(?:メール)?アドレス|新(?:メール)?アドレス|新(?:的)?(?:邮箱|郵箱|电邮|電郵|邮件地址|信箱|地址)|(?:联系|聯絡|聯繫)我(?![的们們])|私(?:への|宛)`,
  'iu',
);

/** "From now on", which is said of a successor too. */
const HENCEFORTH = wholeWords(
  'from now on|henceforth|künftig|zukünftig|ab sofort|désormais|a partir de ahora|en adelante|d.ora in poi|doravante|voortaan|hädanefter',
);

/** "ada (at) example [dot] com": hidden from machines, not from readers. */
const HIDDEN =
  /([\w.+-]{1,64})\s?[[({]\s?(?:at|ät|æt|arroba|chiocciola|a|@)\s?[\])}]\s?([\w-]{1,63}(?:(?:\.|\s?[[({]\s?(?:dot|punkt|point|punto|ponto|\.)\s?[\])}]\s?)[\w-]{1,63}){1,4})/giu;
const HIDDEN_DOT = /\s?[[({][^\])}]{1,8}[\])}]\s?/gu;

/** "Press: Ada Hill, " before an address: what a desk or a person is for. The writer's own line says "E-mail:". */
const LABELLED =
  /(?<!\p{L})(?!e-?mail|mail|web|site|internet|courriel|correo|adress)(?:\p{L}{4,30}|hr|rh|it|pr|\p{Script=Han}{2,8}(?<![件邮郵箱址]))\s?[:：]\s{0,3}(?:[^\s@:：]{1,30}\s){0,5}[(（<]?$/iu;

/** What may stand before a name: "contact my colleague Ms". */
const TITLES =
  '(?:my |our |the |to |with |colleague,? |colleagues |assistant |manager |deputy |successor,? |supervisor |team lead |boss |mr\\.? |mrs\\.? |ms\\.? |dr\\.? |prof\\.? |meine[nr]? |unsere[nr]? |an |bei |herrn? |frau |kolleg(?:e|en|in) |vertretung,? |nachfolger(?:in)?,? |mon |ma |notre |collègue |collaborat(?:eur|rice) |remplaçante? |monsieur |madame |m\\. |mme |mi |a |con |compañer[oa] |colega |sr\\.? |sra\\.? |don |doña |collega |il |la |mio |mia |al |alla |sig\\.? |sig\\.ra |dott\\.? |o |meu |minha |com |mijn |met |bij |de heer |mevrouw |min |kollega |moją |moim |z |panią |panem |koleżanką |kolegą |: )';
const NAME =
  "(\\p{Lu}[\\p{Ll}\\p{L}'’-]{1,24}(?:\\s(?:(?:von|van|de|da|del|della|der|den|di|dos|af|ter|le|la|el)\\s){0,2}\\p{Lu}[\\p{L}'’.-]{0,24}){0,3})";
const NAMED = new RegExp(
  `(?:[Cc]ontact(?:ez|er|ar|e|o)?|[Rr]each out to|[Gg]et in touch with|[Rr]each|[Ee]-?mail|[Ww]rite to|[Cc]all|[Tt]urn to|[Ss]peak (?:to|with)|[Rr]efer to|[Ss]uccessor(?: is)?|[Cc]olleagues?,?|wenden Sie sich|wende dich|[Kk]ontaktieren Sie|[Vv]ertretung(?: ist| übernimmt)?:?|vertritt mich|[Nn]achfolger(?:in)?(?: ist)?|adresser|vous adresser|adressez-vous|joindre|[Dd]iríjase|contacto|rivolgersi|rivolgetevi|contattare|contatar|entre em contacto?|contact op(?:nemen)? met|contact op|terecht|[Kk]ontakta|vänd dig till|kontakt(?:ować się)?|skontaktować się)\\s{1,2}(?:please )?((?:${TITLES}){0,4})${NAME}`,
  'gu',
);
/** "Bob Example is standing in for me." */
const NAME_FIRST = new RegExp(
  `${NAME}(?:,? [^.!?@]{0,40})? (?:will (?:be )?(?:cover|assist|help|tak|handl|stand|look)\\p{L}{0,4}|is (?:covering|standing in|taking over|my (?:backup|successor|replacement))|has taken over|can (?:help|assist)|vertritt|hilft|übernimmt|steht Ihnen|steht dir|me remplace|assure|prendra|me sustituye|mi sostituisce|vervangt|ersätter|zastępuje|substitui)`,
  'u',
);
const NAMED_CJK =
  /(?:後任の|後任は、?|担当の|担当は、?|担当者の|同僚の|代理の|代理は、?|弊社の?|同事|后任|後任|接替(?:人|者)?(?:是|为|為)?|联系|聯絡|聯繫)\s?([\p{Script=Han}]{2,3}(?:[ \u3000]?[\p{Script=Han}]{1,2})?)(?=[（(：:，,、\s。先女小さ様がまに宛\p{P}]|$)/u;

/** Signs that stand beside an address without a space; none of them is part of one. */
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff0f\uff1a-\uff20ー]+/gu;

/** "Ada Hill (ada@example.com)": a note names nobody so but whom to turn to, whatever its words. */
const NAMED_ADDRESS = /\p{Lu}\p{Ll}{1,24} \p{Lu}[\p{L}’'-]{1,24},?\s?[(<[]\s?[\w.+-]{1,64}@/u;

/** What the languages write with a capital before a name. */
const TITLE =
  /^(?:Frau|Herrn?|Mr|Mrs|Ms|Dr|Prof|Mme|Madame|Monsieur|Sra?|Sig|Sig\.ra|Dott|Mevrouw|Kolleg(?:e|en|in)|Vertretung|Nachfolger(?:in)?)\.?\s+/u;

/** A desk is no person. */
const DESK =
  /^(?:the|our|my|me|us|them|him|her|if|in|at|on|please|sales|support|service|team|customer|help|office|reception|info|hr|it|department|main|general|switchboard|client|technical|account|billing|any|anyone|someone|another|else|kundenservice|support-team|zentrale|sekretariat|vertrieb|empfang|kollegen|mich|sie|bitte|das|die|der|den|unser|unsere|service|accueil|secrétariat|standard|le|la|les|l|secretaría|recepción|atención|servicio|segreteria|ufficio|assistenza|atendimento|receptie|secretariaat|klantenservice|receptionen|växeln|biuro|sekretariat|monday|i|ich|je|mail|email|e-mail|phone|tel|telefon)$/iu;

/** The first person a sentence names where it sends its reader. */
function nameIn(sentence: string): string | null {
  const found = [
    ...[...sentence.matchAll(NAMED)].map((match) => match[2]),
    NAME_FIRST.exec(sentence)?.[1],
    NAMED_CJK.exec(sentence)?.[1],
  ];
  for (const each of found) {
    const name =
      each
        ?.trim()
        .replace(TITLE, '')
        .replace(TITLE, '')
        .replace(/[.'’-]+$/u, '') ?? '';
    const first = name.split(/[\s-]/u)[0] ?? '';
    if (name === '' || DESK.test(first) || DESK.test(name)) continue;
    if (/\b(?:Team|Support|Service|Services|Desk|Office|Department|GmbH|AG|Inc|Ltd)\b/u.test(name)) continue;
    return name;
  }
  return null;
}

/** What an address is called after, where that is a person: `ada.hill@` is called after ada and hill. */
const namesOf = (address: string): string[] =>
  (address.split('@')[0] ?? '').split(/[^\p{L}]+/u).filter((part) => part.length > 2 && !DESK.test(part));

const houseOf = (address: string): string => address.replace(/^.*@/u, '@');

/** "hello@adahill.example": a house that bears the writer's name. */
const bears = (address: string, names: readonly string[]): boolean =>
  names.some((name) => name.length > 3 && houseOf(address).includes(name));

/**
 * The stand-in and the new address in the writer's own words.
 * @param standing `left`: gone for good. `unsaid`: the note says neither that nor when the writer is back.
 * @param writer the address that answered. @param ours the addresses it answered to.
 */
export function absenceContacts(
  own: string,
  standing: 'left' | 'away' | 'unsaid',
  writer: string,
  ours: readonly string[],
): AbsenceContacts {
  const known = new Set([writer, ...ours].map((address) => address.toLowerCase()));
  const house = houseOf(writer.toLowerCase());
  const names = namesOf(writer.toLowerCase());
  const result: AbsenceContacts = { delegate: null, delegateName: null, newAddress: null };
  const shown = own.replace(
    HIDDEN,
    (_hidden, user: string, domain: string) => `${user}@${domain.replace(HIDDEN_DOT, '.')}`,
  );
  // "Please contact:" and the address often stand in paragraphs of their own.
  const strangers = new Set<string>();
  const labelled: string[] = [];
  let turned = false;
  let reaching = false;
  for (const sentence of shortSentences(shown).flatMap((each) => each.split(/[;；]\s*/u))) {
    const words = sentence.replace(/[\w.+-]{1,64}@[\w.-]{1,255}/gu, ' ');
    const plain = sentence.replace(CJK, ' ');
    const found = addressesIn(plain).filter((address) => !known.has(address));
    for (const each of found) {
      // "The inbox old@example.com is no longer in use" sends nobody there.
      if (!LEFT.test(words)) strangers.add(each);
      const lead = sentence.slice(0, sentence.toLowerCase().indexOf(each));
      if (LABELLED.test(lead.slice(-120)) && each.endsWith(house)) labelled.push(each);
    }
    const address = found[0];
    // Who is not said to be away and has an address elsewhere that is called after them lives there now.
    const moved =
      standing !== 'away' &&
      address !== undefined &&
      houseOf(address) !== house &&
      (namesOf(address).some((name) => names.some((own) => name.startsWith(own))) || bears(address, names));
    const sends = TURN_TO.test(words) || NAMED_ADDRESS.test(sentence);
    const reach = moved || REACH_ME.test(sentence) || (!sends && HENCEFORTH.test(sentence));
    const turn = sends && !reach;
    if (address !== undefined) {
      if (reach || (reaching && !turn)) {
        if (standing === 'left' || moved) result.newAddress ??= address;
      } else if (turn || turned) result.delegate ??= address;
    }
    if (turn) result.delegateName ??= nameIn(sentence);
    if (address !== undefined || turn || reach) {
      turned = turn && address === undefined;
      reaching = reach && address === undefined;
    }
  }
  if (result.newAddress !== null) return result;
  // One address of the writer's own house, and no other: it was not put there for nothing.
  const [only, ...others] = strangers;
  result.delegate ??= (others.length === 0 && only?.endsWith(house) ? only : labelled[0]) ?? null;
  return result;
}
