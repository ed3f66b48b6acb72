import { canonicalPhone } from './import/identity.js';
import { sameCompany, sameTitle } from './import/positions.js';
import type { SignatureFacts } from './inbound/signature.js';
import { canBeName } from './speaker.js';

/** What is known of a person, as far as a signature may say otherwise. */
export interface KnownCard {
  fullName: string;
  title: string | null;
  company: string | null;
  /** Canonical. */
  phones: readonly string[];
  /** ISO 3166-1, for numbers without a country; undefined: not known. */
  region?: string;
}

/** What a signature says that was not known; null where it agrees. The phone is E.164. */
export interface SignatureNews {
  title: string | null;
  company: string | null;
  phone: string | null;
}

/** Only of a signature that names the person, or nobody: a colleague's, quoted or borrowed, tells nothing of them. */
export function signatureNews(said: SignatureFacts, known: KnownCard): SignatureNews | null {
  if (said.name !== undefined && /\s/.test(said.name) && !canBeName(said.name, known.fullName)) return null;
  const title = said.title?.trim() || null;
  const company = said.company?.trim() || null;
  const phones = said.phones.flatMap((phone) => canonicalPhone(phone, known.region) ?? []);
  const news = {
    title: title !== null && (known.title === null || !sameTitle(title, known.title)) ? title : null,
    company:
      company !== null && (known.company === null || !sameCompany(company, known.company)) ? company : null,
    phone: phones.find((phone) => phone.startsWith('+') && !known.phones.includes(phone)) ?? null,
  };
  return (news.title ?? news.company ?? news.phone) ? news : null;
}
