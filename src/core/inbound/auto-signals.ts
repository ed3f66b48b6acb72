import { wholeWords } from './auto-sentences.js';
import { header, type ParsedMail } from './mail.js';

/**
 * What shows that a machine answered. `sure`: nobody writes so by hand. `hint`: people do it too, and what the mail says
 * has to fit.
 */
export interface AutoSignal {
  weight: 'sure' | 'hint';
  why: string;
}

/** Subjects only machines write, at the beginning of the line, as Exchange, Gmail and others name their answers. */
const AUTO_SUBJECT = new RegExp(
  `^\\s*(?:(?:\\[[^\\]]{0,30}\\]|\\*{1,3}|[(<])\\s*)?(?:${[
    'automat(?:ic|ed)(?:ally generated)? (?:e-?mail )?(?:reply|response|answer|message|acknowledge?ment)|auto[- ]?(?:matic )?(?:e-?mail )?(?:reply|response|responder|respons|answer|acknowledge?ment)|autoreply|autoresponse|autoresponder',
    'out[- ]of[- ](?:the[- ])?office (?:auto ?-?reply|reply|response|notification|notice|message|assistant|alert)|(?:vacation|holiday|away|absence) (?:reply|response|notice|message|notification|auto-?reply)|on vacation auto-?reply|oof:|ooo:',
    'abwesenheits?(?:notiz|nachricht|meldung|benachrichtigung|assistent|hinweis|info)|automatische\\p{L}? (?:antwort|abwesenheit\\p{L}{0,16}|rückantwort|eingangsbestätigung|nachricht|e-?mail)|automatisierte antwort|auto-?antwort|urlaubs(?:notiz|nachricht|benachrichtigung)|eingangsbestätigung',
    "r[ée]ponse (?:automatique|auto)|(?:message|notification|avis|courriel) (?:automatique|d[’']absence)|absence du bureau|accus[ée] de r[ée]ception",
    'respuesta autom[áa]tica|autorrespuesta|auto ?respuesta|(?:notificaci[óo]n|aviso|mensaje) (?:de (?:ausencia|fuera de (?:la )?oficina)|autom[áa]tic[oa])|fuera de (?:la )?oficina:|acuse de recibo',
    'risposta automatica|rispondi automatico|(?:messaggio|notifica|avviso) (?:automatico|di assenza|fuori (?:sede|ufficio))|fuori (?:sede|ufficio):',
    'resposta autom[áa]tica|(?:mensagem|aviso|notifica[çc][ãa]o) (?:autom[áa]tic[oa]|de (?:aus[êe]ncia|f[ée]rias))|aus[êe]ncia tempor[áa]ria|auto-?resposta',
    'automatisch(?:e)? (?:antwoord|beantwoord|reactie|bericht)|afwezigheids?(?:bericht|melding|assistent)|niet aanwezig:|ontvangstbevestiging',
    'autosvar|automatiskt? svar|automatsvar|frånvaro(?:meddelande|besked)|fraværs(?:melding|besked|assistent)|fraværende:|automatisk svar|auto-?svar',
    'automaattinen (?:vastaus|poissaoloilmoitus)|poissaoloilmoitus|automaattivastaus',
    'automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|autoresponder|poza biurem:|powiadomienie o nieobecności',
    'automatick[áa] odpověď|automatická odpoveď|mimo kancelář|automatikus válasz|răspuns automat|automatski odgovor|samodejni odgovor|αυτόματη απάντηση|automaatvastus|automātiska atbilde|automatinis atsakymas|מענה אוטומטי|תשובה אוטומטית|رد تلقائي|الرد التلقائي',
    'автоответ|автоматический ответ|автоматична відповідь|автоматичен отговор|вне офиса:',
    'otomatik (?:yanıt|cevap)|ofis dışında|자동 ?(?:회신|응답)|부재 ?중',
    '自動(?:応答|返信|応答メッセージ|返信メール|配信)|不在(?:通知|のお知らせ|のご連絡|連絡|応答)|不在のため|自动(?:回复|答复|回覆|应答)|自動(?:回覆|回復|答覆|應答)|外出(?:自动|自動)回[复覆]|不在办公室|不在辦公室|休假通知',
  ].join('|')})(?!\\p{L}(?<![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]))`,
  'iu',
);

/** The words of an absence in a subject: a person might write them too. */
const ABSENT_SUBJECT = new RegExp(
  `${
    wholeWords(
      'out[- ]of[- ](?:the[- ])?office|out of town|ooo|oof|away|away from (?:the |my )?(?:office|desk)|on (?:vacation|holidays?|leave|pto)|vacation|annual leave|(?:maternity|paternity|parental|sick|medical) leave|no longer (?:with|at|employed|working)\\p{L}{0,3}|left the company|office closed|closed for',
      'abwesen(?:d|heit)|nicht im (?:büro|haus|dienst)|nicht erreichbar|im urlaub|urlaub|außer haus|elternzeit|mutterschutz|betriebsferien|auf dienstreise|nicht mehr',
      'absente?|absences?|en congés?|congés?|en vacances|en déplacement|hors du bureau|indisponible|fermeture|a quitté',
      'fuera de (?:la |mi )?oficina|ausente|ausencia|de vacaciones|vacaciones|baja (?:médica|maternal|por \\p{L}{3,12})|ya no trabaj[oa]',
      'fuori (?:ufficio|sede)|assente|assenza|in ferie|ferie|chiusura|maternità',
      'fora do escritório|ausência|ausente|de férias|férias|licença',
      'afwezig|afwezigheid|niet op kantoor|niet aanwezig|met vakantie|op vakantie|vakantie|buiten kantoor|met verlof|uit dienst',
      'frånvar(?:o|ande)|inte på kontoret|på semester|semester|tjänstledig|föräldraledig|fravær|på ferie|ikke på kontoret|ikke til stede|poissa|lomalla|poissaolo',
      'nieobecn\\p{L}{1,4}|poza biurem|na urlopie|urlop|nieobecność|mimo kancelář|dovolená|na dovolené|nepřítomn\\p{L}{1,4}',
      'в отпуске|отпуск|отсутстви\\p{L}|отсутствую|izinde(?:yim)?|yıllık izin|ofis dışı\\p{L}{0,4}',
    ).source
  }|不在|休暇|休業|お休み|退職|出張|休假|外出|出差|离职|離職|放假|産休|育休|产假|產假`,
  'iu',
);

/** "Re: Holidays" is what people answered to. */
const ANSWER = /^\s*(?:re|aw|sv|vs|antw|odp|rif|ref|res|回复|回覆|答复)\s?[:：]/iu;

/** The mail says of itself that a machine wrote it. */
const SAYS_SO = new RegExp(
  `${
    wholeWords(
      'this is an? (?:auto(?:matic(?:ally)?|mated|-)?[ -]?(?:generated )?(?:e-?mail )?(?:reply|response|message|e-?mail|acknowledge?ment|notification|responder|confirmation)|auto-?(?:reply|response|responder))|this (?:e-?mail|message|reply|response) (?:is|was|has been) (?:sent |generated |created )?automatically(?: generated| sent)?|automatically generated (?:reply|response|message|e-?mail)|(?:please )?do not (?:reply|respond) to this (?:automat\\p{L}{2,5} |e-?mail|message|auto)',
      '(?:dies(?:e|es)?|hierbei handelt es sich um) (?:ist |e-?mail |nachricht |wurde |mail ){0,3}(?:eine[r]? )?automatisch(?:e|en)? (?:generierte|erstellte|erzeugte|versendete|verschickte|versandte|gesendete|generiert|erstellt|erzeugt|versendet|versandt|antwort|e-?mail|nachricht|abwesenheits\\p{L}{3,12}|eingangsbestätigung)|automatisch (?:generierte|erstellte|erzeugte|versendete|versandte) (?:antwort|e-?mail|mail|nachricht)',
      'ceci est (?:une réponse|un (?:message|courriel|e-?mail|mail)) automatique|(?:réponse|message|courriel|e-?mail) (?:automatique|(?:généré|envoyé)e? automatiquement)',
      '(?:este|esta|éste) es una? (?:mensaje|respuesta|correo)(?: electrónico)? (?:automátic[oa]|generad[oa] automáticamente)|(?:mensaje|correo|respuesta) (?:automátic[oa]|generad[oa] automáticamente|enviad[oa] automáticamente)',
      '(?:questo è un|questa è una) (?:messaggio|risposta|e-?mail)(?: di risposta)? (?:automatic[oa]|generat[oa] automaticamente)|(?:messaggio|risposta|e-?mail) (?:automatic[oa]|generat[oa] automaticamente|inviat[oa] automaticamente)',
      'est[ae] é uma (?:mensagem|resposta|e-?mail) automátic[oa]|(?:mensagem|resposta|e-?mail) (?:automátic[oa]|gerad[oa] automaticamente|enviad[oa] automaticamente)',
      'dit is een (?:automatisch(?:e)?|geautomatiseerd[e]?)(?: gegenereerd[e]?)? (?:antwoord|bericht|e-?mail|reactie|mail|afwezigheidsbericht)|(?:dit bericht|deze e-?mail|deze mail) (?:is|wordt) automatisch',
      'det(?:ta|te) är ett (?:automatiskt|autogenererat) (?:svar|meddelande|e-?postmeddelande|mejl)|detta är ett autosvar|dette er e[nt]t? (?:automatisk\\p{L}?|autosvar)|tämä on automaattinen|to jest (?:automatyczna odpowiedź|wiadomość (?:wygenerowana )?automatyczn\\p{L})|wiadomość (?:została )?wygenerowana automatycznie|toto je automatick\\p{L}{1,2}|это автоматическ\\p{L}{2,3}|данное (?:письмо|сообщение) (?:сформировано|отправлено|создано) автоматически|bu (?:bir )?otomatik|bu e-?posta otomatik',
    ).source
  }|自動(?:返信|応答|送信|配信)(?:メール|メッセージ|機能|システム|にて|で|により|いたし|して|され|です|と)|自动(?:回复|答复|发送|生成|应答)|自動(?:回覆|答覆|發送|生成|寄出)|系统(?:自动|邮件)|系統(?:自動|郵件)`,
  'iu',
);

const FLAGS = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-respond',
  'x-autoresponse',
  'x-auto-response',
  'x-mail-autoreply',
  'x-autoreply-from',
  'x-auto-reply-from',
  'x-autogenerated',
  'x-auto-generated',
  'x-amazon-auto-reply',
  'x-vacation',
  'x-fc-machinegenerated',
  'x-autoreply-sent',
  'x-out-of-office',
];
const RESPONDERS =
  /vacation|auto-?(?:reply|respon(?:d(?:er)?|se))|out.?of.?office|oof agent|mailbox rules agent|abwesenheit|urlaub/iu;

/** Tickets and other desks: their machines acknowledge, their people answer with the same headers. */
const DESK = [
  'x-zammad-ticket-id',
  'x-otrs-loop',
  'rt-ticket',
  'x-rt-loop-prevention',
  'x-zendesk-from-account-id',
  'x-freshdesk-ticket-id',
  'x-jira-fingerprint',
  'x-osticket-thread-id',
  'x-helpscout-conversation',
  'x-loop',
];
const NO_REPLY =
  /^(?:no|do-?not|ne-?pas|nao|non)[-_.]?(?:reply|respond|répondre|repondre|responda|rispondere)[^@]{0,40}@/iu;

/**
 * Whether a machine answered (RFC 3834 and its older relatives). X-Auto-Response-Suppress alone proves nothing, since
 * newsletters carry it too; nor do Precedence or a loop header on a list or at a help desk, where people write.
 * @param listed the mail came over a list.
 */
export function autoSignal(mail: ParsedMail, own: string, listed: boolean): AutoSignal | null {
  const sure = (why: string): AutoSignal => ({ weight: 'sure', why });
  const hint = (why: string): AutoSignal => ({ weight: 'hint', why });
  const value = (key: string): string => header(mail, key).slice(0, 200);

  const submitted = value('auto-submitted');
  if (submitted !== '' && !/^no(?:$|[\s;(])/iu.test(submitted)) return sure(`Auto-Submitted: ${submitted}`);
  const flag = FLAGS.find((key) => !/^(?:|no|false|0|none)$/iu.test(value(key)));
  if (flag !== undefined) return sure(`${flag}: ${value(flag)}`);
  for (const key of ['precedence', 'x-precedence', 'preference']) {
    if (/^auto[_-]?repl/iu.test(value(key))) return sure(`${key}: ${value(key)}`);
  }
  for (const key of [
    'x-apple-action',
    'x-mailer',
    'delivered-to',
    'x-post-messageclass',
    'x-loop',
    'x-ms-exchange-generated-message-source',
    'user-agent',
    'x-mdarrival-type',
    'content-type',
  ]) {
    const said =
      key === 'content-type'
        ? (/report-type="?(?:auto|vacation)[^;]*/iu.exec(value(key))?.[0] ?? '')
        : value(key);
    if (RESPONDERS.test(said)) return sure(`${key}: ${said}`);
  }
  if (AUTO_SUBJECT.test(mail.subject.slice(0, 300))) return sure('the subject of an automatic reply');
  const desk = DESK.find((key) => value(key) !== '');
  if (!listed && desk === undefined && /^(?:bulk|junk)$/iu.test(value('precedence')))
    return sure(`Precedence: ${value('precedence')}`);
  if (SAYS_SO.test(own.slice(0, 20_000))) return sure('it says that a machine wrote it');

  // Exchange's own absence notes carry both; a rule that forwards carries the first.
  if (value('x-ms-exchange-inbox-rules-loop') !== '' && /all/iu.test(value('x-auto-response-suppress')))
    return sure('X-MS-Exchange-Inbox-Rules-Loop with X-Auto-Response-Suppress: All');
  if (/^<\s*>/u.test(value('return-path'))) return hint('sent without a return path');
  if (value('x-ms-exchange-inbox-rules-loop') !== '') return hint('X-MS-Exchange-Inbox-Rules-Loop');
  if (ABSENT_SUBJECT.test(mail.subject.slice(0, 300)) && !ANSWER.test(mail.subject))
    return hint('the subject speaks of an absence');
  if (desk !== undefined) return hint(desk);
  if (/^(?:all|oof|dr|autoreply|none)?.*(?:oof|all)/iu.test(value('x-auto-response-suppress')))
    return hint('X-Auto-Response-Suppress');
  if (NO_REPLY.test(mail.from?.address ?? '')) return hint('sent by a no-reply address');
  return null;
}
