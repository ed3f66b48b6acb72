import { foldName, fits } from './import/name-compare.js';

/** Who wrote, as seen from the person whose thread it is. */
export interface Speaker {
  /** `person`: they themselves, from whatever address; `other`: a human of whom we know nothing more. */
  by: 'person' | 'assistant' | 'colleague' | 'other';
  /** As the mail's From says it; null where it says none. */
  name: string | null;
}

/** Words of somebody who writes in another's place, in the text or under it. */
const ON_BEHALF =
  /(?<![\p{L}\p{N}])(?:on behalf of|in the name of|(?:has |have )?asked me to (?:answer|reply|respond|write|get back|thank)|(?:executive |personal |team )?assistant(?: to)?|secretary|office of|im auftrag|im namen von|i\.\s?a\.|in vertretung|assistenz|assistent(?:in|e)?|sekretariat|vorzimmer|au nom de|pour le compte de|assistante?|secrétaire|secrétariat|en nombre de|de parte de|asistente|secretari[ao]|a nome di|per conto di|assistente|segreteri[ao]|em nome de|namens|secretaresse|på uppdrag av|à pedido de|a pedido de|w imieniu|asystent(?:ka)?|sekretarka)(?![\p{L}\p{N}])|に代わ(?:り|って)|代理で|秘書|助理|代(?:表)?[^。]{0,10}回复/iu;

function names(text: string): string[] {
  return foldName(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** Whether a name as written can be that of a person: "Hop, Grace" and "Grace B. Hop" are Grace Hop; one name alone tells of nobody. */
export function canBeName(written: string, known: string): boolean {
  const [one, two] = [names(written), names(known)].sort((a, b) => a.length - b.length);
  if (!one || !two || one.length < 2) return false;
  return one.every((word) => two.some((other) => fits(word, other)));
}

/**
 * Whether a mail in the thread of a person is theirs. An address of theirs settles it; then the name in From, for people
 * answer from other accounts; then what the text says of its writer. Addresses in their canonical form.
 */
export function speakerOf(
  mail: { from: { address: string; name: string } | null; text: string; signature: string },
  person: { fullName: string; addresses: readonly string[] },
): Speaker {
  const name = mail.from?.name.trim() || null;
  const address = mail.from?.address ?? '';
  if (person.addresses.includes(address)) return { by: 'person', name };
  if (name !== null && canBeName(name, person.fullName)) return { by: 'person', name };
  if (ON_BEHALF.test(mail.signature.slice(0, 2000)) || ON_BEHALF.test(mail.text.slice(0, 4000))) {
    return { by: 'assistant', name };
  }
  const domain = (of: string): string => of.slice(of.lastIndexOf('@') + 1);
  const colleague = person.addresses.some((theirs) => domain(theirs) === domain(address));
  return { by: colleague ? 'colleague' : 'other', name };
}
