import { writtenText } from './inbound/written.js';

/** Longer than any mail a person writes; what follows is not looked at. */
const TEXT_LIMIT = 100_000;

/** The text the person wrote, without quotes and signature; see `writtenText`. Line ends become \n. */
export function ownWords(text: string): string {
  return writtenText(text).text;
}

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|lieber?|guten (?:tag|morgen|abend)|sehr geehrter?|moin|bonjour|bonsoir|salut|chère?|hola|buenos días|querid[oa]|ciao|buongiorno|gentile|olá|oi|beste|dag|hej)(?!\p{L})[^.?!,]{0,50}[,!.]?$/iu;
const ABBREVIATION =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|e\.g|i\.e|z\.\s?b|bzw|ca|nr|no|vs|approx|inkl|evtl|ggf|usw|etc|m|mme|sr|sra)\.$/i;

/**
 * Sentences of a text, without greeting lines; wrapped lines are joined, list items stand alone. "30. November" and
 * "Dr. Ada" stay together.
 */
export function sentences(text: string): string[] {
  const blocks: string[] = [];
  let open = false;
  for (const raw of text.slice(0, TEXT_LIMIT).split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || GREETING.test(line)) {
      open = false;
      continue;
    }
    const item = /^(?:[-*•]|\d{1,2}[.)])\s+/.exec(line);
    if (open && !item) blocks.push(`${blocks.pop() ?? ''} ${line}`);
    else blocks.push(item ? line.slice(item[0].length) : line);
    open = true;
  }
  return blocks.flatMap((block) => {
    const found: string[] = [];
    const end = /(?:[!?…]|(?:[^\s\d]|\d{3})\.)["'”’»)]?\s+(?=["'“„«¿¡(]?[\p{L}\p{N}])/gu;
    let from = 0;
    for (const match of block.matchAll(end)) {
      const until = match.index + match[0].length;
      const sentence = block.slice(from, until).trim();
      const goesOn =
        /\.$/.test(sentence) &&
        (ABBREVIATION.test(sentence.slice(-12)) || /^\p{Ll}/u.test(block.slice(until)));
      if (goesOn) continue;
      found.push(sentence);
      from = until;
    }
    const rest = block.slice(from).trim();
    return rest === '' ? found : [...found, rest];
  });
}
