import { sentences } from './inbound-text.js';

export interface EtiquetteDraft {
  subject: string;
  text: string;
  kind: 'first' | 'follow-up' | 'birthday' | 'other';
}

/** `refuse`: must not be sent. `warn`: shown to the owner with the draft. */
export interface Finding {
  rule: string;
  severity: 'refuse' | 'warn';
  excerpt: string;
  advice: string;
}

/** Numbers from studies of answered mail: 50-125 words, short subjects and one to three questions do best. */
const MOST_WORDS = 160;
const LONGEST_SUBJECT = 60;
const MOST_QUESTIONS = 3;
const MOST_EXCLAMATIONS = 2;

const PLACEHOLDER =
  /\{\{[^\n]{0,60}|\}\}|\{%[^\n]{0,60}|%[A-Z_]{3,30}%|\[(?:[A-Z][A-Z _-]{2,40}|(?:your |first |last |full )?(?:name|company|event|topic|title|date|link)|(?:dein |ihr )?(?:vorname|nachname|firma|thema|datum|anrede))\]|<(?:FIRST_?|LAST_?)?(?:NAME|VORNAME|COMPANY)>|\b(?:lorem ipsum|TODO|XXX+)\b|\[object Object\]/iu;
const PLACEHOLDER_WORD = /\[[A-Z][A-Z _-]{2,40}\]|\b(?:TODO|XXX+)\b/u;
/** "Hi ," or "Dear undefined,": the name was missing. */
const EMPTY_GREETING =
  /(?:^|\n)[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|lieber?|liebe\/r|guten (?:tag|morgen|abend)|sehr geehrter?(?: (?:herr|frau))?)(?:[ \t]*[,!:]|[ \t]*(?=\n|$)|[ \t]+(?:undefined|null|nan|none|unknown|there is no name)\b)/iu;
/** Greetings that are whole without a name. */
const WHOLE_GREETING =
  /^[ \t\n]*(?:good (?:morning|afternoon|evening)|guten (?:tag|morgen|abend))[ \t]*[,!:]?$/iu;

type Phrase = { rule: string; test: RegExp; advice: string };

const PHRASES: Phrase[] = [
  {
    rule: 'guilt',
    test: /\b(?:have|has|had)(?:n['’]t| not) heard (?:back|from you|anything)|\b(?:did|do)(?:n['’]t| not) hear (?:back|from you)|\b(?:just|only|quickly|simply) (?:following up|checking in|circling back|touching base|pinging|a (?:quick |gentle )?(?:follow-?up|reminder|nudge))|\bbump(?:ing)? this|\bcircling back\b|\b(?:gentle|friendly|quick) (?:reminder|nudge|ping)\b|\bin case you (?:missed|overlooked)|\bas per my (?:last|previous)|\bper my last\b|\byou (?:never|still have(?:n['’]t| not)|have(?:n['’]t| not)|did(?:n['’]t| not)) (?:repl|respond|answer|got|get)\w*|\bstill (?:waiting|have(?:n['’]t| not) (?:heard|received))|\b(?:had|get|got|have) (?:a|the|any) chance to (?:read|look|review|see|reply)|\bi know you(?:['’]re| are) busy, but/iu,
    advice: 'Do not remind the person that they have not answered. Bring something new, or wait.',
  },
  {
    rule: 'guilt',
    test: /\b(?:noch |bisher |leider )+(?:nichts|keine (?:antwort|rückmeldung)|nicht)[^.!?\n]{0,30}(?:gehört|erhalten|bekommen|geantwortet|gemeldet)|\bkeine (?:antwort|rückmeldung) (?:erhalten|bekommen)|\b(?:nur|kurz|noch ?mal|nochmals) (?:mal )?(?:nach(?:zu)?(?:haken|fassen|fragen)|erinnern)|\bnach(?:haken|zuhaken|fassen|zufassen)\b|\b(?:kleine|freundliche|kurze) erinnerung\b|\bzur erinnerung\b|\bwarte (?:immer )?noch\b|\b(?:sie haben|du hast) (?:mir )?(?:noch |immer noch |bisher )?nicht geantwortet|\bfalls (?:sie|du) meine (?:letzte )?(?:mail|nachricht) (?:übersehen|verpasst)/iu,
    advice: 'Erinnere nicht daran, dass keine Antwort kam. Bring etwas Neues mit, oder warte.',
  },
  {
    rule: 'pressure',
    test: /\basap\b|\bas soon as possible\b|\b(?:last|final) (?:chance|reminder|call|notice|opportunity)\b|\bact (?:now|fast|today)\b|\burgent(?:ly)?\b|\blimited[- ]time\b|\bdon['’]t miss\b|\bbefore it(?:['’]s| is) too late\b|\btime is running out\b|\b(?:only|ends) today\b|\bby (?:the )?end of (?:the )?(?:day|business)\b|\b(?:eod|cob)\b|\bimmediately\b|\byou (?:must|need to|have to) (?:reply|respond|answer|decide)\b/iu,
    advice: 'Take the pressure out: say what you offer and leave the moment to them.',
  },
  {
    rule: 'pressure',
    test: /\bso (?:schnell|bald) wie möglich\b|\bschnellst(?:möglich|ens)\b|\bbaldmöglichst\b|\bumgehend\b|\bunverzüglich\b|\bletzte (?:chance|gelegenheit|erinnerung|möglichkeit)\b|\bjetzt (?:handeln|zugreifen)\b|\bdringend\b|\bnur (?:noch )?heute\b|\bsofort\b|\bbevor es zu spät ist\b|\b(?:sie müssen|du musst) (?:antworten|entscheiden)\b/iu,
    advice: 'Nimm den Druck heraus: Sag, was du anbietest, und überlass den Zeitpunkt der Person.',
  },
  {
    rule: 'vague-give',
    test: /\b(?:happy|glad|here|pleased|love|delighted) to help\b(?! (?:you )?(?:with|on|by) (?!any|what))|\blet me know if (?:i can|there(?:['’]s| is) any|you (?:ever )?need any)|\bif (?:there(?:['’]s| is) anything|i can (?:ever )?(?:help|be of))|\bof (?:any )?(?:help|assistance|service)\b|\bfeel free to (?:reach out|contact|get in touch)|\bdon['’]t hesitate to\b/iu,
    advice: 'Offer one thing: a link, an answer, an introduction. An open offer leaves the work to them.',
  },
  {
    rule: 'vague-give',
    test: /\b(?:helfe|unterstütze) (?:ihnen |dir )?(?:jederzeit |immer )?gerne?\b|\bwenn ich (?:ihnen |dir )?(?:irgendwie |irgendwo |mit irgendetwas )?(?:helfen|behilflich sein) kann|\bmeld(?:e dich|en sie sich) (?:einfach |jederzeit |gerne? )+|\bstehe (?:ich )?(?:ihnen |dir )?(?:jederzeit |gerne? )*zur verfügung|\bzögern sie nicht\b|\bzöger(?:e)? nicht\b/iu,
    advice:
      'Biete eine Sache an: einen Link, eine Antwort, eine Vorstellung. Ein offenes Angebot macht Arbeit.',
  },
];

const THANKS =
  /\b(?:thank you|thanks|thank u|many thanks|danke|vielen dank|herzlichen dank|besten dank|dankeschön|ich bedanke mich)\b/iu;
const THANKS_REASON =
  /\b(?:for|für|dass|that you|because|weil|to (?:you|your)|dir ist|dank (?:dir|ihnen|ihrer|deiner))\b/iu;
const NO_THANKS = /\bno,? thanks\b|\bthanks to\b|\b(?:in advance|im voraus)\b/iu;
const IN_ADVANCE = /\b(?:thank(?:s| you)[^.!?\n]{0,20} in advance|dank(?:e)?[^.!?\n]{0,20} im voraus)\b/iu;
const FAKE_THREAD = /^\s*(?:re|aw|antw|sv|fwd?|wg|tr|rv)\s*(?:\[\d+\])?\s*[:：]/iu;
/** Words that are only shouted; acronyms are not known by their letters alone. */
const SHOUTED =
  /(?<![\p{L}\p{N}])(?:FREE|URGENT|IMPORTANT|PLEASE|NEVER|ALWAYS|REALLY|MUST|AMAZING|GREAT|THANKS?|TODAY|ONLY|HELLO|HAPPY|BIRTHDAY|BEST|VERY|WICHTIG|DRINGEND|SOFORT|BITTE|JETZT|DANKE|GRATIS|KOSTENLOS|SEHR|NICHT|[\p{Lu}]{9,}|[\p{Lu}]{4,}[ ,]+[\p{Lu}]{4,})(?![\p{L}\p{N}])/u;

function clip(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function excerptOf(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  return match === null ? null : clip(match[0]);
}

function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** What must not leave at all. */
function refusals(draft: EtiquetteDraft): Finding[] {
  const found: Finding[] = [];
  const refuse = (rule: string, excerpt: string | null, advice: string): void => {
    if (excerpt !== null) found.push({ rule, severity: 'refuse', excerpt, advice });
  };
  const whole = `${draft.subject}\n${draft.text}`;
  if (draft.subject.trim() === '') refuse('empty-subject', '', 'Give the mail a subject.');
  if (draft.text.trim() === '') refuse('empty-text', '', 'Write something, or do not send.');
  if (draft.kind === 'first' || draft.kind === 'birthday') {
    refuse(
      'fake-thread',
      excerptOf(FAKE_THREAD, draft.subject),
      'No "Re:" or "Fwd:" where there is no thread yet.',
    );
  }
  const bracketed = PLACEHOLDER.exec(whole)?.[0] ?? null;
  // Capitals make [NAME] and TODO placeholders; "[name]" is one too, "[the long version]" and "todo list" are not.
  const real =
    bracketed !== null && /^todo$|^xxx/i.test(bracketed) ? excerptOf(PLACEHOLDER_WORD, whole) : bracketed;
  refuse('placeholder', real === null ? null : clip(real), 'A placeholder was not filled.');
  const greeting = EMPTY_GREETING.exec(draft.text)?.[0] ?? null;
  if (greeting !== null && !WHOLE_GREETING.test(greeting)) {
    refuse('empty-greeting', clip(greeting), 'The greeting has no name.');
  }
  return found;
}

/** What the owner should see before saying yes. */
function warnings(draft: EtiquetteDraft): Finding[] {
  const found: Finding[] = [];
  const warn = (rule: string, excerpt: string | null, advice: string): void => {
    if (excerpt !== null) found.push({ rule, severity: 'warn', excerpt, advice });
  };
  const whole = `${draft.subject}\n${draft.text}`;
  const parts = sentences(draft.text);
  for (const phrase of PHRASES) warn(phrase.rule, excerptOf(phrase.test, whole), phrase.advice);

  const bare = parts.find(
    (sentence) => THANKS.test(sentence) && !THANKS_REASON.test(sentence) && !NO_THANKS.test(sentence),
  );
  warn('bare-thanks', bare === undefined ? null : clip(bare), 'Thank for something: "thank you for ...".');
  warn(
    'thanks-in-advance',
    excerptOf(IN_ADVANCE, draft.text),
    'Thanks in advance take the answer for granted.',
  );

  const questions = parts.filter((sentence) =>
    /[?？]/.test(sentence.replace(/\b(?:https?:\/\/|www\.)\S+/giu, '')),
  );
  if (questions.length > MOST_QUESTIONS) {
    warn(
      'too-many-questions',
      clip(questions[MOST_QUESTIONS] ?? ''),
      'One real question is best; three are the most.',
    );
  }
  const words = wordsIn(draft.text);
  if (draft.kind === 'first' && words > MOST_WORDS) {
    warn(
      'too-long',
      `${words} words`,
      `Shorten a first mail to ${MOST_WORDS} words or fewer; 75-100 are answered most.`,
    );
  }
  if (Array.from(draft.subject.trim()).length > LONGEST_SUBJECT) {
    warn(
      'long-subject',
      clip(draft.subject),
      `Keep the subject within ${LONGEST_SUBJECT} characters; three or four words do best.`,
    );
  }
  const marks = whole.match(/!/g)?.length ?? 0;
  if (marks > MOST_EXCLAMATIONS || /!\s?!/.test(whole)) {
    warn('exclamations', `${marks} exclamation marks`, 'Fewer exclamation marks sound more sincere.');
  }
  warn('shouting', excerptOf(SHOUTED, whole), 'Words in capitals read as shouting.');
  return found;
}

/**
 * What a considerate person would change in a draft, refusals first; empty when nothing. English and German. The
 * signature belongs to the text; quoted mail does not.
 */
export function checkEtiquette(draft: EtiquetteDraft): Finding[] {
  const bounded = { ...draft, subject: draft.subject.slice(0, 2000), text: draft.text.slice(0, 50_000) };
  return [...refusals(bounded), ...warnings(bounded)];
}
