/** Who there is in every history. */

export const OWNERS = [
  { name: 'Ada Lindqvist', email: 'ada@example.org', zone: 'Europe/Berlin', language: 'en' },
  { name: 'Ben Okoye', email: 'ben@example.net', zone: 'America/New_York', language: 'en' },
];
/** Both are known to both owners. */
export const EVENTS = [
  { name: 'DevConf', startsOn: '2026-11-18', endsOn: '2026-11-20', zone: 'Europe/Berlin' },
  { name: 'OpsDays', startsOn: '2026-11-24', endsOn: '2026-11-25', zone: 'Europe/Berlin' },
];

/** Made by hand: with two addresses, in zones far apart, with birthdays soon, two with one address; one known to both owners. */
export const PEOPLE: { owner: 0 | 1; body: Record<string, unknown> }[] = [
  { owner: 0, body: { fullName: 'Grace Roe', givenName: 'Grace', emails: ['grace@example.com', 'grace.roe@example.net'], zone: 'Europe/Berlin', birthday: '1990-11-25', circle: 'inner' } }, // prettier-ignore
  { owner: 0, body: { fullName: 'Gracie Roe', givenName: 'Gracie', emails: ['gracie@example.org'], zone: 'Europe/Berlin', birthday: '--12-01', circle: 'active' } }, // prettier-ignore
  { owner: 0, body: { fullName: 'Linus Hall', givenName: 'Linus', emails: ['linus@example.com'], zone: 'America/New_York' } }, // prettier-ignore
  { owner: 0, body: { fullName: 'Mika Sato', givenName: 'Mika', emails: ['mika@example.org', 'mika@example.net'], zone: 'Asia/Tokyo' } }, // prettier-ignore
  { owner: 0, body: { fullName: 'Sara Haddad', givenName: 'Sara', emails: ['sara@example.com'], zone: 'Asia/Riyadh' } }, // prettier-ignore
  { owner: 0, body: { fullName: 'Tomas Hall', givenName: 'Tomas', emails: ['linus@example.com', 'tomas@example.net'], zone: 'America/New_York' } }, // prettier-ignore
  { owner: 1, body: { fullName: 'Grace Roe', givenName: 'Grace', emails: ['grace@example.com'], zone: 'Europe/Berlin' } }, // prettier-ignore
  { owner: 1, body: { fullName: 'Omar Diaz', givenName: 'Omar', emails: ['omar@example.net'], zone: 'America/New_York', birthday: '--11-26', circle: 'inner' } }, // prettier-ignore
];
/** Of the file: of the last the owner knows already. */
export const FILE = [
  'First Name,Last Name,Email,Company',
  'Ines,Costa,ines@example.com,Lumen',
  'Jon,Berg,jon@example.net,Nova',
  'Gracie,Roe,gracie@example.org,Lumen',
].join('\n');

/** How the mailboxes of a history are paced, and whether the first owner's sequences go by themselves from the start. */
export interface Ways {
  gapSeconds: number;
  dailyCap: number;
  hourlyCap: number;
  trusting?: boolean;
}
