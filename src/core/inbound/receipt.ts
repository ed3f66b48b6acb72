import { header, part, type ParsedMail } from './mail.js';

/** What programs write into a receipt that has no part of its own; the lines about our mail stand between. */
const WORDS: readonly [RegExp, RegExp][] = [
  [/^your message\b/iu, /\bwas (?:read|opened|displayed|deleted without being read) on\b/iu],
  [/^ihre nachricht\b/iu, /\bwurde am [^!?]{4,60} (?:gelesen|geöffnet|gelöscht)/iu],
  [/^votre message\b/iu, /\ba été (?:lu|ouvert|supprimé)/iu],
  [/^(?:el|su) mensaje\b/iu, /\b(?:fue|se ha|ha sido) (?:leído|abierto|eliminado)/iu],
  [/^il (?:suo |tuo )?messaggio\b/iu, /\bè stato (?:letto|aperto|eliminato)/iu],
  [/^(?:a )?sua mensagem\b/iu, /\bfoi (?:lida|aberta|excluída|eliminada)/iu],
  [/^uw bericht\b/iu, /\bis (?:gelezen|geopend|verwijderd) op\b|\bis op [^!?]{4,60} gelezen/iu],
  [/^ditt meddelande\b/iu, /\b(?:lästes|öppnades|togs bort)\b/iu],
  [/^(?:twoja )?wiadomość\b/iu, /została (?:przeczytana|odczytana|otwarta|usunięta)/iu],
  [/^(?:次の)?(?:送信した)?メッセージ/u, /(?:開封|表示|削除)され(?:まし|てい)/u],
  [/^(?:您|你)的(?:邮件|郵件)/u, /(?:已被|被)?(?:阅读|閱讀|读取|讀取|打开|打開|删除|刪除)/u],
  [
    /^(?:this is a|dies ist eine|ceci est un) (?:return receipt|empfangsbestätigung|accusé de réception)\b/iu,
    /./u,
  ],
];

/** Outlook lists To, Subject and Sent of our mail; in these languages the first and the second begin so. */
const FIELDS =
  /(?:^|\s)(?:to|an|à|para|a|aan|till|do|宛先|收件人)\s?[:：][^!?]{0,400}?(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|temat|件名|主题|主旨)\s?[:：]/iu;

/** Our mail was shown or thrown away unread (RFC 8098, or a program's own words of old): nobody has answered. */
export function isReadReceipt(mail: ParsedMail): boolean {
  if (part(mail, /^message\/disposition-notification/i) !== null) return true;
  if (/report-type="?disposition-notification/i.test(header(mail, 'content-type'))) return true;
  const text = mail.text.slice(0, 1500).replace(/\s+/gu, ' ').trim();
  return (
    WORDS.some(([begins, ends]) => begins.test(text) && ends.test(text)) &&
    (FIELDS.test(text) || /receipt|empfangsb|accusé/iu.test(text))
  );
}
