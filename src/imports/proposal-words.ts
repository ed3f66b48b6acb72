import type { Evidence } from '../database/proposals.js';

const NAMES: Record<string, readonly [one: string, many: string]> = {
  given: ['given name', 'given names'],
  family: ['family name', 'family names'],
  name: ['name', 'names'],
  company: ['company', 'companies'],
  title: ['job title', 'job titles'],
  city: ['city', 'cities'],
  country: ['country', 'countries'],
  birthday: ['birthday', 'birthdays'],
  email: ['e-mail address', 'e-mail addresses'],
  phone: ['phone number', 'phone numbers'],
  linkedin: ['LinkedIn profile', 'LinkedIn profiles'],
  event: ['event', 'events'],
};

/** Bits from which an equal name is worth a word: some thousand people share a rarer one. */
const RARE = 11;
const COMMON = 6;

/** One piece of evidence in plain words: "same family name, a rare one". */
export function evidenceWords({ field, level, weight, a, b }: Evidence): string {
  if (field === 'order of names') return 'given and family name stand the other way round';
  const [one, many] = NAMES[field] ?? [field, field];
  const both = a !== '' && b !== '' && a !== b ? ` (${a}; ${b})` : '';
  switch (level) {
    case 'exact':
      return `same ${one}${a !== '' && a === b ? ` (${a})` : ''}${rarity(field, weight)}`;
    case 'variant':
      return `${many} are forms of each other${both}`;
    case 'close':
      return `${many} differ by a slip of the pen${both}`;
    case 'initial':
      return `one ${one} is only an initial${both}`;
    case 'somewhat':
      return `${many} are somewhat alike${both}`;
    case 'shared':
      return `same ${one}, but it is a shared or a desk's${a !== '' && a === b ? ` (${a})` : ''}`;
    default:
      return `${many} differ${both}`;
  }
}

function rarity(field: string, weight: number): string {
  if (field !== 'given' && field !== 'family') return '';
  return weight >= RARE ? ', a rare one' : weight <= COMMON ? ', a common one' : '';
}

/** What speaks for it first, the weightiest first; then what speaks against it. */
export function inOrder(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((one, two) => two.weight - one.weight);
}
