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
  '(?:(?<! for| i| we| he| she| they| you| people| let s| need| did| has| have| could)(?: do not| dont| don t| donot| never| not(?: to)?)|(?: ask| asking| beg| request| want| urge) you(?: please| kindly)? not(?: to)?|(?: rather| prefer| prefer that| appreciate it if| grateful if| ask that| ask| sure| happier if| better if) you (?:did not|didnt|do not|dont|would not|wouldnt|not|never))';
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
      `${EN_NO}(?: (?:ever|please|kindly|again|be))* (?:send|sending|forward)(?: (?:me|us))?(?: (?:any|more|further|other|of|your|these|those|this|such|unsolicited|to|me|us|automated|birthday))* (?:${EN_MAIL}|congratulations|wishes|anything (?:else|more|again|further)|(?<=(?:me|us) )anything|these|more|this)(?! (?:yet|before|until|to the|in))`,
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
      ` (?:delet\\w*|eras\\w*|purg\\w*|destroy) (?:(?:all|any|every|the|of) )*(?:my |personal )(?:[^ ]+ ){0,2}(?:data|information|details)`,
    ],
    [
      ' (?:d|would|want|wish|ask|asked|asking|request|like)(?: like)? to be (?:removed|deleted|taken off|unsubscribed|left alone|off)',
      '(?<! they| he| she)(?: $| from (?:your|this|the|all|any|these)(?: [^ ]+)? (?:lists?|contacts|mailings?|database|records|emails?)| alone| your| off)',
    ],
    [
      ` (?:have|get|like|want|wish|request)(?: to have)? ${EN_MINE} (?:to be )?(?:removed|taken off|deleted|erased|unsubscribed)`,
      `(?: $| (?:please|now|thanks|immediately) | (?:from|off|of) ${EN_LISTS})`,
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
    [' (?:withdraw\\w*|revok\\w*|rescind)(?: [^ ]+){0,3} (?:consent|permission|agreement)'],
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
    [' leave (?:me|us)(?: the hell)? (?:alone|in peace|be) '],
    [' get lost $| (?:fuck|piss|bugger|sod) off| go away $| get out of my inbox'],
    [' (?:make|let) (?:this|that)(?: be)? (?:the|your)(?: very)? last'],
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
    ' (?:before (?!that |to )(?=[^ ])|until|till|yet|instead|why|whether|by (?:post|phone|letter|fax)|on (?:whatsapp|slack|linkedin|teams)|thursdays?|mondays?|tuesdays?|wednesdays?|fridays?|slot|meeting|invite|invitation|calendar|agenda|panel|cc|loop|thread|draft|badge|speakers?|attendees?|guests?|sponsors|dinner|lunch|speakerphone|programme|waiting list|raffle|old address|to bob|hesitate|miss|worry|wait for|to think|next year|stop (?:by|over)|(?:do not|dont|never|not|never) (?:ever )?(?:please )?(?:stop|unsubscribe|quit)|let s|(?:if|when|whenever|should) you (?:no longer|do not|dont|would rather|prefer|ever|want|wish)|to (?:unsubscribe|opt out|stop receiving)(?: [^ ]+){0,4} (?:click|visit|reply|use|follow)|click here|would you like|do you want|i (?:can|could)(?:not|nt| not)|how (?:do|can|to) (?:people|users|we|customers|they|you|i)|(?:they|someone|friend|he|she|people|users|customers|subscribers)(?: [^ ]+){0,2} (?:asked|said|told|wrote|want|unsubscribed?)|authors?|(?:i|we|they|he|she) (?:have |had |just |once )?(?:unsubscribed|opted out)|asked me to unsubscribe|the zip|attachments?|invoice|contract|quote)(?= )',
};

const DE_WRITE =
  '(?:(?:an)?(?:zu)?schreib(?:en?|st|t)?|anzuschreiben|angeschrieben|(?:an|anzu)?mail(?:en|e|t)|mail|kontaktier\\w*|melden|melde[t]?|anzusprechen|angesprochen|nachhaken|nachfragen|nachzufragen|nachfassen|behellig\\w*|(?:mich|uns)(?: [^ ]+){0,4} belastig\\w*|belastig\\w*(?: sie)? (?:mich|uns)|kontakt\\w*|anzufragen|angemailt)';
const DE_MAIL =
  '(?:e?mails?|nachricht(?:en)?|werbung|werbemails?|newslettern?|zuschriften|kontaktaufnahmen?|kontaktversuche?n?|kontakt\\w*|anfragen|schreiben|anschreiben|gluckwunsch\\w*|geburtstag\\w*|gratulation\\w*|erinnerungen|zusendung\\w*|belastigung\\w*|akquise\\w*)';
const DE_MINE =
  '(?:mein\\w*(?: [^ ]+){0,2} (?:daten|adressen?|email\\w*|mail\\w*|kontaktdaten|kontakt|namen|eintrag|postfach)|personenbezogen\\w* daten(?: [^ ]+){0,6}|daten (?:von|uber|zu) (?:mir|meiner))';
const DE_LIST =
  '(?:aus|von|vom)(?: [^ ]+)? (?:[^ ]*verteiler\\w*|[^ ]*listen?|datenbank\\w*|systemen?|system|adressbuch|kontakten|datei|kartei|bestand|crm)';

export const GERMAN: Tongue = {
  thoughts: [
    [' (?:mochten?|will|wollen|wunsche\\w*) nicht dass (?:sie|du|ihr) (?:mir|mich|uns) ', ` ${DE_WRITE} `],
    [' (?:entfernung|streichung|loschung|austragung) ', ` ${DE_LIST}`],
    [
      ' (?:nicht|nie|niemals|ncht) ',
      ' (?:mehr|wieder|weiter\\w*|langer|erneut|noch ?mals?|noch einmal|kunftig|zukunft) ',
      ` ${DE_WRITE} `,
    ],
    [
      ' (?:nicht|nie) ',
      ` (?:mich|uns|mir)(?: [^ ]+){0,2} ${DE_WRITE} | ${DE_WRITE}(?: sie)? (?:mich|mir|uns) | (?:kontaktiert|angeschrieben|angemailt) werden `,
      '(?:nicht|nie|werden|kontaktieren|schreiben) $',
    ],
    ['^ (?:bitte )?nicht (?:mehr |weiter )?(?:an)?(?:schreiben|kontaktieren|mailen) $'],
    [
      ' (?:so ?etwas|so ?was|solche\\w*|dergleichen|das|dies\\w*) ',
      ' (?:nicht|nie) (?:mehr|wieder) ',
      ' (?:schick\\w*|send\\w*|zu(?:ge)?s\\w+nd\\w*|bekommen|erhalten) ',
    ],
    [' (?:spar\\w*) ', ` (?:weitere\\w?|ihre|deine|solche|diese) ${DE_MAIL} `],
    [' keine?\\w? ', ` ${DE_MAIL} `, ' (?:mehr|weiter\\w*|wieder|kunftig|zukunft) '],
    [
      '^ (?:bitte |danke )*keine (?:[^ ]+ )?(?:e?mails?|nachrichten|werbung|newsletter|gluckwunsch\\w*|geburtstag\\w*)(?: bitte| danke)? $',
    ],
    [
      ' keine?\\w? ',
      ` ${DE_MAIL} `,
      ' (?:mochten?|will|wollen|wunsch\\w*|schick\\w*|send\\w*|lege|brauche|erwarte) ',
    ],
    [' (?:will|mochte|brauche) ', ` (?:ihre|deine|eure|diese) ${DE_MAIL} nicht `],
    [
      ' (?:nichts|keine) mehr ',
      ' (?:hor\\w*|schick\\w*|zu schicken|send\\w*|bekomm\\w*|erhalten|zukommen|zusenden|zuschicken) ',
    ],
    [
      ' kein\\w* (?:wert|interesse) (?:auf|an) ',
      ` (?:weiter\\w*|ihren|deinen|solchen)(?: [^ ]+)? ${DE_MAIL} `,
    ],
    [
      ' (?:stopp|stoppt|stoppen|hor\\w*|aufhoren|aufzuhoren|unterlass\\w*|unterlasst|einstell\\w*|einzustellen|schluss|verzicht\\w*) ',
      ` (?:${DE_MAIL}|${DE_WRITE}|zu schreiben|damit aufzuhoren|damit auf) `,
    ],
    ['^ (?:bitte )?hor\\w*(?: sie)?(?: bitte)? (?:damit )?(?:auf|endlich auf)(?: damit)? $'],
    [
      ' (?:seh\\w*|absehen|abzusehen|abstand) ',
      ' (?:von|davon) ',
      ` (?:${DE_MAIL}|zu schreiben|zu kontaktieren) `,
      ' (?:ab|absehen|abzusehen|nehmen) ',
    ],
    [
      '(?:^| und| bitte) (?:bitte )?(?:kunftig |das |dies )?(?:zu )?unterlassen(?: sie (?:das|dies)(?: bitte| kunftig)?)? $',
    ],
    [
      ' (?:streich\\w*|nehm\\w*|nehmt|nimm|entfern\\w*|losch\\w*|trag\\w*|austragen|auszutragen|austragung|herausnehmen|rausnehmen) ',
      ` ${DE_LIST}`,
      ' (?:mich|uns|mir|mein\\w*|verteiler\\w*|austragung|austragen) ',
    ],
    [' (?:losch\\w*|entfern\\w*|streich\\w*)(?: sie)? (?:mich|uns)(?: bitte)? $'],
    [
      ' (?:mochte|will|wunsche|bitte) ',
      ' (?:gestrichen|geloscht|entfernt|ausgetragen|abgemeldet|(?:verteiler|liste) genommen)(?: zu)? werden ',
    ],
    [' (?:will|mochte|wollen|mochten) ', ' keine post mehr '],
    [' (?:losch\\w*|loschung|entfern\\w*|tilg\\w*|vernicht\\w*) ', ` ${DE_MINE}`],
    [
      ' (?:mich|uns) ',
      ' (?:austragen|auszutragen|trag\\w*(?: sie)? (?:mich|uns)(?: [^ ]+){0,2} aus|(?:nehm\\w*|nimm)(?: sie)? (?:mich|uns)(?: bitte)? (?:da )?(?:raus|heraus)) ',
    ],
    [' (?:bitte )?(?:um )?(?:sofort )?loschen(?: sie)? $', ' (?:schreiben|adresse|mails?) '],
    [
      ' (?:abmeld\\w*|abzumelden|abbestell\\w*|bestelle?n?|kundig\\w*) ',
      ' (?:newsletter|verteiler|mailings?|mails?|hiermit|rundmail\\w*|das ab|das hiermit ab) ',
    ],
    [
      ' (?:widersprech\\w*|widerruf\\w*|untersag\\w*|verbiet\\w*|verbitte|verwahre) ',
      ' (?:nutzung|verwendung|verarbeitung|einwilligung|zustimmung|kontakt\\w*|werb\\w*|speicherung|daten\\w*|e?mails?|nachrichten) ',
    ],
    [' lass\\w*(?: sie)? (?:mich|uns)(?: [^ ]+){0,2} (?:in ruhe|in frieden|zufrieden) $'],
    [
      ' (?:verschon\\w*)(?: sie)? (?:mich|uns) | finger weg | hau(?:en sie)? ab $| verpiss\\w* | (?:lassen sie|lass|lasst) (?:das|es)(?: bitte)? (?:bleiben|sein) ',
    ],
    [' loschung ', ' (?:mein\\w*|personenbezogen\\w*) ', ' daten '],
    [' das ist (?:spam|belastigung) '],
  ],
  throughout: [
    [
      ' (?:nie|nicht|keine|keinerlei|niemals|ohne) ',
      ' (?:zugestimmt|zustimmung|einwilligung|eingewilligt|erlaubnis|einverstanden) ',
      ' (?:daten|kontakt\\w*|schreiben|e?mails?|adresse|verwenden|speichern|anschreiben) ',
    ],

    [
      ' (?:nachste\\w?|noch eine|weitere\\w?|einer weiteren|jede weitere) (?:e?mail|nachricht|kontakt\\w*)',
      ' (?:anwalt\\w*|anzeige|bundesnetzagentur|meld\\w*|rechtlich\\w*|datenschutz\\w*|spam|polizei|gericht\\w*|abmahn\\w*|klage)',
    ],
  ],
  hints: [
    ' kein interesse(?! an (?:der|dem|einer|einem) )',
    ' kein bedarf',
    ' nein danke',
    ' woher haben sie',
    ' dsgvo ',
    ' spam ',
    ' zu viele mails',
    ' falsche\\w? (?:person|ansprechpartner)',
    '^ (?:bitte )?nicht mehr ',
  ],
  spared:
    ' (?:vor|bevor|bis|heute|warum|wieso|weshalb|wann|verpass\\w*|verlor\\w*|zoger\\w*|scheu\\w*|sondern|termin\\w*|workshop|treffen|kurs|konferenz|sitzung|rednerliste|gasteliste|teilnehmerliste|whatsapp|telefon\\w*|per post|rechnung|anhang\\w*|alte\\w? adresse|firmenadresse|frau|herrn?|bloss nicht|bauch|wieder in|aufnehmen|auf(?:zunehmen)|es reicht wenn|fruhjahr|(?:wenn|falls|sofern|sollten) (?:sie|du|ihr)|ich (?:schreib\\w*|meld\\w*|kontaktier\\w*|bekomm\\w*|erhalte|kriege|hore)|wir (?:schreiben|melden|bekommen|erhalten|haben)|(?:sie|dich|euch|ihnen|dir) (?:nicht|nie)(?: [^ ]+)? belastigen|ich habe (?:[^ ]+ ){0,3}(?:kein\\w*|nicht\\w?|keinen)(?: [^ ]+){0,6} (?:bekommen|erhalten|gehort|gesehen|zu)|zu (?:herrn?|frau)|so lange|ich (?:kann|konnte)|ich habe(?: [^ ]+){0,3} kein\\w* (?:e?mails?|nachricht\\w*) mehr|den alten|nicht (?:mehr )?auf(?:zu)?horen|horen? (?:bloss )?nicht auf|antworte\\w*)(?= )',
};

const NL_MAIL =
  '(?:e?mails?|e?mailtjes|berichten|nieuwsbrieven|nieuwsbrief|reclame|contact|opvolging|felicitaties|verjaardag\\w*)';
export const DUTCH: Tongue = {
  thoughts: [
    [
      ' (?:niet|nooit) ',
      ' (?:meer|langer|verder|opnieuw|weer) ',
      ' (?:mail(?:en)?|e?mailen|schrijf|schrijven|schrijft|aanschrijven|aangeschreven|contacteren|contacteer|contacteert|gecontacteerd|benaderen|benader|benaderd|gemaild|lastig|berichten) ',
    ],
    [
      '^ (?:[^ ]+ ){0,2}(?:mail|schrijf|contacteer|benader) (?:me|mij|ons)(?: [^ ]+)? (?:niet|nooit) (?:meer )?$',
    ],
    [
      ' geen ',
      ` (?:${NL_MAIL}|meer) `,
      ' (?:meer|verdere?|nieuwe|ontvangen|wens|wil) ',
      `(?: ${NL_MAIL}| stuur\\w*)`,
    ],
    [' geen (?:prijs|behoefte) ', ` (?:${NL_MAIL}) `],
    [
      ' niets (?:meer )?',
      ' (?:meer van (?:u|je|jullie)|ontvangen|van (?:u|je|jullie) (?:meer )?horen|sturen|stuur) ',
    ],
    [
      ' (?:stop\\w*|schei uit|schei|houd|hou|ophouden|staak|staken) ',
      ` (?:${NL_MAIL}|mailen|te mailen|schrijven|sturen|contacteren|deze) `,
      ' (?:met|op|uit|deze|alle) ',
    ],
    [
      ' (?:haal|halen|haalt|schrap|schrappen|verwijder\\w*|gooi|wis|wissen|neem|verwijderen) ',
      ' (?:mij|me|ons|mijn|verwijderen) ',
      ' (?:lijst\\w*|mailinglijst|bestand\\w*|database|systeem|adresboek|verzendlijst) ',
    ],
    [
      ' (?:verwijder\\w*|wis|wissen|schrap\\w*|vernietig\\w*) ',
      ' (?:mijn|mij)(?: [^ ]+){0,2} (?:persoonsgegevens|gegevens|adres|e?mail\\w*|data) ',
    ],
    [
      ' (?:uitschrijven|uit te schrijven|afmelden|af te melden|schrijf (?:me|mij|ons)(?: [^ ]+)? uit|meld (?:me|mij)(?: [^ ]+)? af) ',
      '(?: (?:mij|me|ons|graag|gelieve|wil|deze|uw|nieuwsbrief|mailing\\w*) )',
    ],
    [
      ' (?:wil|wens|graag) ',
      ' (?:verwijderd|uitgeschreven|afgemeld) (?:te )?worden | worden (?:verwijderd|uitgeschreven|afgemeld) ',
    ],
    [' (?:wil|wens|graag|haal) ', ' van (?:de|uw|jullie|deze|je)(?: [^ ]+)? (?:[^ ]*lijst) af '],
    [' (?:maak|teken) ', ' bezwaar '],
    [' laat (?:me|mij|ons)(?: [^ ]+)? met rust $'],
    [' trek(?: [^ ]+){0,3} (?:toestemming)'],
  ],
  throughout: [
    [
      ' (?:nog een|volgende|nog 1) (?:e?mail|bericht) ',
      ' (?:advocaat|melden|meld|aangifte|spam|autoriteit) ',
    ],
  ],
  hints: [' geen interesse', ' nee (?:bedankt|dank)', ' avg ', ' spam '],
  spared:
    ' (?:voor (?:maandag|dinsdag|woensdag|donderdag|vrijdag|de|het|mijn)|tot|waarom|missen|aarzel|afspraak|vergadering|factuur|per post|bel|oude|ik (?:krijg|ontvang|werk|kan|kon)|(?:je|u) hebt|stop niet|niet stoppen|niet met|roken|vragen|wilt u geen|als u|indien u|mail liever)(?= )',
};

const NORDIC_MAIL =
  '(?:mejl|mails?|mailer|mailen|e?post(?:er)?|meddelanden|utskick|nyhetsbrev|beskeder|meldinger|henvendelser|kontakt|gratulationer|paminnelser|nyhedsbreve)';
export const NORDIC: Tongue = {
  thoughts: [
    [
      ' (?:inte|aldrig|ikke|aldri|aldrig) ',
      ' (?:mer|mera|igen|langre|fler|mere|lenger|igjen|langere|flere) ',
      ' (?:mejla|maila|maile|mail|skriv|skriva|skrive|kontakta\\w*|kontakt\\w*|kontaktet|skicka|send|sende) ',
    ],
    [' (?:inte|ikke|aldrig) ', ' (?:kontaktad|kontaktet|kontakta mig|kontakta oss|kontakt meg|kontakt mig) '],
    [' (?:inte|ikke)(?: [^ ]+)? (?:hora av|hore fra|hora fran) ', ' (?:vill|vil|onsker|onskar) '],
    [' (?:inga|ingen|inte|ikke|inget) ', ' (?:fler|flera|mer|mere|flere) ', ` ${NORDIC_MAIL} `],
    [' (?:inget|ikke noe|ingenting) ', ' (?:mer|mere) ', ' (?:skicka|send) '],
    [
      ' (?:vill|onskar|onsker|vil) ',
      ' (?:inte|ikke) ',
      ` ${NORDIC_MAIL} `,
      ' (?:ha|fa|have|modtage|motta|ta emot|flere|fler) ',
    ],
    [
      ` (?:sluta|slutt|slut|stop|stopp|upphor|stoppa|ophor)(?: [^ ]+){0,2} (?:mejla|maila|maile|skriva|skrive|kontakta|kontakte|skicka|sende|spamma|(?:med )?at (?:skrive|sende|maile|kontakte)|${NORDIC_MAIL}) `,
    ],
    [
      ' (?:ta bort|plocka bort|stryk|fjern|slet(?:te?)?|radera|avfor|ta meg av|ta mig av) ',
      ' (?:mig|meg|oss|os|min|mitt|mina|mine|opplysningene|oplysninger|uppgifter) ',
      '(?:listan|listen|liste|lista|register|registret|databas\\w*|lister|utskick\\w*|uppgifter|oplysninger|opplysninge\\w*|adress\\w*|data|mine|e?post\\w*|mejladress|mailadress) ',
    ],
    [
      ' (?:avregistrer\\w*|avprenumerer\\w*|afmeld\\w*|avmeld\\w*|meld) ',
      ' (?:mig|meg|oss|os|gerne|gjerne|vill|fra|av) ',
    ],
    [' avsluta ', ' prenumeration\\w* '],
    [
      ' (?:vill|onskar|vil|onsker)(?: [^ ]+){0,2} (?:bli|blive|ha)(?: [^ ]+)? (?:borttagen|avregistrerad|struken|slettet|fjernet|afmeldt|avmeldt) ',
      '(?: $| fran | fra | tack | takk )',
    ],
    [' (?:vil|onsker)(?: [^ ]+){0,2} (?:slettes|fjernes|afmeldes|avmeldes) '],
    [' hor(?:a)? inte av (?:dig|er) (?:mer|igen) '],
    [' undanber (?:mig|oss) '],
    [' (?:lamna|lad|la) (?:mig|meg|oss|os)(?: [^ ]+)? (?:i ?fred|vaere|vare|i ro) '],
  ],
  throughout: [
    [
      ' (?:ett mejl till|en mail til|nasta mejl|naeste mail|neste mail|en gang til) ',
      ' (?:anmal\\w*|anmeld\\w*|advokat|polis\\w*|spam) ',
    ],
  ],
  hints: [' inte intresserad', ' ikke interesse\\w*', ' nej tack', ' nei takk', ' nej tak', ' gdpr '],
  spared:
    ' (?:fore|for (?:mandag|tirsdag)|innan|varfor|hvorfor|missa|tveka|motet|mode[tn]?|faktura\\w*|med post\\w*|ring|fragor|sporsmal|cc|jag far|jeg far|hinner|(?:jag|jeg) kan|har (?:du|ni)? ?inte|sluta inte|slutt ikke|inte sluta)(?= )',
};
