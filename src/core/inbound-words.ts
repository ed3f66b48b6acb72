import { Temporal } from 'temporal-polyfill';
import { sentences } from './inbound-text.js';

/** Words of eight languages (en, de, fr, es, it, pt, nl, sv) and the small readers that rest on them. */

/** Subjects that only a machine writes. */
export const AUTO_SUBJECT =
  /^\s*(?:\[[^\]]{0,20}\]\s*)?(?:automatic(?:ally generated)? reply|auto[- ]?(?:matic )?(?:reply|response|responder)|autoreply|autoresponse|out of (?:the )?office (?:auto ?reply|notification|notice|message)|vacation (?:reply|response|notice)|abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|assistent)|automatische (?:antwort|abwesenheit)|auto-?antwort|réponse automatique|reponse automatique|message d['’]absence|notification d['’]absence|respuesta automática|respuesta automatica|notificación de ausencia|mensaje automático|risposta automatica|messaggio automatico|notifica di assenza|resposta automática|resposta automatica|mensagem automática|aviso de ausência|automatisch antwoord|automatische reactie|afwezigheids(?:bericht|melding|assistent)|autosvar|automatiskt svar|automatsvar|frånvaromeddelande)(?!\p{L})/iu;

/** Subjects that a person might write too: the body has to say the same in the present tense. */
export const ABSENT_SUBJECT =
  /(?:^\s*|[([:–—-]\s*)(?:out of (?:the )?office|ooo|away from (?:the |my )?(?:office|desk)|on (?:vacation|holiday|leave)|abwesen(?:d|heit)|nicht im (?:büro|haus)|im urlaub|absen(?:t|te|ce)|en (?:congés?|vacances)|fuera de (?:la )?oficina|ausente|ausencia|de vacaciones|fuori (?:ufficio|sede)|assente|assenza|in ferie|fora do escritório|ausência|de férias|afwezig|niet op kantoor|met vakantie|frånvar(?:o|ande)|inte på kontoret|på semester)(?!\p{L})/iu;
export const ABSENT_BODY =
  /(?:i(?:['’]m| am| will be|['’]ll be)[^.!?\n]{0,40}\b(?:out of|away|on (?:vacation|holiday|leave|parental|maternity)|travel+ing|not (?:in|available))|ich (?:bin|befinde mich|werde)[^.!?\n]{0,60}(?:nicht (?:im|am|erreichbar|verfügbar)|abwesend|im urlaub|außer haus|unterwegs)|derzeit nicht|je (?:suis|serai)[^.!?\n]{0,50}(?:absente?|en (?:congés?|vacances|déplacement)|injoignable)|(?:estoy|estaré|me encuentro)[^.!?\n]{0,40}(?:fuera|ausente|de vacaciones)|(?:sono|sarò)[^.!?\n]{0,40}(?:assente|fuori|in ferie)|(?:estou|estarei)[^.!?\n]{0,40}(?:fora|ausente|de férias)|ik ben[^.!?\n]{0,40}(?:afwezig|niet (?:op|aanwezig)|met vakantie|vrij)|jag är[^.!?\n]{0,40}(?:inte|borta|ledig|på semester|frånvarande)|limited access to (?:my )?e-?mail|no access to (?:my )?e-?mail)/iu;

export const BOUNCE_SUBJECT =
  /undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|problem|report|notification)|(?:mail|message|delivery) (?:delivery )?(?:failed|failure|error|delayed)|fail(?:ed|ure) (?:notice|delivery)|returned (?:mail|to sender)|could not be delivered|not delivered|non remis|non distribuable|échec de (?:la )?remise|unzustellbar|nicht zustellbar|zustellung|no se (?:puede|pudo) entregar|no entregado|mancata consegna|impossibile consegnare|não entregue|falha na entrega|onbestelbaar|kunde inte levereras|kan inte levereras/iu;
/** A notice that delivery is still being tried: nothing is lost yet. */
export const BOUNCE_DELAY =
  /delay(?:ed)?|will (?:keep|be) (?:trying|retried|re-?tried)|still being tried|not yet been delivered|temporar(?:y|ily)|transient|no action is required|try again|verzögert|vorübergehend|over quota|mailbox (?:is )?full|quota exceeded/iu;
export const BOUNCE_FINAL =
  /permanent|fatal|user unknown|unknown user|no such (?:user|recipient|mailbox|address)|does not exist|doesn['’]t exist|not found|invalid (?:recipient|address|mailbox)|address rejected|undeliverable|could not be delivered|couldn['’]t be delivered|wasn['’]t delivered|delivery failed|giving up|unzustellbar|nicht zugestellt/iu;

/** The whole message is no more than this. */
const BARE_OUT =
  /^(?:please |pls |bitte |kindly )?(?:no more|stop|please stop|unsubscribe|opt(?:ing)? out|remove|abmelden|abbestellen|austragen|keine mails mehr|désabonner|désinscription|se désabonner|stop svp|darse de baja|baja|no más|cancellami|basta|disiscrivimi|descadastrar|cancelar inscrição|sair|chega|uitschrijven|afmelden|avregistrera|avsluta prenumeration|sluta)(?: please| pls| now| thanks| thank you| me| bitte| danke| merci| gracias| grazie| obrigad[oa]| bedankt| tack)*$/iu;
const MAILS = '(?:e-?mails?|mails?|messages?|mailings?|contact|follow-?ups?)';
const WANTS_OUT: RegExp[] = [
  new RegExp(`\\bno (?:more|further) (?:of (?:these|your) )?${MAILS}\\b`, 'iu'),
  /(?:^|please |pls |kindly |want to |like to |wish to |me to |(?:you|i) (?:can|may|could) )(?:be )?unsubscribed?(?: me| my| from|[.!]|$)|\bunsubscribe me\b/iu,
  /\b(?:remove|delete|take) (?:me|my (?:e-?mail|address|name|data|details|contact)[\w -]{0,20})(?: off| from| out|[.!]|$)/iu,
  /\bstop (?:e-?mailing|mailing|writing(?: to)?|contacting|messaging|bothering|spamming) (?:me|us)\b|\bstop sending (?:me|us|these|this|such|more|e-?mails?|mails?|messages?)\b|\bplease (?:just )?stop(?: it| this| now)?[.!]*$|\bstop (?:these|the|your) (?:e-?mails?|mails?|messages?)\b/iu,
  /\b(?:do not|don['’]t|dont|never) (?:ever )?(?:contact|e-?mail|write(?: to)?|message|mail|bother) (?:me|us)(?: ever)?(?: again| any ?more| further|[.!]|$)/iu,
  /\bopt (?:me )?out\b(?! of (?:office|the office))|\bleave me alone\b|\bcease and desist\b|\btake me off\b/iu,
  /\bkeine (?:weiteren |weitere )?(?:e-?)?(?:mails?|nachrichten|werbung)(?: an mich)?(?: mehr|[.!]|$)|\bbitte keine (?:weiteren |weitere )?(?:e-?)?(?:mails?|nachrichten)\b/iu,
  /\bnicht (?:mehr|weiter) (?:an(?:zu)?schreiben|(?:zu )?kontaktieren|an(?:zu)?mailen|(?:zu )?schreiben|(?:zu )?belästigen)|\b(?:schreib(?:en sie|t)?|kontaktier(?:en sie|e|t)?) (?:mir|mich|uns)(?: bitte)? nicht mehr/iu,
  /\b(?:trag(?:en sie)?|nehm(?:en sie)?|nimm) mich (?:bitte )?(?:wieder )?(?:aus|von)\b|\b(?:mich|uns) (?:bitte )?(?:aus|von) (?:\w+ ){1,3}(?:austragen|streichen|nehmen|abmelden)\b|\bhör(?:en sie|t)? (?:bitte )?(?:auf|damit auf)\b|\blass(?:en sie|t)? mich (?:bitte )?in ruhe/iu,
  /\blösch(?:en sie|e|t)? (?:bitte )?meine (?:daten|adresse|e-?mail|kontakt)/iu,
  /désabonne[rz]|désinscri(?:re|vez|s)[- ](?:moi|me)|ne (?:m['’](?:écri\S*|envoy\S*)|me contact\S*) plus|arrête[rz]? de m['’](?:écrire|envoyer)|retirez[- ]moi|laissez[- ]moi tranquille|supprimez (?:mon|mes)/iu,
  /(?:dar|dé|de)(?:me|nme) de baja|no me (?:escrib|contact|env[ií]|mand)\S+ más|no más (?:correos|mensajes|e-?mails)|deje?n? de (?:escribirme|enviarme|contactarme)|elim[ií]n[ae]n?me|bórr[ae]n?me/iu,
  /cancella(?:mi|temi)|disiscriv\S*|rimuov(?:imi|etemi)|toglie?(?:temi|mi) da|non (?:mi scriv\S*|scriver?temi|scrivermi|contattar?temi|contattarmi) più|basta (?:e-?mail|mail|messaggi)|niente più (?:e-?mail|mail)/iu,
  /descadastr\S*|remov(?:a|er)[- ]me|não me (?:escrev|contact|envi|mand)\S+ mais|pare de me (?:enviar|escrever|mandar|contactar)|chega de (?:e-?mails|mensagens)/iu,
  /schrijf (?:me|mij) (?:\w+ )?uit|geen (?:e-?)?mails? meer|stop met (?:mailen|e-mailen|schrijven)|mail (?:me|mij) niet|niet meer (?:mailen|e-mailen|aanschrijven|contacteren)|verwijder (?:mij|me|mijn)/iu,
  /avregistrera mig|inga fler (?:mejl|mail|e-post|meddelanden)|sluta (?:mejla|maila|skriva till|skicka|kontakta)|ta bort mig|kontakta mig inte/iu,
];
/** "Don't stop sending", and our own way-out sentence copied without quote marks ("just answer 'no more'"). */
const NOT_OUT =
  /(?:don['’]t|do not|never|nicht) (?:ever )?(?:stop|unsubscribe|remove|abmelden)|(?:answer|reply|respond|write|antwort\w*|schreib\w*|répond\w*|respond\w*|rispond\w*)(?: \S+){0,4} ["'“‘‚„«»]/iu;

/** No person writes longer sentences; a bound keeps the patterns quick on hostile text. */
function readable(own: string): string[] {
  return sentences(own).map((sentence) => sentence.slice(0, 1000));
}

/** Whether the person's own words ask not to be written to again. `own` has its quotes stripped (`ownWords`). */
export function wantsOut(own: string): boolean {
  const parts = readable(own).filter((sentence) => !NOT_OUT.test(sentence));
  const bare = (parts[0] ?? '')
    .replace(/[^\p{L}\p{N}\s'’-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (parts.length <= 3 && BARE_OUT.test(bare)) return true;
  return parts.some((sentence) => WANTS_OUT.some((pattern) => pattern.test(sentence)));
}

const REQUEST =
  /\b(?:could|can|would|will) (?:you|we)\b(?! (?:believe|imagine))|\blet me know\b(?! if (?:there|i can))|(?:^|[,;]\s|\b(?:and|so|but) )(?:please|pls|kindly) (?!find|excuse|accept|note|forgive|ignore|don['’]t)\w|\b(?:send|share|forward|introduce|remind|tell|show) (?:me|us)\b|\bi(?:['’]d| would) (?:like|love|be (?:glad|happy|grateful)) (?:to (?:see|have|get|know|hear|receive)|if you)|\b(?:könn(?:test|ten|t)|kannst|können|würde(?:n|st)|magst|hättest|hätten)\s+(?:sie|du|ihr|wir)\b|\b(?:schick|send|teil|gib|geb|sag|zeig|stell)(?:e|en sie|t)? (?:mir|uns)\b|(?:^|[,;]\s|\bund )bitte (?!entschuld|verzeih|beacht|nicht)\p{L}|pou(?:rr|v)(?:ez|ais|iez|ons)[- ]|peux[- ]tu|merci de (?!votre|ton|ta|vos)|pod(?:r[ií]as?|emos|rían)\b|puedes?\b.*\?|potresti|potrebbe|può .*\?|poderia|pode .*\?|kun(?:t| je|nen we)|zou(?:den)? (?:je|u|jullie)|kan du|skulle du/iu;
const COURTESY =
  /^(?:and |und )?(?:how are (?:you|things)|how do you do|hope you(?:['’]re| are)|wie geht(?: e?s|['’]s)|ça va|comment (?:ça va|allez|vas)|¿?(?:qué|que) tal|¿?cómo est|come (?:stai|va|sta)|tudo bem|como (?:vai|est)|hoe gaat|hur mår|right|ok(?:ay)?|no|oder|nicht wahr)\b[^?]{0,25}\?*$/iu;

/** Sentences of the person that ask or request something, each at most 300 characters, at most 20. */
export function asksIn(own: string): string[] {
  return readable(own)
    .filter((sentence) => {
      const plain = sentence.replace(/\b(?:https?:\/\/|www\.)\S+/giu, ' ').trim();
      return (/[?？]/.test(plain) || REQUEST.test(plain)) && !COURTESY.test(plain);
    })
    .filter((sentence) => !WANTS_OUT.some((pattern) => pattern.test(sentence)))
    .map((sentence) => (sentence.length > 300 ? `${sentence.slice(0, 299)}…` : sentence))
    .slice(0, 20);
}

const MONTH_WORDS = [
  'january jan januar januari janvier janv enero ene gennaio gen janeiro',
  'february feb februar februari février fév févr febrero febbraio fevereiro fev',
  'march mar märz maerz mär mars marzo março maart mrt',
  'april apr avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei maj',
  'june jun juni juin junio giugno giu junho',
  'july jul juli juillet juil julio luglio lug julho',
  'august aug août aout agosto ago augustus augusti',
  'september sep sept septembre septiembre settembre setembro',
  'october oct oktober okt octobre octubre ottobre ott outubro',
  'november nov novembre noviembre novembro',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro',
];
const WEEKDAY_WORDS = [
  'monday mon montag lundi lunes lunedì segunda maandag måndag',
  'tuesday tue dienstag mardi martes martedì terça dinsdag tisdag',
  'wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag onsdag',
  'thursday thu donnerstag jeudi jueves giovedì quinta donderdag torsdag',
  'friday fri freitag vendredi viernes venerdì sexta vrijdag fredag',
  'saturday sat samstag samedi sábado sabato zaterdag lördag',
  'sunday sun sonntag dimanche domingo domenica zondag söndag',
];
const numbered = (rows: string[]): Map<string, number> =>
  new Map(rows.flatMap((row, index) => row.split(' ').map((word) => [word, index + 1] as const)));
const MONTHS = numbered(MONTH_WORDS);
const WEEKDAYS = numbered(WEEKDAY_WORDS);
const MONTH = `(${[...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')})(?!\\p{L})`;

const RETURNS =
  /(?<!\p{L})(?:(?:be|am|come|coming|get|is|are) back|back (?:in|at|on|to|from)|back(?= \d)|return(?:s|ing)?|zurück|wieder (?:im|am|da|für|erreichbar|zu|persönlich|anwesend|verfügbar)|de retour|reviendrai|rentrerai|vuelvo|volveré|regres\p{L}+|de vuelta|reincorpor\p{L}+|rientr\p{L}+|di ritorno|torner\p{L}+|retorn\p{L}+|volto|voltarei|de volta|terug|weer (?:aanwezig|bereikbaar|op)|tillbaka|åter)(?!\p{L})/giu;
const UNTIL =
  /(?<!\p{L})(?:(until|till|til|bis|jusqu['’]?(?:au?|à)?|hasta|fino a[l]?|até|tot|t\.?o\.?m\.?|till och med|fram till|to|au|al|a)|(through|thru|up to and including|bis (?:einschließlich|einschl\.|inklusive|inkl\.|zum einschließlich)|tot en met|t\/m|inclu(?:ded|sive)))(?!\p{L})/giu;

type Found = { at: number; date: Temporal.PlainDate };

function day(year: number, month: number, dayOfMonth: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** The year in which the date lies nearest to the mail: an answer left on since last week is not a year away. */
function nearest(mail: Temporal.PlainDate, month: number, dayOfMonth: number): Temporal.PlainDate | null {
  const away = (date: Temporal.PlainDate): number => Math.abs(mail.until(date).days);
  const years = [mail.year, mail.year + 1, mail.year - 1].flatMap(
    (year) => day(year, month, dayOfMonth) ?? [],
  );
  return years.sort((a, b) => away(a) - away(b))[0] ?? null;
}

function dated(
  mail: Temporal.PlainDate,
  year: string | undefined,
  month: number,
  dayOfMonth: number,
): Temporal.PlainDate | null {
  if (year === undefined || year === '') return nearest(mail, month, dayOfMonth);
  return day(Number(year) < 100 ? 2000 + Number(year) : Number(year), month, dayOfMonth);
}

/** 3/4/2026 is two dates; it is one when only one of them lies within the sixty days after the mail. */
function slashed(
  mail: Temporal.PlainDate,
  year: string | undefined,
  a: number,
  b: number,
): Temporal.PlainDate | null {
  const both = [dated(mail, year, b, a), dated(mail, year, a, b)].filter((date) => date !== null);
  const [first, second] = both;
  if (first === undefined || second === undefined || first.equals(second)) return first ?? null;
  const soon = both.filter((date) => mail.until(date).days >= 0 && mail.until(date).days <= 60);
  return soon.length === 1 ? (soon[0] ?? null) : null;
}

const FORMS: [RegExp, (mail: Temporal.PlainDate, m: RegExpMatchArray) => Temporal.PlainDate | null][] = [
  [/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/gu, (_mail, m) => day(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d|[:.]\d))?/gu,
    (mail, m) => dated(mail, m[3], Number(m[2]), Number(m[1])),
  ],
  [/(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)/gu, (mail, m) => dated(mail, m[3], Number(m[2]), Number(m[1]))],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/gu,
    (mail, m) => slashed(mail, m[3], Number(m[1]), Number(m[2])),
  ],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?:\\.|st|nd|rd|th|er|º|°|:e|e)?\\s+(?:of |de |d['’])?${MONTH}\\.?,?(?:\\s+(?:de |del )?(\\d{4})(?!\\d))?`,
      'giu',
    ),
    (mail, m) => dated(mail, m[3], MONTHS.get((m[2] ?? '').toLowerCase()) ?? 0, Number(m[1])),
  ],
  [
    new RegExp(
      `(?<!\\p{L})${MONTH}\\.?\\s+(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,?\\s+(\\d{4})(?!\\d))?`,
      'giu',
    ),
    (mail, m) => dated(mail, m[3], MONTHS.get((m[1] ?? '').toLowerCase()) ?? 0, Number(m[2])),
  ],
];

/** Every date named in the sentence, in order; weekdays only when no date is. */
function datesIn(sentence: string, mail: Temporal.PlainDate): Found[] {
  const found = FORMS.flatMap(([form, read]) =>
    [...sentence.matchAll(form)].flatMap((match) => {
      const date = read(mail, match);
      return date === null ? [] : [{ at: match.index, date }];
    }),
  );
  if (found.length > 0) return found.sort((a, b) => a.at - b.at);
  return [...sentence.matchAll(/\p{L}+/gu)].flatMap((match) => {
    const weekday = WEEKDAYS.get(match[0].toLowerCase());
    if (weekday === undefined) return [];
    return [{ at: match.index, date: mail.add({ days: ((weekday - mail.dayOfWeek + 6) % 7) + 1 }) }];
  });
}

/**
 * The date on which the writer of an absence note says to be back, `YYYY-MM-DD`; for "until" the date named, one day
 * later where it is said to be included. Read in the eight languages above. null when none is stated or it can be
 * read in two ways. A date may lie in the past when a note was left on.
 * @param sentOn when the note was sent; without it only dates with their year are understood.
 */
export function returnDate(text: string, sentOn: Date | null): string | null {
  const ms = sentOn?.getTime() ?? NaN;
  const known = Math.abs(ms) < 8e15;
  const mail = Temporal.Instant.fromEpochMilliseconds(known ? ms : 0)
    .toZonedDateTimeISO('UTC')
    .toPlainDate();
  if (mail.year < 1970 || mail.year > 9000) return null;
  const parts = readable(text.slice(0, 20_000)).filter((sentence) => known || /\d{4}/.test(sentence));

  for (const sentence of parts) {
    const dates = datesIn(sentence, mail);
    for (const match of sentence.matchAll(RETURNS)) {
      const after = dates.find((found) => found.at > match.index && found.at - match.index < 60);
      const before = dates.filter((found) => found.at < match.index && match.index - found.at < 60).at(-1);
      const back = after ?? (/until|till|away|out of/i.test(sentence) ? undefined : before);
      if (back) return back.date.toString();
    }
  }
  for (const sentence of parts) {
    const dates = datesIn(sentence, mail);
    for (const match of sentence.matchAll(UNTIL)) {
      const end = match.index + match[0].length;
      const until = dates.find((found) => found.at >= end && found.at - end < 40);
      // "to", "au", "al" mean an end only between two dates.
      const range = dates.some((found) => found.at < match.index);
      if (until && (range || !/^(?:to|au|al|a)$/i.test(match[0]))) {
        const inclusive =
          match[2] !== undefined ||
          /einschl|inklusive|inkl\.|inclusi|incluid|compreso|included/i.test(sentence);
        return (inclusive ? until.date.add({ days: 1 }) : until.date).toString();
      }
    }
  }
  return null;
}
