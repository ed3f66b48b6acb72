import { chooseFolders, type ListedFolder } from './imap-folders.js';

const folder = (path: string, ...flags: string[]): ListedFolder => ({
  path,
  delimiter: path.includes('.') ? '.' : '/',
  flags: new Set(flags),
});

describe('folders of a mailbox', () => {
  it('are what the server says they are, whatever their names', () => {
    const listed = [
      folder('INBOX'),
      folder('Sent'),
      folder('[Gmail]', '\\Noselect'),
      folder('[Gmail]/Gesendet', '\\Sent'),
      folder('[Gmail]/Alle', '\\All'),
      folder('[Gmail]/Werbung', '\\junk'),
    ];
    expect(chooseFolders(listed)).toEqual({
      inbox: 'INBOX',
      sent: '[Gmail]/Gesendet',
      alsoSent: ['Sent'],
      all: '[Gmail]/Alle',
      junk: '[Gmail]/Werbung',
    });
  });

  it.each([
    ['Sent'],
    ['Sent Items'],
    ['Gesendet'],
    ['Gesendete Objekte'],
    ['Envoyés'],
    ['Envoye\u0301s'],
    ['Enviados'],
    ['Inviata'],
    ['INBOX.Sent'],
    ['INBOX.Verzonden'],
  ])('are found by the name %s where it does not say', (name) => {
    expect(chooseFolders([folder('INBOX'), folder('Archive'), folder(name)]).sent).toBe(name);
  });

  it.each([
    ['[Gmail]/Alle Nachrichten', '[Gmail]/Spam', '[Gmail]/Gesendet'],
    ['[Gmail]/Tous les messages', '[Gmail]/Spam', '[Gmail]/Messages envoyés'],
    ['[Google Mail]/All Mail', '[Google Mail]/Spam', '[Google Mail]/Sent Mail'],
    [null, 'INBOX.Courrier indésirable', 'INBOX.Éléments envoyés'],
    [null, 'INBOX.Spamverdacht', 'INBOX.Gesendete Objekte'],
  ])('for what went astray are found by their names too: %s, %s', (all, junk, sent) => {
    const listed = [all ?? 'INBOX', junk, sent].map((name) => folder(name));
    expect(chooseFolders([folder('INBOX'), ...listed])).toMatchObject({ all, junk, sent });
  });

  it('are not guessed from a part of a name, nor from the depths of an archive', () => {
    const listed = [folder('INBOX'), folder('Sent to clients'), folder('Archive/2019/Sent')];
    expect(chooseFolders(listed)).toEqual({
      inbox: 'INBOX',
      sent: null,
      alsoSent: [],
      junk: null,
      all: null,
    });
  });

  it('take the one nearest to the top, and read the others of their kind as well', () => {
    const found = chooseFolders([
      folder('Old/Sent'),
      folder('Gesendet'),
      folder('Sent Messages'),
      folder('Box'),
    ]);
    expect(found).toMatchObject({ sent: 'Sent Messages', alsoSent: ['Gesendet', 'Old/Sent'] });
  });

  it('are known by names in other languages last', () => {
    const greek = { ...folder('Απεσταλμένα'), use: '\\Sent' };
    expect(chooseFolders([greek]).sent).toBe('Απεσταλμένα');
    expect(chooseFolders([greek, folder('Sent')])).toMatchObject({ sent: 'Sent', alsoSent: ['Απεσταλμένα'] });
  });
});
