/** Longer than any mail a person writes; what follows is not looked at. */
const TEXT_LIMIT = 100_000;

/** Verbs that end the line a mail program puts before a quote, e.g. "On 3 May 2026 at 10:00, Ada wrote:". */
const WROTE =
  /(?:wrote|writes|schrieb|geschrieben|écrit|escribió|escribio|ha scritto|scritto|escreveu|schreef|geschreven|skrev|napisał|napisała)(?!\p{L})/iu;
const ATTRIBUTION_START =
  /^(?:On|Am|Le|El|Il|Em|No dia|Op|Den|Den |På|W dniu|Dnia|Vom)\s|^\d{4}[-/]\d\d[-/]\d\d\b/;
const ADDRESS = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/;
const CLOCK = /\d{1,2}[:.h]\d{2}/;

const DIVIDER =
  /^\s*-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht|originalmeddelande|ursprungligt meddelande|vidarebefordrat meddelande)[^-]*-{2,}\s*$/i;
const HEAD_FROM = /^\s*[*_]*(?:from|von|de|da|van|från|od)[*_]*\s*:[*_]*\s*\S/i;
const HEAD_MORE =
  /^\s*[*_]*(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|fecha|para|asunto|inviato|data|a|oggetto|assunto|verzonden|aan|onderwerp|skickat|till|ämne)[*_]*\s*:/i;
const DEVICE =
  '(?:iphone|ipad|android|mobile|mobil|mobiltelefon|handy|smartphone|phone|téléphone|móvil|celular|cellulare|telemóvel|telefoon|samsung|galaxy|pixel|blackberry|huawei|xiaomi|mail for windows|mail für windows|outlook|yahoo|proton|fairphone|gmx|web\\.de|aquamail|spark|mobil\\w*)';
const SENT_FROM = new RegExp(
  `^\\s*(?:sent (?:from|via|with|using)|gesendet (?:von|mit)|von meinem|diese nachricht wurde von|envoyé (?:de|depuis)|enviado (?:desde|do|a partir)|inviato da|verstuurd vanaf|verzonden (?:vanaf|met)|skickat från|skickades från|get)\\b.{0,40}${DEVICE}.{0,60}$`,
  'i',
);

/** Lines `at .. at + length` are an attribution; the length is 0 when they are none. */
function attributionAt(lines: string[], at: number): number {
  const first = lines[at] ?? '';
  if (first.length > 400) return 0;
  const starts = ATTRIBUTION_START.test(first.trim());
  if (!starts && !(ADDRESS.test(first) && /[:<]/.test(first))) return 0;
  let joined = '';
  for (let length = 1; length <= (starts ? 4 : 2); length++) {
    const line = lines[at + length - 1];
    if (line === undefined || line.trim() === '' || isQuoted(line)) return 0;
    joined = `${joined} ${line.trim()}`;
    if (joined.length > 400) return 0;
    if (!joined.endsWith(':')) continue;
    const bareGmail = starts && /\d{4}.*<[^<>]+@[^<>]+>:$/.test(joined);
    return bareGmail || (WROTE.test(joined) && (starts || ADDRESS.test(joined))) ? length : 0;
  }
  return 0;
}

function isQuoted(line: string): boolean {
  return /^ {0,3}>/.test(line);
}

/** An Outlook-style block of at least three header lines, beginning with the sender. */
function isHeaderBlock(lines: string[], at: number): boolean {
  if (!HEAD_FROM.test(lines[at] ?? '')) return false;
  return lines.slice(at + 1, at + 7).filter((line) => HEAD_MORE.test(line)).length >= 2;
}

function nextWritten(lines: string[], at: number): string {
  return lines.slice(at).find((line) => line.trim() !== '') ?? '';
}

/**
 * The text the person wrote: without quotes (`>`, "On ... wrote:", Outlook's blocks and dividers) and without a
 * signature (`-- `, "Sent from my iPhone"). Answers written between quotes are kept. When unsure, text is kept.
 * Line ends become \n.
 */
export function ownWords(text: string): string {
  const lines = text
    .slice(0, TEXT_LIMIT)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\u00a0/g, ' '));
  const kept: string[] = [];
  let inSignature = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (DIVIDER.test(line) || isHeaderBlock(lines, at)) {
      // Outlook draws a line of underscores above its block.
      while (kept.length > 0 && /^_*$/.test((kept.at(-1) ?? '').trim())) kept.pop();
      break;
    }
    if (isQuoted(line)) {
      // mbox writes ">From" for a line of the person's own that begins with "From".
      const alone = !isQuoted(lines[at - 1] ?? '') && !isQuoted(lines[at + 1] ?? '');
      if (alone && /^>From /.test(line)) kept.push(line.slice(1));
      else inSignature = false;
      continue;
    }
    const length = attributionAt(lines, at);
    if (length > 0) {
      if (isQuoted(nextWritten(lines, at + length))) {
        inSignature = false;
        at += length - 1;
        continue;
      }
      // An unmarked quote follows. A sentence such as "On 3 May you wrote:" carries no address or time.
      const attribution = lines.slice(at, at + length).join(' ');
      if (ADDRESS.test(attribution) || CLOCK.test(attribution)) break;
    }
    if (/^--\s?$/.test(line) && (line === '-- ' || lines.length - at <= 15 || kept.length > 0))
      inSignature = true;
    if (!inSignature && !SENT_FROM.test(line)) kept.push(line.trimEnd());
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|lieber?|guten (?:tag|morgen|abend)|sehr geehrter?|moin|bonjour|bonsoir|salut|chère?|hola|buenos días|querid[oa]|ciao|buongiorno|gentile|olá|oi|beste|dag|hej)(?!\p{L})[^.?!]{0,50}[,!.]?$/iu;
const ABBREVIATION =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|e\.g|i\.e|z\.\s?b|bzw|ca|nr|no|vs|approx|inkl|evtl|ggf|usw|etc|m|mme|sr|sra)\.$/i;

/**
 * Sentences of a text, without greeting lines; wrapped lines are joined, list items stand alone. "30. November" and
 * "Dr. Ada" stay together.
 */
export function sentences(text: string): string[] {
  const blocks: string[] = [];
  let open = false;
  for (const raw of text.slice(0, TEXT_LIMIT).split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || GREETING.test(line)) {
      open = false;
      continue;
    }
    const item = /^(?:[-*•]|\d{1,2}[.)])\s+/.exec(line);
    if (open && !item) blocks.push(`${blocks.pop() ?? ''} ${line}`);
    else blocks.push(item ? line.slice(item[0].length) : line);
    open = true;
  }
  return blocks.flatMap((block) => {
    const found: string[] = [];
    const end = /(?:[!?…]|(?:[^\s\d]|\d{3})\.)["'”’»)]?\s+(?=["'“„«¿¡(]?[\p{L}\p{N}])/gu;
    let from = 0;
    for (const match of block.matchAll(end)) {
      const until = match.index + match[0].length;
      const sentence = block.slice(from, until).trim();
      const goesOn =
        /\.$/.test(sentence) &&
        (ABBREVIATION.test(sentence.slice(-12)) || /^\p{Ll}/u.test(block.slice(until)));
      if (goesOn) continue;
      found.push(sentence);
      from = until;
    }
    const rest = block.slice(from).trim();
    return rest === '' ? found : [...found, rest];
  });
}
