/** A folder as LIST gives it. */
export interface ListedFolder {
  path: string;
  delimiter: string;
  /** Of LIST: `\Sent`, `\Noselect`, ... */
  flags: ReadonlySet<string>;
  /** What its name means in one of many languages, as imapflow reads it, in the form of a flag. */
  use?: string;
}

export interface FoundFolders {
  inbox: string;
  /** Where our copies are filed. */
  sent: string | null;
  /** Programs file what they send under names of their own: the others of that kind, to be read as well. */
  alsoSent: string[];
  junk: string | null;
  all: string | null;
}

/** Names that mail programs and providers give these folders where the server does not say (RFC 6154), in lower case. */
const NAMES = {
  sent: [
    'sent', 'sent items', 'sent mail', 'sent messages', 'gesendet', 'gesendete objekte', 'gesendete elemente',
    'gesendete nachrichten', 'envoyés', 'éléments envoyés', 'messages envoyés', 'enviados', 'elementos enviados',
    'correo enviado', 'mensajes enviados', 'itens enviados', 'inviata', 'posta inviata', 'inviati', 'verzonden',
    'verzonden items', 'verzonden berichten', 'skickat', 'skickade objekt', 'wysłane', 'elementy wysłane', 'sendt', 'sendte elementer',
    'lähetetyt', 'отправленные', 'надіслані', 'odeslané', 'odeslaná pošta', 'elküldött', 'gönderilmiş öğeler', '送信済み',
    '送信済みメール', '送信済みアイテム', '已发送', '已发送邮件', '已傳送', '보낸편지함',
  ],
  junk: [
    'junk', 'spam', 'junk e-mail', 'junk email', 'junk mail', 'bulk mail', 'junk-e-mail', 'spamverdacht', 'spamordner',
    'unerwünscht', 'courrier indésirable', 'indésirables', 'pourriel', 'correo no deseado', 'no deseado', 'posta indesiderata',
    'indesiderata', 'lixo eletrônico', 'lixo eletrónico', 'ongewenste e-mail', 'ongewenst', 'skräppost', 'wiadomości-śmieci',
    'niechciane', 'spam-verdacht', 'спам', '迷惑メール', '垃圾邮件', '垃圾郵件', '스팸',
  ],
  all: ['all mail', 'alle nachrichten', 'tous les messages', 'todos', 'todo el correo', 'tutti i messaggi', 'all messages'],
} as const; // prettier-ignore

/** More of them are somebody's archive. */
const MOST_SENT = 5;

/**
 * Which folder is what: by special use (RFC 6154), then by the names known for it, the one nearest to the top first.
 * Nothing is guessed from a part of a name: `Sent to clients` is somebody's own folder.
 */
export function chooseFolders(listed: readonly ListedFolder[]): FoundFolders {
  const open = listed.filter(({ flags }) => !has(flags, '\\Noselect') && !has(flags, '\\NonExistent'));
  const find = (use: string, names: readonly string[]): string[] => {
    const rank = (folder: ListedFolder): number => {
      if (has(folder.flags, use)) return 0;
      if (depth(folder) > 1) return 3;
      return names.includes(lastName(folder)) ? 1 : folder.use === use ? 2 : 3;
    };
    return open
      .filter((folder) => rank(folder) < 3)
      .sort(
        (a, b) =>
          rank(a) - rank(b) || depth(a) - depth(b) || names.indexOf(lastName(a)) - names.indexOf(lastName(b)),
      )
      .map(({ path }) => path);
  };
  const [sent, ...alsoSent] = find('\\Sent', NAMES.sent);
  return {
    inbox: open.find(({ path }) => path.toUpperCase() === 'INBOX')?.path ?? 'INBOX',
    sent: sent ?? null,
    alsoSent: alsoSent.slice(0, MOST_SENT),
    junk: find('\\Junk', NAMES.junk)[0] ?? null,
    all: find('\\All', NAMES.all)[0] ?? null,
  };
}

function has(flags: ReadonlySet<string>, wanted: string): boolean {
  return [...flags].some((flag) => flag.toLowerCase() === wanted.toLowerCase());
}

function lastName({ path, delimiter }: ListedFolder): string {
  const name = delimiter === '' ? path : path.slice(path.lastIndexOf(delimiter) + 1);
  return name.normalize('NFC').toLowerCase().trim();
}

/** 0 at the top; what lies below INBOX or a provider's own folder (`[Gmail]`) counts as the top. */
function depth({ path, delimiter }: ListedFolder): number {
  if (delimiter === '') return 0;
  const parts = path.split(delimiter);
  return parts.length - 1 - (/^(?:inbox|\[.*\])$/i.test(parts[0] ?? '') && parts.length > 1 ? 1 : 0);
}
