/** What a signature says about its owner; everything as written. Only what is plain to see; a guess is left out. */
export interface SignatureFacts {
  name?: string;
  title?: string;
  company?: string;
  phones: string[];
  emails: string[];
  urls: string[];
}

const MOST_LINES = 40;
const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;
const URL = /(?:https?:\/\/|www\.)[^\s<>()[\]"|]{2,300}/gi;
const BARE_HOST =
  /(?<![@\p{L}\p{N}.-])(?:[a-z0-9-]{1,60}\.){1,3}(?:com|org|net|io|co|eu|de|at|ch|fr|es|it|nl|be|se|no|dk|fi|pl|cz|uk|ie|ai|dev|app|info|me|tech)(?:\/[^\s<>|]{0,200})?(?![\p{L}\p{N}@.])/giu;
const PHONE =
  /(?<![\p{L}\p{N}/.:@-])(?:\+|00)?\(?\d[\d\s()./–-]{5,22}\d(?!\d|[\p{L}@])(?:\s?(?:x|ext\.?|dw)\s?\d{1,6})?/giu;
const PHONE_LABEL =
  /^[\s*•☎📞📱✆]*(?:t|p|m|c|o|d|w|h|f|tel|telephone|telefon|téléphone|tél|teléfono|telefono|phone|mobile|mobil|mob|cell|handy|gsm|office|direct|fon|fax|telefax|puh|tlf|電話|电话|手机|전화)\s?(?:nr|no)?[\s.:：)]{0,4}(?=[+(\d])/iu;
const FAX = /(?:^|[\s|•·])(?:f|fax|telefax|facsimile)\s?[.:)]?\s*(?=[+(\d])/iu;
const NOT_PHONE =
  /(?:^|[\s|])(?:hrb|hra|ust|vat|mwst|tva|siret|siren|iban|bic|nif|cif|p\.?\s?iva|kvk|btw|zip|plz|reg|registration|company no|tax)\b|^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/iu;
const TITLE =
  /(?<!\p{L})(?:c[eftompisd]o|founder|co-?founder|president|chair(?:man|woman|person)?|director|direktor\p{L}*|directeur|directrice|director[a]?|direttore|direttrice|diretor\p{L}*|manager\p{L}*|head of|lead|leader|leiter\p{L}*|leitung|teamleiter\p{L}*|engineer\p{L}*|ingenieur\p{L}*|ingénieur\p{L}*|ingegnere|ingenier\p{L}|developer|entwickler\p{L}*|développeu\p{L}+|programmer|architect\p{L}*|architekt\p{L}*|designer\p{L}*|analyst\p{L}*|analista|scientist|researcher|wissenschaftl\p{L}+|professor\p{L}*|prof\.|lecturer|dozent\p{L}*|consultant\p{L}*|berater\p{L}*|conseill\p{L}+|consulente|consultor\p{L}*|adviser|advisor|attorney|lawyer|rechtsanw\p{L}+|avocat\p{L}*|avvocato|abogad\p{L}|partner\p{L}*|associate|assistant\p{L}*|assistenz|assistent\p{L}*|secretary|sekretär\p{L}*|coordinator|koordinator\p{L}*|specialist|spezialist\p{L}*|officer|vice president|vp|svp|evp|geschäftsführ\p{L}+|vorstand\p{L}*|inhaber\p{L}*|gérante?|responsable|référent\p{L}*|chef\p{L}*|jefe|jefa|capo|gerente|editor\p{L}*|redakteur\p{L}*|journalist\p{L}*|producer|curator|librarian|teacher|physician|doctor|nurse|sales|marketing|product owner|scrum master|evangelist|recruiter\p{L}*|intern|praktikant\p{L}*|student\p{L}*|phd (?:student|candidate)|kierownik|dyrektor|prezes|specjalista|verkställande|projektledare|chefredakteur)(?!\p{L})/iu;
const COMPANY =
  /(?<!\p{L})(?:gmbh|ag|kg|ug|ohg|se|e\.v\.|inc\.?|llc|llp|ltda?\.?|limited|e\.k\.|gbr|plc|corp\.?|corporation|company|s\.?a\.?s?\.?|sarl|s\.?r\.?l\.?|s\.?p\.?a\.?|s\.?l\.?u?\.?|b\.?v\.?|n\.?v\.?|a\/s|aps|as|ab|oyj?|sp\. z o\.o\.|s\.r\.o\.|a\.s\.|kft|zrt|pty|co\.|group|gruppe|groupe|university|universität|université|universidad|università|universiteit|institute?|institut|labs?|laborator\p{L}+|studio|foundation|stiftung|verlag|hospital|klinik\p{L}*|ministry|ministerium|hochschule|college|school|bank|holding|partners|consulting|solutions|technologies|systems)(?![\p{L}])/iu;
const ADDRESS_LINE =
  /(?:\d{4,5}|\d{2,3}[ -]\d{2,3})\s+\p{L}|(?:street|st\.|avenue|ave|road|rd\.|straße|strasse|str\.|platz|weg|allee|gasse|rue|boulevard|bd\.?|calle|via|piazza|laan|straat|gatan|vej|ul\.|suite|floor|p\.?o\.? box)(?!\p{L})/iu;

/** Reads the lines of a signature, delimiter and "Sent from my iPhone" included or not. Pure; never throws. */
export function readSignature(lines: string[]): SignatureFacts {
  const facts: SignatureFacts = { phones: [], emails: [], urls: [] };
  const pieces = lines
    .slice(0, MOST_LINES)
    .flatMap((line) => line.slice(0, 300).split(/\s[|•·–—]\s|\s{3,}|\t/))
    .map((piece) => piece.replace(/^[\s*_>|•·–—-]+|[\s*_|•·]+$/g, ''))
    .filter((piece) => piece !== '' && !/^[-_=~]+$/.test(piece));
  for (const [at, piece] of pieces.entries()) {
    const rest = contacts(piece, facts);
    if (rest.length < 2 || rest.length > 90) continue;
    place(rest, at, facts);
  }
  return facts;
}

/** Takes phones, addresses and links out of a piece; returns the words left, without their labels. */
function contacts(piece: string, facts: SignatureFacts): string {
  let rest = piece.replace(/\[?mailto:/gi, ' ');
  const take = (pattern: RegExp, into: string[], keep: (found: string) => boolean = () => true): void => {
    rest = rest.replace(pattern, (found: string) => {
      const clean = found.replace(/[.,;:)\]]+$/, '');
      if (!keep(clean)) return found;
      if (!into.includes(clean)) into.push(clean);
      return ' ';
    });
  };
  take(EMAIL, facts.emails);
  take(URL, facts.urls);
  take(BARE_HOST, facts.urls);
  if (!NOT_PHONE.test(rest)) {
    const fax = FAX.test(rest);
    const labelled = PHONE_LABEL.test(rest);
    const before = rest;
    take(PHONE, fax ? [] : facts.phones, (found) => isPhone(found, labelled, before));
    if (rest !== before) rest = rest.replace(/(?:^|\s)[\p{L}-]{1,12}\s?(?:nr|no)?\s?[.:)]/giu, ' ');
  }
  return rest
    .replace(/[<>()[\]]/g, ' ')
    .replace(/(?:^|\s)(?:e-?mail|web(?:site)?|mail|url|e|w|skype|twitter|linkedin)\s?:\s*(?=$|\s)/gi, ' ')
    .replace(/^[\s,;:|/-]+|[\s,;:|/-]+$/g, '')
    .replace(/\s+/g, ' ');
}

function isPhone(found: string, labelled: boolean, piece: string): boolean {
  const digits = found.replace(/\D/g, '').length;
  if (digits < 7 || digits > 15) return false;
  // An unlabelled number within an address or a sentence is no phone.
  return (
    labelled ||
    /^(?:\+|00|\()/.test(found.trim()) ||
    (piece.trim().length <= found.length + 12 && !/^\d{8,}$/.test(found))
  );
}

function place(words: string, at: number, facts: SignatureFacts): void {
  if (ADDRESS_LINE.test(words) || /\d{3}/.test(words) || /[.!?]\s+\p{Lu}.*[.!?]$/u.test(words)) return;
  const comma = /^([^,]{3,60}),\s+(.{2,60})$/.exec(words);
  if (TITLE.test(words)) {
    // "Head of Engines, Analytical GmbH"; "Ada Lovelace, Head of Engines".
    const [, left = '', right = ''] = comma ?? [];
    if (facts.name === undefined && left && !TITLE.test(left) && isName(left)) {
      facts.name = left;
      facts.title ??= right;
    } else if (facts.title === undefined) {
      const at = / (?:at|@|bei|chez|en|presso|bij) (?=\p{Lu})/u.exec(words);
      if (left && COMPANY.test(right) && !TITLE.test(right)) {
        facts.title = left;
        facts.company ??= right;
      } else if (at) {
        facts.title = words.slice(0, at.index);
        facts.company ??= words.slice(at.index + at[0].length);
      } else facts.title = words;
    }
    return;
  }
  if (COMPANY.test(words) && !(facts.name === undefined && at === 0 && isName(words) && !/\s/.test(words))) {
    facts.company ??= words;
    return;
  }
  if (facts.name === undefined && facts.title === undefined && facts.company === undefined && isName(words)) {
    facts.name = words.replace(
      /,\s*(?:ph\.?\s?d\.?|m\.?d\.?|mba|esq\.?|cpa|jr\.?|msc|bsc|m\.?a\.?|fcls)\.?$/i,
      '',
    );
  }
}

/** No name begins so: closings, greetings, the shortest answers. */
const NO_NAME =
  /^(?:hi|hello|hey|dear|hallo|hej|hoi|bonjour|hola|ciao|olá|cześć|guten|moin|yes|no|ja|nein|oui|non|sí|nee|nej|tak|nie|sim|não|ok|okay|sure|stop|please|bitte|best|kind|warm|regards|cheers|thanks|sincerely|mit|viele|beste|liebe|grüße|gruß|cordialement|saludos|saluti|met|groet|hälsningar|pozdrawiam|sent|gesendet|von|get)(?!\p{L})/iu;

/** One to five words, each beginning as names do. */
export function isName(words: string): boolean {
  // Degrees behind a comma hold a second capital; a full stop or comma ends no name.
  const given = words.replace(/,\s*\p{Lu}[\p{L}.-]{0,6}\p{Lu}[\p{L}.-]{0,6}$/u, '').split(/\s+/);
  return (
    words.length <= 60 &&
    given.length <= 5 &&
    !NO_NAME.test(words) &&
    !/[\d@:;!?/\\<>=]|,$|\p{L}{4,}\.$|^\S+\.$/u.test(words) &&
    /\p{L}{2}/u.test(words) &&
    given.every(
      (word) =>
        /^["'(]?[\p{Lu}\p{Lo}]/u.test(word) ||
        /^(?:von|van|de|der|den|del|della|di|da|dos|du|la|le|zu|zur|af|av|bin|al|el|ter|ten|y|e)$/i.test(
          word,
        ),
    )
  );
}

/** Does a line hold nothing but a way to reach somebody: a phone, an address, a link? */
export function isContactLine(line: string): boolean {
  const found: SignatureFacts = { phones: [], emails: [], urls: [] };
  // Two small words in a row are a sentence: "Invoices go to ..."
  if (line.length > 200 || /(?<!\S)\p{Ll}{2,} \p{Ll}{2,}(?!\S)/u.test(line)) return false;
  const words = contacts(line, found);
  const fax = FAX.test(line) && line.search(PHONE) >= 0;
  return (
    (fax || found.phones.length + found.emails.length + found.urls.length > 0) &&
    words
      .replace(/(?:\p{L}{1,12}\s?[.:])/gu, '')
      .split(/[\s|•·]+/)
      .filter(Boolean).length <= 4
  );
}

/** What companies must or like to tell of themselves; a logo that became words. */
const REGISTERED =
  /^(?:hrb|hra|ust|vat|mwst|tva|siret|siren|iban|bic|nif|cif|p\.?\s?iva|kvk|btw|org\.?\s?nr|cvr|nip|regon|krs|ico|dic|ičo|dič)(?!\p{L}).{0,40}\d|^\[(?:image|cid|logo|bild|imagen|immagine|afbeelding)[:\s].{0,60}\]$|^@[\w.]{2,30}$/iu;

/** Could this line stand in a signature, as a title, company or postal address? */
export function isSignatureWords(line: string): boolean {
  if (line.length <= 90 && REGISTERED.test(line)) return true;
  if (line.length > 90 || /[?!]$|[.:]\s+\p{Lu}\p{Ll}+\s+\p{Ll}+\s+\p{Ll}/u.test(line)) return false;
  return line
    .split(/\s[|•·]\s/u)
    .every((piece) => TITLE.test(piece) || COMPANY.test(piece) || ADDRESS_LINE.test(piece) || isName(piece));
}
