/** Lines a program or a company adds below what a person wrote. */

const DEVICE =
  '(?:i-?phone|i-?pad|i-?pod|android|mobiles?|mobil\\p{L}*|cell(?:ular|phone)?|handy|handset|smart-?phone|phone|telephone|téléphone|tel[eé]fono|telefon\\p{L}*|m[oó]vil|celular|cellulare|telemóvel|portable|tablet|samsung|galaxy|pixel|nokia|sony|xperia|motorola|htc|lg|blackberry|huawei|honor|xiaomi|redmi|oneplus|oppo|vivo|fairphone|windows|mac(?:book)?|outlook|mail(?:box)?|e-?mail|gmail|inbox|yahoo!?|aol|hotmail|proton(?:mail)?|tutanota|tuta|gmx|web\\.de|freenet|t-online|aqua ?mail|k-9|thunderbird|spark|airmail|sparrow|canary|edison|newton|polymail|superhuman|missive|front|zoho|mail\\.ru|яндекс\\S*|yandex|mailspring|nine|bluemail|blue mail|typeapp|boxer|acompli|cloudmagic|spike|hey|fastmail|posteo|icloud|telekom|orange|bouygues|sfr|free|libero|virgilio|seznam|centrum|wp|onet|o2|ios|shortwave|the (?:go|move|road|run)|unterwegs|device|gerät|mobilgerät|appareil|dispositivo|apparaat|enhet|telefonom|телефон\\p{L}*|смартфон\\p{L}*|устройств\\p{L}*)';

/** Words that begin such a line; what is sent from follows. */
const BEGINNING = [
  '(?:sent|written|typed|composed|dictated) (?:from|via|with|using|by|on|through|w/)',
  '(?:this (?:e-?mail|mail|message) (?:was|is) )?sent (?:from|via|with|using)(?= my| a)',
  '(?:diese (?:nachricht|e-?mail|mail) wurde (?:von|mit|über)|(?:von|mit) (?:mein|unter|un)\\p{L}*|(?:gesendet|geschrieben|verschickt|versendet|gesandt) (?:von|mit|über|via|aus))',
  "(?:envoyé|envoyée|écrit|expédié) (?:de|depuis|à partir de|par|avec|via)|envoyé à partir d[’']|provenance\\s?:",
  'enviad[oa] (?:desde|do|da|de|a partir d\\p{L}|com|con|por|via)|escrito desde',
  "(?:inviato|scritto|spedito) (?:da(?:l|lla|ll[’'])?|con|tramite)",
  '(?:verstuurd|verzonden|gestuurd) (?:vanaf|met|via|van|vanuit|door)',
  '(?:skickat|skickades|sänt|hälsningar) (?:från|via|med)',
  '(?:sendt|skrevet) (?:fra|via|med|ved)|få outlook',
  'lähetetty|lähetetään',
  '(?:wysłan[eoy]|wysłano|napisane) (?:z|ze|przez|za pomocą)',
  '(?:odesl[aá]no|odoslan[éeo]|posláno) (?:z|ze|pomocí|pomocou|prostřednictvím)',
  'elküldve|küldve|az? .{0,20}(?:készülékemről|iphone-omról)',
  'trimis (?:de pe|din|cu|prin)',
  '(?:poslano|poslato|послато) (?:iz|sa|s|z|putem|са|из)',
  '(?:отправлено|послано|написано) (?:с|из|через|от)|надіслано (?:з|із|через)|відправлено з|изпратено (?:от|чрез)',
  'στάλθηκε (?:από|με)|απεστάλη από|enviat (?:des de|amb)|saadetud|išsiųsta (?:iš|naudojant)|nosūtīts (?:no|izmantojot)|sent úr|sent frá|bidalia',
  'נשלח (?:מ|באמצעות)|(?:تم )?(?:ال)?[إأا]?رسالها? من|أُ?رسلت? (?:من|بواسطة)|[إا]رسال از|ارسال شده از',
  'đã gửi từ|được gửi từ|gửi từ|dikirim (?:dari|melalui)|dihantar dari|ส่งจาก|발송|나의',
  '发自|發自|从我的|從我的|来自|來自|发送自|發送自|通过',
];
const ENDING =
  '(?:gesendet|verschickt|versandt|geschrieben|gönderildi|lähetetty|傳送|传送|发送|發送|寄出|から送信|より送信|에서 (?:보냄|발송|보낸 메일)|küldve|elküldve|iphone-omról|készülékemről küldve)';

const SENT_FROM = new RegExp(`^[<([*_\\s–—-]{0,5}(?:${BEGINNING.join('|')})(?!\\p{Ll}{4})`, 'iu');
const HAS_DEVICE = new RegExp(
  `(?<!\\p{L})${DEVICE}(?!\\p{Ll}{4})|iphon|ipad|アイフォン|手机|手機|邮箱|郵箱|邮件大师|휴대|אייפון|أيفون`,
  'iu',
);
const SENT_ENDS = new RegExp(`${ENDING}\\s?[.。]?[)>\\]]{0,2}$`, 'iu');
/** "Sent from my Wiko Ridge": a thing in few words, no clause. */
const MY_THING = /^[<([\s]{0,3}sent (?:from|via) (?:my|a|an) [^.,:;?!]{1,60}$/i;
const SHORT_MARK =
  /^(?:\p{Lu}[\p{L}.'-]{1,20} )?(?:from my|via my|via|from|per|par) (?:i-?phone|i-?pad|mobile|android|blackberry)\b[^.?!]{0,20}$/iu;
const GET_APP =
  /^[<([]?(?:get|holen sie sich|téléchargez|obtenez|télécharger|obtener|descarga|obtén|ottieni|scarica|download|obter|obtenha|hämta|skaffa|få|hent|hanki|pobierz|получить|скачать|завантажити|získat|stáhnout|取得|获取|下载|下載|入手).{0,6}(?:outlook|\[outlook|yahoo|bluemail|blue mail|spark|tutanota|proton)|^outlook (?:für|for|pour|para|per|voor|til|till|dla) (?:ios|android)|^yahoo mail: search, organi[sz]e|^(?:获取|取得|下载)\s?outlook/iu;
/** Whatever else stands there, a platform or a link does, or nothing at all. */
const FOR_APP =
  /ios|android|mac|windows|iphone|mobile|https?:|\]|(?:outlook|spark|yahoo|mail|tutanota)[.>)]*$/iu;
const SCANNED =
  /^(?:(?:this|diese|ce|este|questa|deze) (?:e-?mail|message|nachricht|courriel|mensaje|mail).{0,60}(?:avast|avg|antivirus|virus)|virus-?(?:free|frei)\.?\s*(?:www\.)?(?:avast|avg)|garanti sans virus|libre de virus|virenfrei|senza virus|mail scanned by|<?https?:\/\/(?:\w+\.)?av(?:ast|g)\.com\/sig-?email|<#[\dA-F-]{36}>$)/iu;
const APOLOGY =
  /^[(*]?(?:please )?(?:excuse|pardon|forgive|sorry for|apologies for|ignore)\s(?:any |the |my |all )?(?:typos?|typoze|brevity|mistakes|errors|spelling|terse|auto-?correct).{0,60}$|^(?:bitte )?(?:entschuldigen sie|verzeihen sie|etwaige|tippfehler).{0,80}(?:tippfehler|kürze|vorbehalten).{0,20}$/iu;

/** No company asks, or says "I". */
const PERSONAL =
  /[?？]|(?<!\p{L})(?:I|[Mm]y|[Ii]ch|[Mm]ich|[Mm]ir|[Jj]e|[Jj]['’]\p{L}+|[Yy]o|[Ii]o|[Ee]u|[Ii]k|[Jj]ag)(?!\p{L})/u;

export function isPersonal(words: string): boolean {
  return PERSONAL.test(words);
}

const TREES =
  /^.{0,80}(?:(?:environment|planet|trees?)\b.{0,40}\bprint|umwelt.{0,60}druck|environnement.{0,40}imprim|(?:medio ambiente|meio ambiente|ambiente).{0,60}(?:imprim|stampa)|imprim.{0,60}me[id]o ambiente|milieu.{0,40}print|miljön.{0,40}skriv|środowisk.{0,60}druk)/iu;

/** "Sent from my iPhone" in whatever language, and nothing a person would put as a sentence. */
export function isDeviceMark(bare: string): boolean {
  if (SCANNED.test(bare.slice(0, 500))) return true;
  if (bare.length < 300 && TREES.test(bare)) return !PERSONAL.test(bare);
  if (bare.length < 5 || bare.length > 180) return false;
  if ((GET_APP.test(bare) && FOR_APP.test(bare)) || MY_THING.test(bare) || SHORT_MARK.test(bare)) return true;
  const words = bare.replace(/<(?:https?:|mailto:)[^<>]*>|\(https?:[^()]*\)|https?:\S+/g, ' ').trim();
  if (words.split(/\s+/).length > 16 || /[?!]/.test(words.slice(0, -1))) return false;
  // A clause after a comma or colon is a sentence: "Sent from my hotel room: yes, let us meet."
  if (/[,:;]\s+\p{L}+\s+\p{L}+\s+\p{L}/u.test(words) && !APOLOGY.test(words.replace(/^[^,.]*[,.]\s*/, '')))
    return false;
  return HAS_DEVICE.test(words) && (SENT_FROM.test(words) || SENT_ENDS.test(words));
}

/** The line that may follow such a mark. */
export function isApology(bare: string): boolean {
  return bare.length <= 160 && APOLOGY.test(bare);
}

const LEGAL_START =
  /^[*_\s]{0,4}(?:(?:e-?mail )?(?:disclaimer|confidentiality|legal notice|privileged|important notice|notice of confidentiality|haftungsausschluss|vertraulichkeit|avis de confidentialité|aviso (?:legal|de confidencialidad|de privacidad)|avviso di riservatezza|nota di riservatezza|aviso de confidencialidade|vertrouwelijkheid|klauzula poufności)|(?=.{0,60}(?:mail|messag|mensa|nachricht|communication|comunica|courriel|corre[io]o|bericht|meddel|besked|viesti|wiadomo|korespond|письм|сообщен|zpráv|správ|mesaj|üzenet|ileti|邮件|郵件|メール|메일|attach|anhäng|allegat|informa|inhalt|content))(?:this|the (?:information|content)|ai sensi|il (?:presente|contenuto)|in ottemperanza|le présent|en cumplimiento|de conformidad|el (?:presente|contenido)|diese?|die information|der inhalt|ce|cet|les informations|este|esta|la información|questo|questa|le informazioni|deze?|dit|de informatie|detta|denna|denne|dette|tämä|ta|niniejsz|treść|esta|as informações|данн|настоящ|содержание|tento|tato|acest|ez az|bu e-?posta|本邮件|本郵件|このメール|本メール|이 메일).{0,140}(?:confidential|privileged|intended|recipient|vertraulich|bestimmt|rechtlich geschützt|confidentiel|destinataire|confidencial|destinatario|riservat|destinatari|vertrouwelijk|geadresseerde|konfidentiell|fortrolig|luottamuksel|poufn|adresata|confidenciai|destinatário|конфиденциальн|důvěrn|confidenți|bizalmas|gizli|保密|机密|機密|기밀))/iu;
const LIST_FOOTER =
  /^(?:you(?:['’]re| are)? (?:received|receiving|are subscribed|got) .{0,80}(?:because|subscribed|group|list|email)|to (?:unsubscribe|leave|post to|view this discussion|change your|stop receiving|manage your)\b.{0,100}|unsubscribe(?:\s?(?:here|:|<|http)|$)|visit this group at|for more options,? visit|\S{2,60} mailing list(?:\s*[-–:(]?\s*(?:\S+@\S+|https?:\S+).{0,80})?$|.{0,60}mailman\/(?:listinfo|options)\/\S+|(?:sie erhalten diese|vous recevez ce|recibe este|ricevi questa).{0,120}(?:liste?|gruppe|groupe|grupo|abonn)|yahoo! groups (?:links|sponsor)|(?:um sich |zum )?(?:abmelden|abbestellen)\s?:|archives?: https?:\S+|post: mailto:)/iu;
const BANNER =
  /^[*[(\s]{0,4}(?:external(?: e-?mail| sender)?\b|extern(?:e e-?mail)?\b|caution\b|warning\b|vorsicht\b|achtung\b|attention\b|atención\b|attenzione\b|\[external).{0,400}(?:outside|external|originated|unknown sender|do not click|extern|außerhalb|extérieur|externo|esterno)/iu;

/** A paragraph of company law: its first words are enough. `paragraph` is its joined text. */
export function isLegal(paragraph: string): boolean {
  if (paragraph.length < 110)
    return /^[*_\s]{0,4}(?:confidentiality notice|disclaimer|haftungsausschluss|legal notice)[:.*\s]*$/i.test(
      paragraph,
    );
  return LEGAL_START.test(paragraph.slice(0, 400)) && !PERSONAL.test(paragraph);
}

const INVITED =
  /^(?:microsoft teams\b.{0,120}(?:\bjoin|teilnehmen|rejoindre|unirse|únete|partecipa|particip|deelnemen|delta |dołącz|参加|加入|https?:)|.{2,60} is inviting you to a scheduled zoom meeting|join zoom meeting <?https?:|google meet joining info)/iu;
/**
 * A paragraph nobody writes by hand, to be found below what they wrote: company law, an invitation to a call.
 * `paragraph` is its joined text.
 */
export function isFooter(paragraph: string): boolean {
  return isLegal(paragraph) || INVITED.test(paragraph);
}

export function isListFooter(bare: string): boolean {
  return bare.length <= 240 && LIST_FOOTER.test(bare) && !PERSONAL.test(bare);
}

/** What a gateway puts above a mail from outside. */
export function isBanner(paragraph: string): boolean {
  return paragraph.length >= 20 && paragraph.length <= 700 && BANNER.test(paragraph.slice(0, 500));
}
