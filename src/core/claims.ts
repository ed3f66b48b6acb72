/** What fixed words say has happened between owner and contact; each needs a fact that says so too (law 4). */
export type Claim = 'met' | 'talked' | 'asked' | 'promised' | 'thanked-for' | 'again';

const GLAD =
  '(?:nice|good|great|lovely|wonderful|pleasure|pleased|glad|happy|fun|delight(?:ed)?|honou?r|enjoyed|loved)';
const TALK = '(?:talk|conversation|chat|discussion|exchange|call|debate)';

const PATTERNS: [Claim, RegExp][] = [
  [
    'met',
    new RegExp(
      `\\b${GLAD}[^.!?\\n]{0,20}\\b(?:to (?:have met|meet|run into)|meeting|running into) (?:you|everyone|y['’]all|all of you)\\b|\\bmeeting you\\b|\\b(?:when|since|where|that|after|as) we(?:['’]ve| have| had)? (?:first |last |both )?met\\b|\\bwe(?:['’]ve| have| had)? (?:first |briefly |just |already |recently )?met\\b|\\bto have met you\\b|\\b(?:ran|bumped|run) into (?:you|each other)\\b|\\bour meeting\\b|\\b(?:saw|seeing) you (?:at|in|on|there)\\b|\\b${GLAD} to see you\\b|\\b(?:sat|stood|sitting|standing) next to you\\b`,
      'giu',
    ),
  ],
  [
    'met',
    /(?:sie|dich|euch|ihnen|dir|uns|einander)[^.!?\n]{0,40}(?:kennengelernt|kennen gelernt|kennenzulernen|kennen zu lernen|getroffen|zu treffen|begegnet|zu begegnen)|kennengelernt (?:haben|habe|zu haben)|getroffen (?:haben|zu haben)|\bunser(?:e[nmrs]?)? (?:\p{L}+ )?(?:treffen|begegnung|kennenlernen)/giu,
  ],
  [
    'talked',
    new RegExp(
      `\\b(?:our|the) (?:\\p{L}+ ){0,3}?${TALK}s?(?: (?:with you|we had|about|on|over|at)\\b|(?<=our (?:\\p{L}+ ){0,3}${TALK}s?))|\\b(?:talking|speaking|chatting|spoken|discussing) (?:to|with|about [^.!?\\n]{1,40} with) you\\b|\\b(?:talk|speak|chat) (?:to|with) you\\b|\\bwe(?:['’]ve| have| had| also| both| briefly){0,2} (?:talked|spoke|spoken|chatted|discussed)\\b|\\byou(?:['’]ve| have| had| also| both| kindly| rightly){0,2} (?:told|mentioned|said|explained|described|recommended|suggested|shared|showed|pointed out)\\b|\\byour (?:remark|comment|story|point|advice|recommendation|suggestion|tip)\\b|\\bwhat you (?:said|told|shared)\\b|\\bas (?:we )?(?:discussed|talked about|mentioned)\\b`,
      'giu',
    ),
  ],
  [
    'talked',
    /\bunser(?:e[nmrs]?)? (?:\p{L}+ ){0,2}?(?:gespräch\p{L}*|unterhaltung|austausch|diskussion|plauderei|telefonat)|\b(?:gespräch|unterhaltung|austausch) mit (?:ihnen|dir|euch)|\bwir (?:uns |haben |hatten |kurz |auch |darüber |[^.!?\n]{0,40} )*(?:gesprochen|unterhalten|ausgetauscht|geredet|geplaudert|diskutiert)|\bmit (?:ihnen|dir|euch) (?:zu (?:sprechen|reden|plaudern)|gesprochen|geredet)|\b(?:du|sie|ihr) (?:mir |uns |haben |hast |hatten |hattest |auch |ja |[^.!?\n]{0,40} )*(?:erzählt|erwähnt|gesagt|berichtet|erklärt|empfohlen|vorgeschlagen)(?:est|en|e|et|t)?\b|\b(?:sie|du) (?:erwähnte|erzählte|sagte|berichtete|meinte)(?:n|st)?\b|\b(?:erwähnte|erzählte|sagte)(?:n|st) (?:sie|du)\b|\bwie besprochen\b|\b(?:ihr|dein)e? (?:tipp|hinweis|bemerkung|rat|empfehlung|vorschlag)\b/giu,
  ],
  [
    'asked',
    /\byou(?:['’]ve| have| had| also| both| were| kindly){0,2} (?:asked|asking|wondered|wondering|wanted to know|requested|inquired)\b|\byour (?:\p{L}+ )?(?:question|request)\b|\b(?:as|you) requested\b|\b(?:du|sie) (?:[^.!?\n]{0,40} )?gefragt (?:hast|hatten|hattest|haben)|\b(?:hast|hatten|hattest|haben) (?:du|sie)[^.!?\n]{0,40}gefragt|\b(?:du|sie) (?:hast|hattest|haben|hatten) [^.!?\n]{0,40}gefragt|\b(?:du fragtest|sie fragten|fragtest du|fragten sie|wolltest du wissen|wollten sie wissen)\b|\b(?:deine|ihre|eure)[rn]? (?:\p{L}+ )?(?:frage|bitte|anfrage)\b/giu,
  ],
  [
    'promised',
    /\bi(?:['’]ve| have| had)? (?:also )?promised\b|\bas (?:i )?promised\b|\bthe promised\b|\bpromised (?:to|you|link|article|slides|intro\p{L}*)\b|\bi (?:had )?(?:said|told you|mentioned|offered)(?: that)? i(?:['’]d| would| will)\b|\bi (?:owe|offered) you\b|\bi (?:had )?offered to\b|\bmy promise\b|\bwie (?:versprochen|zugesagt|angekündigt)\b|\b(?:versprochen|zugesagt|angeboten) (?:habe|hatte)\b|\b(?:habe|hatte) (?:ich )?(?:dir|ihnen|euch)[^.!?\n]{0,60}(?:versprochen|zugesagt|angeboten)\b|\bversprochene[nrs]?\b|\bmein(?:em)? versprechen\b/giu,
  ],
  [
    'thanked-for',
    /\b(?:thank you|thanks|thankful|grateful|appreciate it|gratitude)\b[^.!?\n]{0,40}\bfor\b|\bi (?:really |truly |very much )?appreciated?\b|\b(?:danke|dank|dankbar|bedanke|bedanken)\b[^.!?\n]{0,40}(?:\bfür\b|, dass\b)/giu,
  ],
  [
    'again',
    /\b(?:see|seeing|meet|meeting|met|talk|talking|talked|speak|speaking|spoke|saw|run into|ran into|catch up)\b(?: (?:to|with))?(?: (?:you|each other|up))? (?:once )?again\b|\bmeet you (?:all )?again\b|\b(?:another|second|third) time we\b|\bsince (?:we|i) last (?:met|spoke|talked|saw)\b|\blast time we\b|\blong time no see\b|\breconnect\p{L}*\b|\bwelcome back\b|\bwieder(?:zu)?(?:seh|treff)\p{L}*|\bwieder ?gesehen\b|\b(?:erneut|wieder|nochmals?|noch einmal) (?:zu )?(?:treffen|sehen|getroffen|gesehen|gesprochen|sprechen|begegnet)\b|\b(?:seit|bei) (?:unserem|unserer) letzten\b|\bletztes mal\b/giu,
  ],
];

/** Forms that tell nothing of when: "to meet you", "zu treffen". Only these can be a wish; "we discussed" cannot. */
const TIMELESS =
  /\b(?:to (?:meet|see|run into)|(?:meeting|seeing|running into|talking|speaking|chatting|discussing)|(?:talk|speak|chat) (?:to|with)|kennenzulernen|kennen zu lernen|zu (?:treffen|begegnen|sprechen|reden|plaudern))(?!\p{L})/iu;
/** Words shortly before a timeless form that make it a wish, a plan or a denial. */
const NOT_YET =
  /(?:look(?:ing|ed)? forward to[^.!?;\n]{0,20}|(?:\bhop(?:e|ing) (?:to|we|that)|(?:\b(?:would|will|could|can|should|might|may)|['’](?:d|ll))(?: (?:really|very much|also|be|love|like))*|\b(?:love|like|want|wish|plan|keen|curious|eager|let['’]s|let us)(?: to| for)?|\bif)[^.!?;\n]{0,15}|(?:\bnot|n['’]t|\bnever|\bmissed|\bwithout|\binstead of)[^.!?;\n]{0,25}|\b(?:freue mich (?:schon )?(?:darauf|auf)|hoffe|würde|wäre|möchte|nicht|nie|leider|falls|wenn)(?!\p{L})[^.!?;\n]{0,25})$/iu;
const NOT_YET_AFTER = /^,? (?:würde|wäre)(?!\p{L})/iu;
/** "I would like to say it was great to meet you" is a claim all the same. */
const HAPPENED =
  /\b(?:was|were|has been|have been|enjoyed|liked|say|tell|how|war|waren|hat|gefreut|gefallen)(?!\p{L})[^.!?;\n]{0,15}$/iu;
/** A denial inside the match, as German word order has it. */
const DENIED = /\b(?:nicht(?! nur)|nie|kein\p{L}*)(?!\p{L})/iu;

/** An *again* claims an earlier time even as a wish, and thanks are given, not planned. */
const ALWAYS: ReadonlySet<Claim> = new Set(['again', 'thanked-for']);

/**
 * The claims that a paragraph's words make about what has happened, each once, in a fixed order. English and German.
 * Wishes and plans ("I hope to meet you") claim nothing. Used to refuse template paragraphs that no fact supports, so
 * it rather hears a claim too many than one too few.
 */
export function claimsIn(text: string): Claim[] {
  const plain = text.slice(0, 20_000).replace(/[^\S\n]+|\n(?!\s*\n)/gu, ' ');
  const found = PATTERNS.filter(([claim, pattern]) =>
    [...plain.matchAll(pattern)].some((match) => {
      if (ALWAYS.has(claim)) return true;
      const before = plain.slice(Math.max(0, match.index - 80), match.index);
      const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 40);
      if (DENIED.test(match[0])) return false;
      if (!TIMELESS.test(match[0]) || HAPPENED.test(before)) return true;
      return !NOT_YET.test(before) && !NOT_YET_AFTER.test(after);
    }),
  );
  return [...new Set(found.map(([claim]) => claim))];
}
