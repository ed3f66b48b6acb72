import type { Tongue } from './opt-out-tongue.js';

const EN_WRITE =
  '(?:(?:e?mail|write|writ|contact|message|messag|text|bother|pester|spam|approach|harass|disturb|solicit|reach|get|be|follow|chas)(?:e|ed|ing|ting|ten|ping|ming)?)';
const EN_TO = `${EN_WRITE}(?: (?:in touch|out|up|back|contacted|e?mailed|messaged|approached|bothered|written to))?(?: (?:to|with))?`;
/** Whom they mean: themselves, or nobody named. "Don't write to Bob" and "before Monday" are no wish to be left alone. */
const EN_ME =
  '(?= (?:me|us|this (?:e?mail )?address|again|ever|any ?more|any|further|at all|please|thanks?|thank|in (?:the )?future|about (?:this|it|these)|here|(?:our|my) (?:staff|employees|team|company|office|colleagues))(?: |$)| $)';
const EN_MAIL =
  '(?:e?m(?:ai|ia)l(?:s|ings?)?|messages?|newsletters?|communications?|correspondence|contact|follow ?ups?|solicitations?|outreach|reminders?|updates?|letters|spam|stuff|crap)';
const EN_THESE = `(?:(?:any|more|further|other|additional|of|your|these|those|this|the|such|all|future|automated|birthday|damn|bloody) )*${EN_MAIL}`;
const EN_NO =
  '(?:(?<! for| i| we| he| she| they| you| people| let s| let us| need| did| has| have| could)(?: do not| dont| don t| donot| never| not(?: to)?)|(?: ask| asking| beg| request| want| urge) you(?: please| kindly)? not(?: to)?|(?: rather| prefer| prefer that| appreciate it if| grateful if| ask that| ask| sure| happier if| better if) you (?:did not|didnt|do not|dont|would not|wouldnt|not|never))';
const EN_WANT =
  ' (?:(?:do not|dont|no longer|not|never|wouldnt|would not|didnt|did not) (?:want|wish|like|care|need|desire|appreciate|consent|agree|agreed|consented)|(?:rather|prefer|like|wish|want|asked|opted)(?: to)? not|tired of|sick of|not interested in|no (?:wish|desire|interest) (?:to|in))(?: to| in| for)?';
const EN_MINE =
  '(?:me|us|(?:(?:all|any|of) )*(?:my|our)(?: (?:own|personal|private|work|contact|company|e?mail))* ?(?:name|address|e?mail|mail|data|details|information|info|contacts?|record|records|entry)|this (?:(?:e?mail )?address|contact)|(?:(?:all|any|the|personal) )+(?:data|details|information)(?: [^ ]+){0,3} (?:about|on|of|concerning) me)';
const EN_LIST =
  '(?:(?:off|from|of|out of|outta)(?: [^ ]+){0,3} (?:lists?|database|records|contacts|mailings?|systems?|files|crm|address ?book|emails?|mails?|newsletter|this|it)|off)';
/** Lists of addresses; the speakers' list and the guest list are others. */
const EN_LISTS =
  '(?:(?:your|this|these|the|that|any|all|ur|whatever|my|its|of|from|every|future) )*(?:(?:mailing|mail|e?mail|contacts?|distribution|marketing|sales|newsletter|subscribers?|customer|client|outreach|address|damn|bloody) )*(?:lists?|database|records|contacts|mailings?|systems?|files|crm|address ?book|e?mails?|newsletter|this|it|these)(?! of)';
const EN_SOON =
  '(?= (?:please|pls|plz|now|immediately|asap|at once|thanks?|thank|today|or|again|and|under|from (?:your|any|all|this|the) [^ ]*(?: ?[^ ]+)? ?(?:lists?|database|records|contacts|mailings?|systems?|files|crm|books))(?: |$)| $)';

export const ENGLISH: Tongue = {
  thoughts: [
    // Contact, forbidden.
    [
      `${EN_NO}(?: (?:ever|please|kindly|again|be|try|to|attempt|keep|bother|continue|start|go on|carry on))* ${EN_TO}${EN_ME}`,
    ],
    [
      `${EN_NO}(?: (?:ever|please|kindly|again|be))* (?:send|sending|forward)(?: (?:me|us))?(?: (?:any|more|further|other|of|your|these|those|this|such|unsolicited|to|me|us|automated|birthday))* (?:${EN_MAIL}|congratulations|wishes|anything (?:else|more|again|further)|(?<=(?:me|us) )anything|(?:these|more|this)(?= $| (?:please|thanks?|thank|to (?:me|us)|or|and|at|again|ever|any ?more|of (?:these|this|your))(?: |$)))(?! (?:yet|before|until|to the|in))`,
    ],
    [
      `${EN_NO}(?: ever)? (?:use|sell|keep|store)(?: [^ ]+){0,2} (?:address|e?mail|data|it) (?:any ?more|again|for)`,
    ],
    [
      `(?:^| (?:please|kindly|thanks|thank you|and|so|absolutely|want|with|of|prefer|wish|like|expect|appreciate))(?: please)? no (?:more|further|additional) (?:[^ ]+ )?${EN_THESE}`,
    ],
    [`^ (?:please )?no (?:more|further) ${EN_THESE}`],
    [
      ` no (?:(?:more|further|other) )?(?:automated|robot|bulk|mass|birthday|congratulatory|congratulations?) (?:${EN_MAIL}|wishes|greetings|notes)`,
    ],
    [` no (?:more|further) (?:of )?(?:this|these|those|that|follow ?ups?)(?= $| please| thanks)`],
    [` enough (?:with|of) (?:the|these|your|this) (?:[^ ]+ )?${EN_MAIL}`],
    [
      ` (?:no need|dont bother|do not bother) to (?:write|e?mail|contact|follow up|reach out)(?: to)?(?: me| us)? (?:again|any ?more|further)`,
      ' (?:no thanks|not interested)',
    ],
    // Contact, to be stopped.
    [
      `(?<! i| we| he| she| they| did you| let s| should| must we) (?:stop|cease|quit|halt|discontinue|desist|refrain)(?: from)?(?: all| ever| with| any)* (?:(?:e?m(?:ai|ia)l|writ|contact|messag|bother|spam|pester|harass|approach|follow|reach)(?:[tm]?ing)(?: (?:up|out))?(?: (?:to|with))?${EN_ME}|reaching out(?: to (?:me|us))?(?= $| again| please)|(?:sending|send)(?: (?:me|us|more|any|further|such))*(?: ${EN_THESE}| these| this| it| things| anything| more)?(?= $| please| (?:to|me|us|any|now|at)(?: |$))|${EN_THESE}|commun\\w+)`,
    ],
    [
      ` ${EN_MAIL} (?:must|has to|have to|need to|needs to|should) (?:stop|end|cease)| make (?:it|this|them|these) stop (?:$|please|now)`,
    ],
    [' cease and desist'],
    [` end (?:all|your|these|this|any)(?: further)? (?:${EN_MAIL}|commun\\w+)`],
    [` (?:no need to|dont|do not)(?: please)? keep (?:me|us|my address) on ${EN_LISTS}`],
    [
      ` without (?:(?:any|more|further|your|these|such|all) )+${EN_MAIL}`,
      ' (?:happ\\w+|better|live|do|rather|prefer\\w*|fine) ',
    ],
    [
      ' (?:consider|treat|take) this(?: as)? (?:my|a|an)(?: [^ ]+)? (?:opt out|unsubscri\\w*|objection|request to (?:delete|remove|erase|unsubscribe|be))',
    ],
    [
      ' (?:prefer|appreciate|like|grateful|happy|happier|glad|mind|rather)(?: it)?(?: if)? you (?:stopped|ceased|quit) (?:e?mailing|writing|contacting|messaging|sending|following)',
    ],
    [` (?:your|these|such) ${EN_MAIL} (?:are|is) (?:unwanted|unwelcome|not (?:wanted|welcome))`],
    // Contact, not wanted.
    [
      `(?<! they| he| she| people| who)${EN_WANT}(?: [^ ]+)? (?:(?:receiv|get|see|hav)(?:e|ing|ting)?(?: (?:to|any|more|further|other|of|your|these|those|this|such|all))* (?:${EN_MAIL}|anything|these|this|those|them|more)(?: (?:any ?more|again|from|like|please|about|at|of)(?: |$)|(?= $))|hear(?:ing)?(?: (?:anything|any more|more|back))? from (?:you|your|any of you)|be(?:ing)? (?:contacted|e?mailed|messaged|written to|bothered|approached|spammed|on)(?! by (?:phone|post|him|her|them))(?: |$)|${EN_THESE}|receiv\\w+ ${EN_THESE})`,
    ],
    [
      `(?<! they| he| she| people| who)${EN_WANT} (?:want )?(?:any|more|further|these|your|such|any more|any further)(?: of (?:these|your|this))* ${EN_THESE}`,
    ],
    [
      `(?: please| must| kindly| would you| you)* (?:make sure|ensure|see to it)(?: that)? (?:i|we) (?:dont|do not|am not|m not|no longer|never) (?:get|receive|hear|on|be)`,
    ],
    [' (?:am|m|be) not on (?:your|any|this) (?:[^ ]+ )?lists?'],
    // Off the list.
    [
      ` (?:remov\\w*|delet\\w*|eras\\w*|purg\\w*|wip\\w+|scrub\\w*|unlist|forget|destroy\\w*) (?:please )?${EN_MINE}${EN_SOON}`,
    ],
    [
      ` (?:tak\\w*|took|get|drop|strik\\w*|cross\\w*|scratch|remov\\w*|keep|pull|delet\\w*|want|leave|clear|unsub\\w*) (?:please )?${EN_MINE} ${EN_LIST}`,
      ` (?:off|from|of|out of|outta) ${EN_LISTS}| off $| off (?:please|now|thanks) `,
    ],
    [
      `(?<! i| we| you| they| have| ve| had) (?:delet\\w*|eras\\w*|purg\\w*|destroy) (?:(?:all|any|every|the|of) )*(?:my |personal )(?:[^ ]+ ){0,2}(?:data|information|details)`,
    ],
    [
      `(?<! they| he| she) (?:d|would|want|wish|ask|asked|asking|request|like)(?: like)? to be (?:left alone|(?:removed|deleted|taken off|unsubscribed|off)${EN_SOON}|(?:removed |deleted |taken |unsubscribed )?(?:off|from|of) ${EN_LISTS}|(?:removed|deleted|taken off|unsubscribed) from (?:(?:your|any|all|these|further|future) )+(?:[^ ]+ )?(?:${EN_MAIL}|marketing|campaigns?))`,
    ],
    [
      ` (?:have|get|like|want|wish|request)(?: to have)? ${EN_MINE} (?:to be )?(?:(?:removed|taken off|deleted|erased|unsubscribed)${EN_SOON}|(?:removed|taken|deleted|erased|unsubscribed) (?:from|off|of) ${EN_LISTS})`,
    ],
    [` (?:left|leave me|leave us|kept|keep me|keep us) (?:off|out of) ${EN_LISTS}`],
    ['^ (?:please|pls|plz|kindly) (?:remove|delete)(?: (?:it|this|now|thanks))? $'],
    [' (?:want|get me|let me) (?:out|off)(?: of)? (?:this|your|the) (?:mailing )?list'],
    [
      ' (?:please|pls|plz|kindly) (?:just )?stop(?: (?:it|this|that|them|these|now|already))* $| let me be $| stop (?:it|this) (?:now|immediately|at once|already) $',
    ],
    ['^ (?:please |nope |no )*off (?:the|your|this) (?:mailing )?list '],
    [` further ${EN_MAIL} (?:is|are) (?:unwelcome|not welcome|unwanted)`],
    [' lose my (?:number|e?mail|address)'],
    // Signing off.
    [
      ` (?:un?su[bs]s?cr?i?be?|unsubscr\\w*|opt(?: (?:me|us))? out|opt (?:me|us) out|unlist)(?= (?:me|us|my|from (?:this|these|your|all|the|any)|of (?:this|these|your|all|any|the|future)|please|now|asap|thanks?)(?: |$)| $)`,
      '(?:^ (?:hi |hello |ok |thanks )?(?:please |pls |plz |kindly |just )*(?:un?su\\w*|opt|unlist))| (?:please|pls|plz|kindly|want to|wish to|like to|want|d|you)(?: [^ ]+)? (?:un?su\\w*|opt|unlist)',
    ],
    [
      '^ (?:please )?cancel (?:my|this|the|our)(?: [^ ]+)? subscription $| (?:please|want to|like to) cancel (?:my|this) subscription $',
    ],
    // The law.
    [' (?:withdraw\\w*|revok\\w*|rescind)(?: [^ ]+){0,3} (?:consent|permission|agreement)(?! form)'],
    [
      ' (?:never|not|no|nor|without|dont have|do not have)(?: [^ ]+){0,2} (?:consent(?:ed)?|permission|agreed?|authori[sz]ed?)(?: [^ ]+){0,4} (?:e?mails?|data|address|contacted|contact|list|details|messages)',
    ],
    [' right to (?:be forgotten|erasure|object)(?! to (?:vote|that|it))'],
    [
      ' object to(?: (?:the|any|my|you|your|being|all))* (?:processing|process|us[ei]\\w*|storage|storing|marketing|direct|contacted|receiving|further)',
    ],
    [
      ' (?:request|demand|require|ask for|insist on)(?: [^ ]+){0,3} (?:erasure|deletion|removal) of (?:(?:all|any|of) )*(?:my|our|personal)',
    ],
    [' (?:this|that|it|you) (?:is|are|s) (?:spam|spamming|harassment|harassing)(?= )'],
    [
      ' (?:i|we|i m|im|i ll|am|ll|will|be|have)(?: be)? (?:reporting|report|marking|mark|flagging|flag|(?<=(?:be|have) )(?:reported|marked|flagged))(?: [^ ]+){0,2} as spam',
    ],
    // Alone.
    [' leave (?:me|us)(?: the hell)? (?:alone|in peace|be) (?!with )'],
    [' get lost $| (?:fuck|piss|bugger|sod) off| go away $| get out of my inbox'],
    [` (?:make|let) (?:this|that)(?: be)? (?:the|your)(?: very)? last(?= $| (?:${EN_MAIL}|one)(?: |$))`],
    [
      '(?<! he| she| they) (?:asked|told|begged)(?! (?:them|him|her|me|us|bob) )(?: [^ ]+){0,4} (?:to stop|not to)(?: (?:writing|e?mailing|contacting|contact|e?mail|write))',
    ],
  ],
  throughout: [
    [
      `(?: (?:one more|another|next|any (?:more|further)|further|any other) ${EN_MAIL}| (?:if|next time|should) you (?:ever )?(?:write|e?mail|contact|message|send)(?: [^ ]+){0,4} )`,
      ' (?:lawyers?|attorney|solicitor|report\\w*|ico|authorit\\w*|police|legal\\w*|court|spam|block\\w*|complain\\w*|harassment|sue|consequences)',
    ],
    [' (?:stop|or)(?: [^ ]+){0,3} (?:contacting|writing|e?mailing)', ' (?:lawyer|authority|police|legal)'],
  ],
  hints: [
    ' not interested(?! in (?:the|selling|stopping|a|an|it|this|that) )',
    ' no (?:thanks|thank you) $',
    '^ no thanks',
    ' wrong person',
    ' (?:where|how) did you get my',
    ' no need to (?:write|e?mail|contact|follow up|reach out)(?: to)?(?: me| us)? (?:again|any ?more|further)',
    ' gdpr ',
    ' spam ',
    ' too many e?mails',
    ' please stop ',
    ' unsubscribe ',
    ' not the right (?:time|moment|person) ',
  ],
  spared:
    ' (?:before (?!that |to )(?=[^ ])|until|till|yet|instead|why|whether|by (?:post|phone|letter|fax)|on (?:whatsapp|slack|linkedin|teams)|thursdays?|mondays?|tuesdays?|wednesdays?|fridays?|slot|meeting|invite|invitation|calendar|agenda|panel|cc|loop|thread|draft|badge|speakers?|attendees?|guests?|sponsors|dinner|lunch|speakerphone|programme|waiting list|raffle|old address|to bob|hesitate|miss|worry|wait for|to think|next year|stop (?:by|over)|(?:do not|dont|never|not|never) (?:ever )?(?:please )?(?:stop|unsubscribe|quit)|let s|(?:if|when|whenever|should) you (?:no longer|do not|dont|would rather|prefer|ever|want|wish)|to (?:unsubscribe|opt out|stop receiving)(?: [^ ]+){0,4} (?:click|visit|reply|use|follow)|click here|would you like|do you want|i (?:can|could)(?:not|nt| not)|how (?:do|can|to) (?:people|users|we|customers|they|you|i)|(?:they|someone|friend|he|she|people|users|customers|subscribers)(?: [^ ]+){0,2} (?:asked|said|told|wrote|want|unsubscribed?)|authors?|(?:i|we|they|he|she) (?:have |had |just |once )?(?:unsubscribed|opted out)|asked me to unsubscribe|(?:asked|told) (?:them|him|her) (?:not )?to|(?:is|was|are|s) not spam|short ?list|the zip|attachments?|invoice|contract|quote)(?= )',
};
