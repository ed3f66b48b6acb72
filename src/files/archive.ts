import { oneLine } from '../core/text.js';
import type { ArchiveMember, FileReading, FileSource } from './file-reading.js';
import type { Zip, ZipEntry } from './zip.js';

/** Archives in archives in archives are not opened. */
const MAX_DEPTH = 2;
/** What systems put into archives for themselves. */
const JUNK = /(?:^|\/)(?:__MACOSX\/|\.(?!\.?\/)|Thumbs\.db$|desktop\.ini$|~\$)/i;

/** By these beside `Connections.csv` LinkedIn's export is known. */
const LINKEDIN = [
  'profile.csv',
  'registration.csv',
  'messages.csv',
  'invitations.csv',
  'email addresses.csv',
];

/** The members of an opened ZIP. One that cannot be read does not lose the others. */
export function readArchive(source: FileSource, zip: Zip): FileReading {
  const depth = (source.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) {
    return {
      kind: 'refused',
      reason: 'is an archive in an archive in an archive: unpack it once, and import that',
    };
  }
  const files = zip.entries.filter(({ name }) => !name.endsWith('/'));
  const wanted = files.filter(({ name }) => !JUNK.test(name));
  const names = new Set(wanted.map(({ name }) => name.split('/').at(-1)?.toLowerCase()));
  const isLinkedin = names.has('connections.csv') && LINKEDIN.some((mark) => names.has(mark));
  const memberOf = (entry: ZipEntry): ArchiveMember => {
    const name = `${source.name}/${oneLine(entry.name)}`;
    const { bytes, open, problem } = entry;
    if (problem !== undefined) return { kind: 'refused', name, bytes, reason: problem };
    const { unpacked } = source;
    const member = { name, bytes, open, depth, ...(unpacked && { unpacked }), ...(isLinkedin && { ofLinkedin: true }) }; // prettier-ignore
    return { kind: 'file', source: member };
  };
  const members = wanted.map(memberOf);
  if (zip.broken !== undefined) {
    members.push({ kind: 'refused', name: `${source.name}/…`, bytes: 0, reason: zip.broken });
  }
  if (members.length === 0) return { kind: 'refused', reason: 'is a ZIP archive without a file in it' };
  const what = isLinkedin ? "LinkedIn's data export, a ZIP archive" : 'a ZIP archive';
  const passed = files.length - wanted.length;
  const beside = passed === 0 ? '' : `; ${filesOf(passed)} of the system's own in it passed over`;
  return { kind: 'archive', why: `${what} of ${filesOf(members.length)}${beside}`, members };
}

const filesOf = (count: number): string => (count === 1 ? 'one file' : `${count} files`);
