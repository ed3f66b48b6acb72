import { header, type ParsedMail } from './mail.js';

const SUBJECT =
  /(?:please |kindly )?(?:confirm|verify|authenticate)[^.\n]{0,40}(?:your (?:message|mail|e-?mail|address|delivery)|you(?:['’]re| are) (?:a )?(?:human|real|person)|sender|delivery of)|(?:sender|message|e-?mail|mail) (?:verification|confirmation) (?:required|request|needed|of your)|\bverification required|\(verification\)|\bchallenge[- ]response|(?:authorization|authorisation|action|confirmation) (?:is )?(?:required|needed) to deliver|messages? (?:is |was )?(?:waiting|awaiting|held|pending)[^.\n]{0,40}(?:confirm|verif|approv)|bestätig[^.\n]{0,30}(?:nachricht|absender|e-?mail)|\[?boxbe\]?|spam ?arrest|подтверд/iu;
const BODY =
  /(?:boxbe\.com|spamarrest\.com|webmail\.earthlink\.net|spamblocker|suspect ?email|tmda|mailblocks|choicemail|knowspam|digiportal|vanquish|0spam|bluebottle|sendio|ipermitmail|uol\.com\.br\/antispam)|challenge[- ]response|(?:protect|control|prevent|avoid|stop)[^.\n]{0,40}(?:junk|spam|unsolicited)[^\n]{0,120}verif|(?:confirm|verify|prove|proof)[^.\n]{0,80}(?:human|real person|not (?:a )?(?:spam|robot|computer|machine)|by replying|delivery|legitimate)|(?:reply to|answer|click)[^.\n]{0,80}(?:to (?:have|get|confirm|release|deliver|verify)[^.\n]{0,40}(?:message|mail|delivered|approved))|(?:add|put|place)[^.\n]{0,40}you[^.\n]{0,40}(?:allowed|approved|white-?list|guest list|accepted) ?(?:senders?)?|(?:held|waiting|queue)[^.\n]{0,80}until you (?:confirm|verify|reply|click|authenticate)|подтверд[^.\n]{0,60}(?:отправ|письм|человек)|confirme[zr]?[^.\n]{0,60}(?:message|courriel|humain)|bestätigen sie[^.\n]{0,60}(?:nachricht|absender|mensch)/iu;
/** Enough by itself, with a link or a word about answering. */
const PLAIN =
  /(?:add|added)[^.\n]{0,30} (?:yourself|your (?:e-?mail )?address)[^.\n]{0,40}(?:guest|allowed|approved|accepted|safe|white)[- ]?(?:senders? )?list|(?:only|allow)[^.\n]{0,40}(?:messages|mail|e-?mail)[^.\n]{0,20}from senders (?:i|that i|who)[^.\n]{0,20}(?:approved|authori[sz]ed|accepted|know)|(?:prove|verify|confirm|show)[^.\n]{0,40}(?:that )?you(?:['’]re| are)(?: a)? (?:human|real|person|legitimate|not an? (?:robot|spammer|machine|bot))|(?:has been|was|is|is being) (?:waitlisted|held|quarantined|placed on hold)[^\n]{0,120}(?:confirm|verify|guest list|approve)|(?:message|mail|e-?mail)[^.\n]{0,60}will (?:not )?be (?:delivered|released)[^.\n]{0,60}(?:once|when|until|after) you[^.\n]{0,30}(?:confirm|verify|click|reply|respond)/iu;
const HEADERS =
  /^x-(?:tmda-fingerprint|spamarrest-info|challenge|choicemail-registration-request|bluebottle-request|trusted-delivery|boxbe-notice|asg-challenge)$/i;

/** The same in other languages: the mail waits, or comes through, once somebody presses or confirms something. */
const FOREIGN =
  /(?:bestätig|confirm|vérifi|verific|bevestig|bekräft|potwierd)\p{L}{0,6}[^\n]{0,60}(?:(?:kein|pas un|no es un|non è uno?|não é um|geen|inte en|nie jest) (?:spam|robot|bot|mach|masch)|mensch sind|humain|umano|człowiek)|(?:zurückgehalten|zurückgestellt|noch nicht zugestellt)[^\n]{0,200}bestätig|(?:nachricht|e-?mail)[^\n]{0,60}(?:zugestellt|ausgeliefert) (?:wird|werden kann)[^\n]{0,80}bestätig|pour que (?:votre|ton) (?:e-?mail|message|courriel)[^\n]{0,60}(?:remis|délivré|transmis|distribué)[^\n]{0,100}(?:authentifi|confirm|cliqu)|para que (?:su|tu|el) (?:mensaje|correo)[^\n]{0,60}(?:entregad|llegue|recibid)[^\n]{0,100}(?:confirm|clic|puls)|(?:affinché|perché) (?:il )?(?:suo |tuo )?(?:messaggio|e-?mail)[^\n]{0,60}(?:consegnat|recapitat)[^\n]{0,100}(?:confer|clic)|para que (?:a )?(?:sua )?mensagem[^\n]{0,60}(?:encaminhada|entregue|enviada)[^\n]{0,100}(?:confirm|cli[qc])|(?:om )?(?:uw|je) (?:bericht|e-?mail|mail)[^\n]{0,60}(?:afgeleverd|bezorgd|af te leveren|te bezorgen)[^\n]{0,100}(?:bevestig|klik)|för att (?:ditt|din) (?:meddelande|mejl|e-?post)[^\n]{0,60}levereras[^\n]{0,100}(?:bekräfta|klicka)|aby (?:twoja |państwa )?wiadomość[^\n]{0,60}(?:dostarczona|doręczona)[^\n]{0,100}(?:potwierd|klikn)|(?:送信者|差出人|送信元)[^。\n]{0,20}(?:確認|認証)[^。\n]{0,60}(?:クリック|リンク|URL)|(?:点击|點擊)[^。\n]{0,60}(?:验证|驗證|确认|確認)[^。\n]{0,30}(?:发件人|寄件人|邮件才|郵件才|真人)/iu;

/** A machine that wants to know whether a person wrote; in words by what. */
export function isChallenge(mail: ParsedMail): string | null {
  const text = mail.text.slice(0, 8000).replace(/\s+/gu, ' ');
  const asks = BODY.test(text);
  const plain = (PLAIN.test(text) || FOREIGN.test(text)) && /https?:|repl(?:y|ies)|click|answer/iu.test(text);
  const marked = mail.headers.find(({ key }) => HEADERS.test(key))?.key.toLowerCase();
  if (marked !== undefined && (asks || plain)) return `the header ${marked} and what the text asks`;
  const from = mail.from?.address ?? '';
  if (/^[^@]{0,64}(?:-confirm|challenge)[^@]{0,64}@/i.test(from) && asks)
    return 'the sender and what the text asks';
  // Who answers our mail by hand may quote such a request.
  const answers = header(mail, 'in-reply-to') !== '' && !/^<\s*>/.test(header(mail, 'return-path'));
  if ((plain && !answers) || (asks && SUBJECT.test(mail.subject)))
    return 'a machine asks to confirm that a person wrote';
  return null;
}
