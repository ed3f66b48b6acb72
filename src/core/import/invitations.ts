/** LinkedIn's Invitations.csv: whom the owner asked, and who asked the owner. No meeting. */
import { cellNotes, cellText, said } from './cell-values.js';
import { headerKey } from './columns.js';
import { linkedinSlug } from './identity.js';
import { nameOfWhole } from './names.js';
import type { Candidate, Reading, TablePlan } from './records.js';
import { ignored, MAX_CELL, rejected } from './unusual-rows.js';

const MAX_MESSAGE = 200_000;

/** The other party of an invitation, with its message as a note. */
export function readInvitation(plan: TablePlan, cells: readonly string[]): Reading {
  const keys = plan.header.map(headerKey);
  const cell = (key: string): string => cells[keys.indexOf(key)] ?? '';
  if (cells.some((text, index) => text.length > (keys[index] === 'message' ? MAX_MESSAGE : MAX_CELL))) {
    return rejected(`holds a cell of more than ${MAX_CELL} characters`);
  }
  const direction = cellText(cell('direction')).toUpperCase();
  if (direction !== 'INCOMING' && direction !== 'OUTGOING') {
    return rejected(`"Direction" holds "${direction.slice(0, 60)}", which is neither INCOMING nor OUTGOING`);
  }
  const isIncoming = direction === 'INCOMING';
  const name = said(cellText(cell(isIncoming ? 'from' : 'to')));
  const slug = linkedinSlug(cellText(cell(isIncoming ? 'inviterprofileurl' : 'inviteeprofileurl')));
  if (/^linkedin member$/i.test(name)) return ignored('LinkedIn hides who this is ("LinkedIn Member")');
  if (name === '') return rejected('names nobody');
  const message = cellNotes(cell('message'));
  const candidate: Candidate = { name: nameOfWhole(name), emails: [], phones: [] };
  if (slug !== null) candidate.linkedin = slug;
  if (message !== '') candidate.notes = `${isIncoming ? 'Their' : 'Our'} invitation on LinkedIn: ${message}`;
  candidate.origin = isIncoming ? 'LinkedIn invitation received' : 'LinkedIn invitation sent';
  return { kind: 'person', candidate };
}
