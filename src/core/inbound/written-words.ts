/**
 * What mail programs write around a quote, in the languages they are written in. Collected from the programs' own
 * interfaces. Everything is compared in lower case; scripts without spaces need no word boundary.
 */

/** Ends (or carries) the line before a quote: "On 3 May 2026, Ada wrote:". */
const VERBS_WITH_BOUNDARY = [
  'wrote|writes',
  'schrieb(?:en)?|geschrieben|skrev|skreiv|skrifaði|skrifar|schreef|geschreven|geskryf',
  'a écrit|écrit|ecrit|va escriure|ha escrit|escribi[óo]|ha escrito|escribiu|escreveu|ha scritto|scritto|scrisse|a scris',
  'kirjoitti|kirjutas|írta(?: a következőt)?|ezt írta|rašė|parašė|rakstīja',
  'napisał(?:\\(a\\)|a)?|pisze|napsal(?:\\(a\\)|a)?|píše|napísal(?:\\(a\\)|a)?|napisa(?:o|la)(?:/la)?|je napisal(?:\\(a\\)|a)?',
  'написа(?:л|ла|в|ла|о)?(?:\\(а\\))?|пишет|писал(?:а)?|пише',
  'έγραψε(?:ν)?|şunu yazdı|yazdı|shkroi|idatzi du|đã viết|viết|menulis|scripsit|skribis',
];
const VERBS_WITHOUT_BOUNDARY = [
  '写道|寫道|写了|寫了|写信|撰寫|書きました|のメール|のメッセージ|さんは|작성|님이 쓴|썼습니다|작성했습니다',
  'כתב(?:/ה|ה|ו)?|كتب(?:ت)?|نوشت|ने लिखा|เขียนว่า|เขียน|დაწერა|գրել է|ने लिखा',
];
export const WROTE = new RegExp(
  `(?<!\\p{L})(?:${VERBS_WITH_BOUNDARY.join('|')})(?!\\p{L})|(?:${VERBS_WITHOUT_BOUNDARY.join('|')})`,
  'iu',
);

/** First words of such a line; the date follows. */
export const BEFORE_DATE =
  /^(?:on|am|vom|le|el|il|in data|em|no dia|a|op|den|d\.|på|w dniu|dnia|dne|dňa|dana|dne|u|v|on|în|în data|pe data de|ngày|vào|vào lúc|pada|στις|στι[ςσ]|την|в|на|от|у|у дана|ב|בתאריך|ב-|في|بتاريخ|در|em data|el dia|el día|datum|tarihinde|kuupäeval|в сообщении|в письме)(?![\p{L}])/iu;

const SPEAKER =
  "(?:i|we|he|she|they|ich|wir|sie|er|je|j['’]ai|nous|yo|nosotros|eu|nós|ik|wij|jag|vi|jeg|io|noi)";
const ALL_VERBS = VERBS_WITH_BOUNDARY.join('|');
/** Who speaks in prose: "On Monday I wrote:" introduces the person's own words. */
export const OWN_VOICE = new RegExp(
  `(?<!\\p{L})${SPEAKER} (?:${ALL_VERBS})(?!\\p{L})|(?<!\\p{L})(?:${ALL_VERBS}) ${SPEAKER}(?!\\p{L})|(?<!\\p{L})j['’]ai écrit`,
  'iu',
);
/** "You wrote" is said by programs and people. */
export const YOUR_VOICE = new RegExp(
  `(?<!\\p{L})(?:you|du|ihr|tu|vous|usted|ustedes|você|voi|jij|je|u|ni) (?:${ALL_VERBS}|schriebst|escribiste)(?!\\p{L})|(?:${ALL_VERBS}) (?:du|sie|ihr)(?!\\p{L})`,
  'iu',
);

const KEYS = {
  from: 'from|von|de(?: la)?|da|van|från|fra|frá|lähettäjä|feladó|expéditeur|remitente|remetente|mittente|afzender|avsender|avsändare|afsender|od|nadawca|odesílatel|odosielateľ|expeditor|pošiljatelj|šalje|от(?: кого)?|від(?: кого)?|отправитель|από|kimden|gönderen|מאת|من|از|từ|người gửi|จาก|dari|saatja|nuo|no|差出人|送信者|送信元|发件人|寄件者|寄件人|發件人|보낸 ?사람',
  date: "sent(?: on)?|date|gesendet(?: am)?|datum|envoyé(?: le)?|date d[’']envoi|enviad[oa](?: el| em)?|fecha(?: de envío)?|data(?: invio)?|inviato(?: il)?|verzonden|skickat|skickades|sendt|dato|lähetetty|päivämäärä|päiväys|pvm|wysłan[oe]|data wysłania|odesláno|odoslané|elküldve|küldve|küldés ideje|dátum|trimis(?: la)?|poslano|poslato|дата|отправлен[оа]|послано|надіслано|изпратено|ημερομηνία|στάλθηκε|gönderildi|gönderme tarihi|gönderilme tarihi|tarih|נשלח|תאריך|תאריך שליחה|التاريخ|تاريخ(?: الإرسال)?|أُ?رسلت?(?: في)?|تم الإرسال|ngày|đã gửi|gửi(?: lúc)?|วันที่|ส่ง(?:เมื่อ)?|tanggal|dikirim|saadetud|kuupäev|išsiųsta|nosūtīts|日時|送信日時|日付|发送时间|发送日期|日期|时间|傳送時間|寄件日期|發送時間|보낸 ?날짜|날짜|보낸 시간|message du|sendingtime",
  to: 'to|an|à|a|para|aan|till|til|vastaanottaja|címzett|către|catre|do|dla|komu|pro|za|prima|кому|до(?: кого)?|получатель|προς|kime|alıcı|kam|אל|إلى|الى|به|tới|đến|ถึง|kepada|saaja|destinataires?|destinatari[oa]|宛先|收件人|收件者|받는 ?사람',
  cc: 'b?cc|cci|kopie(?: \\(cc\\))?|copie(?: à)?|kopia|kopi(?: til)?|cópia|copia|másolat(?:ot kap)?|dw|копия|копія|κοιν\\.?|κοινοποίηση|bilgi|עותק|نسخة|抄送|副本|참조|kopija|kopiją',
  subject:
    'subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|efni|aihe|temat|předmět|predmet|zadeva|naslov|tárgy|subiect(?:ul)?|тема|относно|θέμα|konu|נושא|الموضوع|موضوع|chủ đề|tiêu đề|เรื่อง|subjek|perihal|judul|teema|tema|件名|主题|主旨|主題|제목',
  other:
    'reply-to|antwort an|répondre à|responder a|responder para|rispondi a|attachments?|anlagen?|anhänge|pièces? jointes?|importance|wichtigkeit|priority|priorität|message-id|resent-from|organization|mailed-by|signed-by|return-path|x-[a-z-]+',
};
export type HeaderKey = keyof typeof KEYS;

const KEY_NAMES = Object.keys(KEYS).filter((key): key is HeaderKey => key in KEYS);
const KEY_LINE = new RegExp(
  `^[*_\\s]{0,6}(?:${KEY_NAMES.map((key) => `(?<${key}>${KEYS[key]})`).join('|')})[*_]{0,3}\\s{0,3}[:：][*_]{0,3}(?=\\s|\\S)`,
  'iu',
);
const KEY_INSIDE = new RegExp(
  `\\s[*_]{0,3}(?:${[KEYS.date, KEYS.to, KEYS.subject].join('|')})[*_]{0,3}\\s?[:：]`,
  'giu',
);

/** Which header a line names, as Outlook and others write them above a quote; null for none. */
export function headerKey(line: string): HeaderKey | null {
  const groups = KEY_LINE.exec(line.slice(0, 200))?.groups;
  if (!groups) return null;
  return KEY_NAMES.find((key) => groups[key] !== undefined) ?? null;
}

/** How many further headers stand in the same line, where a converter joined them. */
export function headersInside(line: string): number {
  return line.slice(0, 1_000).match(KEY_INSIDE)?.length ?? 0;
}

const ORIGINAL =
  "original (?:message|mail|e-?mail|appointment)|reply message|start(?: of)? original message|original-nachricht|ursprüngliche (?:nachricht|e-?mail)|original ?nachricht|originalmail|antwort nachricht|message d[’']origine|message original|courriel original|mail original|mensaje original|messaggio originale|mensagem original|missatge original|oorspronkelijk bericht|origineel bericht|original ?meddelande|ursprungligt meddelande|opprinnelig melding|original melding|oprindelig (?:meddelelse|besked|mail)|original meddelelse|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní (?:zpráva|e-?mail)|pôvodná správa|eredeti üzenet|mesajul? (?:original|inițial)|originalna poruka|izvirno sporočilo|исходное (?:сообщение|письмо)|оригинальное сообщение|первоначальное сообщение|вихідне повідомлення|оригинално съобщение|αρχικό μήνυμα|orijinal (?:mesaj|ileti)|özgün ileti|הודעה מקורית|الرسالة الأصلية|thư gốc|tin nhắn gốc|pesan asli|algne kiri|originalus laiškas|sākotnējais ziņojums|元のメッセージ|原始邮件|原始郵件|(?:回复的)?原邮件|回复的邮件|邮件原件|원본 메시지|원본 메일";
const FORWARDED =
  '(?:begin )?forwarded (?:message|mail|by .{1,80})|weitergeleitete (?:nachricht|e-?mail)|anfang der weitergeleiteten (?:nachricht|e-?mail)|message (?:transféré|réexpédié)|début du message (?:transféré|réexpédié)|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|início da mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat (?:meddelande|brev)|vidarebefordrat mejl|videresendt (?:melding|meddelelse|besked|mail)|välitetty viesti|wiadomość przekazana dalej|przekazana wiadomość|treść przekazanej wiadomości|přeposlaná zpráva|preposlaná správa|továbbított (?:üzenet|levél)|mesaj redirecționat|пересылаемое (?:сообщение|письмо)|пересланное сообщение|начало переадресованного сообщения|переслане повідомлення|препратено съобщение|προωθημένο μήνυμα|yönlendirilmiş ileti|iletilen mesaj|הודעה שהועברה|رسالة مُ?عاد توجيهها|رسالة معاد توجيهها|thư chuyển tiếp|pesan terusan|転送されたメッセージ|転送メッセージ|转发的邮件|轉寄的郵件|转发邮件信息|전달된 메시지';

/** `-----Original Message-----`, with at least two dashes (or similar) before it. */
export const DIVIDER = new RegExp(
  `^[-_=*#•\\s]{2,60}(?:${ORIGINAL}|${FORWARDED})\\s{0,3}:?[-_=*#•\\s]{0,60}$`,
  'iu',
);
/** The same with the first header joined to it. */
export const JOINED_DIVIDER = new RegExp(
  `^[-_=*]{4,60}\\s?(?:${ORIGINAL}|${FORWARDED})\\s?[-_=*]{4,60}\\s?\\S`,
  'iu',
);
/** The same without dashes; believed when headers follow, and in Apple's wording with its colon. */
export const BARE_DIVIDER = new RegExp(`^(?:${ORIGINAL}|${FORWARDED})\\s?:?$`, 'iu');
/** `---- Ada Lovelace wrote ----` of Android; `"Ada Lovelace" ---30.11.2026 10:00:00---Dear Bob` of Notes. */
export const NAMED_DIVIDER = new RegExp(
  `^-{2,10}\\s?[^-].{0,80}?\\s?(?:${VERBS_WITH_BOUNDARY.join('|')})\\s?-{2,10}$|^[^-]{2,80}-{3}\\d{1,4}[-./]\\d{1,2}[-./]\\d{2,4} \\d{1,2}:[^-]{2,12}-{3}`,
  'iu',
);
/** `>>> Ada Lovelace <ada@example.org> 30.11.2026 10:00 >>>`, of GroupWise; nothing below it is marked. */
export const GROUPWISE = /^>>> \S.{0,160}\d[.:]\d\d\s?(?:[ap]m)? >>>$/i;
/** What ticket systems put above the words to be answered; whoever writes of such a line says more, or asks. */
export const ABOVE_THIS_LINE =
  /^(?:\P{L}{2,80}[^?]{0,60}?|(?:please |to [^?]{2,40}, )?)(?:reply|respond|answer|write|type).{0,20} above this line|^[^?]{0,80}(?:(?:oberhalb|über) dieser (?:linie|zeile)|au-dessus de cette ligne|encima de esta l[ií]nea|sopra questa (?:linea|riga)|acima desta linha|boven deze (?:lijn|regel)|ovanför (?:denna|den här) (?:rad|linje)|powyżej tej linii)[^?]*$/iu;
