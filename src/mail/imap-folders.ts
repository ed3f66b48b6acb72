/** A folder as LIST gives it. */
export interface ListedFolder {
  path: string;
  delimiter: string;
  /** Of LIST: `\Sent`, `\Noselect`, ... */
  flags: ReadonlySet<string>;
}

export interface FoundFolders {
  inbox: string;
  sent: string | null;
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

/**
 * Which folder is what: by special use (RFC 6154), then by the names known for it, the one nearest to the top first.
 * Nothing is guessed from a part of a name: `Sent to clients` is somebody's own folder.
 */
export function chooseFolders(listed: readonly ListedFolder[]): FoundFolders {
  const open = listed.filter(({ flags }) => !has(flags, '\\Noselect') && !has(flags, '\\NonExistent'));
  const find = (use: string, names: readonly string[]): string | null => {
    const said = open.filter(({ flags }) => has(flags, use));
    const named = open.filter((folder) => names.includes(lastName(folder)) && depth(folder) <= 1);
    const nearest = (said.length > 0 ? said : named).sort(
      (a, b) => depth(a) - depth(b) || names.indexOf(lastName(a)) - names.indexOf(lastName(b)),
    );
    return nearest[0]?.path ?? null;
  };
  return {
    inbox: open.find(({ path }) => path.toUpperCase() === 'INBOX')?.path ?? 'INBOX',
    sent: find('\\Sent', NAMES.sent),
    junk: find('\\Junk', NAMES.junk),
    all: find('\\All', NAMES.all),
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
