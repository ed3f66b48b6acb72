import type { BounceReason } from './verdict.js';

/**
 * What servers write, by reason, in the order in which it is asked: the particular before the general. "Rejected: user
 * unknown" is an unknown user, and an IP address on a list is no verdict on the text. Written as regular expressions
 * in which ` ~ ` stands for up to 60 characters of the same sentence.
 */
const TABLE: [BounceReason, string[]][] = [
  ['system', ['insufficient disk space; try again later']],
  [
    'mailbox-full',
    [
      'full (?:mail ?box|inbox)|(?:mail ?box|mbox|inbox|mail ?drop|account|folder|mailfile|maildir) (?:is |was |has been |seems |of the \\w+ is )?(?:temporarily |currently |almost )?full',
      '(?:mail ?box|mbox|mailfolder|inbox|account|user|recipient|disk) ~ \\bfull\\b',
      'over (?:(?:the|its|his|her|their) )?(?:allowed |disk |storage |mail |mailbox ){0,2}quota|overquota|quota (?:is |was |has been |limit )?(?:exceeded|full|reached|violation)|quota ~ (?:exceed|used up)|overdrawn',
      '(?:exceed(?:s|ed|ing)?|reached|beyond|above) (?:(?:the|its|his|her|their|allowed|maximum) ){0,3}(?:disk|storage|mail ?box|mail) ?(?:quota|space|allocation|limit|size)|exceed(?:s|ed|ing)? ~ (?:quota|allocation)',
      "(?:mail ?box|maildir|account|user|inbox|disk)(?:[’']s)? ~ (?:exceeds|exceeded|out of|over) ~ (?:size|space|storage|limit|quota)|mail ?box ~ size limit|mail file size exceeds|too large ~ mailbox",
      '(?:not enough|insufficient|out of|ran out of|lack of)(?: free| more| available| sufficient)? (?:disk|storage|mailbox|quota)(?: space)?|(?:no|enough|sufficient) (?:free )?(?:disk |storage |mailbox )?space|mailbox would exceed|no space left ~ mailbox|diskspace|disk ?quota|space has been used up|exhausted ~ (?:storage|space|quota)|user has exceeded|storage (?:is )?full',
      'too many (?:messages|mails) (?:in|on) ~ (?:box|disk|server)|mail ?box space not enough|error writing message: (?:disk quota|file too large)|zu ?viele mails|exceeded storage allocation',
      'postfach ~ (?:voll|überfüllt|erschöpft|überschritten)|kontingent|bo[iî]te ~ pleine|quota dépassé|buz[oó]n ~ llen[oa]|casella ~ piena|caixa ~ cheia|skrzynk\\p{L} ~ (?:przepe|pełn)|ящик ~ переполнен|postvak ~ vol',
      'メールボックス.{0,20}(?:いっぱい|一杯|満杯|超|容量)|容量.{0,10}(?:超|オーバー)|(?:邮箱|信箱).{0,8}(?:已满|已滿|满|滿)|超(?:出|过|過).{0,6}容量',
    ],
  ],
  ['host-unknown', ['account or domain may not exist']],
  ['content', ['(?<!\\bno )virus (?:was |has been )?(?:detected|found)']],
  ['policy', ["messages from ~ weren[’']t sent|determine purported responsible"]],
  [
    'spam',
    [
      '(?:blocked|rejected|refused|caught|stopped|filtered) (?:by|using|as) (?:\\w+ )?spam(?!haus|cop)|spam classification|due to spam|spam ?assassin|no spam please|spam ?profiler',
      'spam(?:-| )?(?:pattern|filter|score|check|content|detect|message|mail|profile|signature|rule|test|trap)|anti-?spam',
      '(?:detected|identified|classified|considered?|flagged|marked|looks?|appears?|seems?|regarded|recogni[sz]ed|tagged|likely|is|be|it)(?: (?!protect)\\w{1,10}){0,3} spam\\b(?!\\.\\w)',
      '(?:unsolicited|unwanted|bulk|junk|suspicious|spam-?like) (?:bulk |commercial )?(?:e-?mail|mail|message|content|advertis)|bulk\\.advert|advertising',
      '(?:message|mail|e-?mail|body|text)? ?content ~ (?:rejected|denied|refused|unacceptable|not accepted)|(?:reject(?:ing|ed)?|banned|unacceptable|bad) (?:mail |message )?content|content (?:reject|filter|denied)',
      'blacklisted (?:url|link)|(?:url|uri|link|domain)s? ~ (?:blacklist|surbl|uribl|dbl)|surbl|uribl|recurrent pattern|ofr_506|mail rejete',
    ],
  ],
  [
    'user-unknown',
    [
      "recipient address(?:es)? rejected ?: access denied|inactive e-?mail address|doesn[’']t have an? \\S{1,80} account|^\\W{0,8}(?:5\\d\\d )?\\W{0,4}@\\W{0,4} rejected\\W{0,4}$|not a registered (?:\\w+ )?user|does not have a final e-?mail delivery|no matches to nameserver query",
      'not found in (?:the )?ldap|user unknown in|unknown user account|nosuchuser|invalid or unknown virtual user',
    ],
  ],
  [
    'system',
    [
      'duplicated message-id|not unique\\. several matches|ldap server|loops back to myself|local configuration error|aliasing/forwarding loop|loop was found in',
      "mailer error|internal (?:system|server|software) error|insufficient permission|permission denied|procmail|maildrop|couldn[’']t create|x-unix",
    ],
  ],
  [
    'content',
    [
      '(?:duplicate|missing|multiple|invalid|malformed|too many|bad) ~ \\bheaders?\\b|multiple addresses in from|headers? ~ (?:too (?:large|long|big)|exceeds)|improperly[- ]formatted|unnecessary base64',
      'messages? without ~ (?:fields?|headers?)|not (?:be )?rfc ?\\d{0,4} ~ complian|violates rfc|media error|mime complexity|header size|bare (?:lf|cr|line)|character sets?\\b',
    ],
  ],
  [
    'policy',
    [
      "(?:sender|emetteur|expéditeur|originator)(?:[’']s)? (?:e-?mail )?(?:address |domain |name |ip )?(?:was |has been |is |not )?(?:rejected|refused|denied|blocked|blacklisted|invalid|empty|unroutable|spammer|verif|verify failed|pre-?approved|not (?:pre-?approved|verified|exist|valid|allowed|found|accepted))",
      '(?:invalid|bogus|unroutable|bad|unknown|forged|fake) (?:sender|mail from|envelope from|return[- ]path|from)|\\bfrom: domain|valid from\\b|domain of sender|sender domain|mail from not owned|batv|backscatter|third-party dsn|sender verif',
      'permission to post|my name was rejected|client host blocked|mismatch(?:es)? ~ ip|groups\\.google|(?:not a |non-?)member|members[- ]only|too many bounces|requires that you verify|excessive user|closed (?:mailing )?list|not subscribed|header error|user complaints|refused to talk to me|low priority|organi[sz]ational settings',
      'only accept(?:s|ing)? (?:e-?)?mails? (?:only )?from|list of senders|(?:recipient|user) (?:refuses|does not want)|unauthori[sz]ed sender|mail ?from ~ mismatch|sender ~ not in (?:my|our|this) domain|unresolvable \\S{1,20} from\\b|restricted sms|not accepting (?:any )?(?:e-?)?mails? (?:from|with)',
    ],
  ],
  [
    'expired',
    [
      'establish an smtp connection.{0,90}in the queue too long|was not delivered within \\d|deliver message after multiple retries',
    ],
  ],
  [
    'network',
    [
      'host not found, try again|host name lookup failure|could not find a gateway',
      'able to establish an smtp connection',
    ],
  ],
  [
    'expired',
    [
      '(?:connection|operation|session|response|read|smtp|connect|command) timed[- ]out|error: timeout exceeded|timed out (?:while|after|during)|did not accept our requests to connect|host not reachable|failing for a long time',
      'delivered for (?:too long|more than)|could not deliver for|retry time-?out exceeded|(?:message|envelope|delivery time|queue time) (?:has |was )?expired|allowed queue period|not been collected after',
    ],
  ],
  [
    'size',
    [
      '(?:message|mail|e-?mail|size|content|data|body|letter|attachment)s? ~ (?:too (?:big|large)|larger than|bigger than)|too (?:big|large) ~ (?:message|mail)|^\\W{0,8}too (?:big|large)',
      '(?:message|mail|e-?mail|size|length|data)s? ~ exceed(?:s|ed|ing)? ~ (?:size|length|limit|maximum)(?! of (?:mails|messages))|(?:exceed(?:s|ed)?|over|maximum) ~ (?:message|mail|e-?mail)[- ](?:file )?(?:size|length)',
      '(?:size|length|line) (?:limit )?exceed|lines? too long|(?:size|line) limit|sizelimit|too much mail data|mail data limit',
      'nachricht ~ zu groß|taille (?:limite|maximale|du message)|tamaño ~ (?:excede|máximo)|dimension\\p{L} ~ (?:massima|supera)|サイズ.{0,20}(?:超|大き)|(?:邮件|郵件).{0,8}(?:过大|過大|太大)',
    ],
  ],
  [
    'suspended',
    [
      'is now disabled|account (?:is |was )?not activated|(?:account|mail ?box|user|recipient|address|login|mail|destination|domain)\\b ~ \\b(?:suspended|disabled|deactivated|inactive|frozen|locked|discontinued|terminated|archived|expired(?! in queue)|cancell?ed|closed)',
      '(?:is|has been|was|are|being) (?:\\w+ly )?(?:suspended|deactivated|disabled)|temporar(?:y|ily) locked|recipient suspend|not (?:currently )?being accepted for this mailbox|(?:extended|due to|for) inactivity|no longer accepts mail|mail receiving disabled',
      '(?:disabled|inactive|suspended|deactivated|not activated|non-?active|locked|blocked|archived) (?:e-?mail |mail |user |recipient )?(?:account|mail ?box|user|recipient|address)|recipient account is blocked|unavailable: user is terminated',
      '(?:konto|postfach) ~ (?:gesperrt|deaktiviert|stillgelegt)|(?:compte|bo[iî]te) ~ (?:bloqu|suspendu|désactiv|archiv)|(?:zablokowane|nieaktywne|bloccato per|disatt?ivat|por falta de uso|usuario ~ inactivo)|cuenta ~ (?:suspendida|deshabilitada|bloqueada|inactiva)|conta ~ (?:suspensa|desativada)',
    ],
  ],
  [
    'moved',
    [
      '\\b(?:user|recipient|mail ?box|address|account)\\b ~ (?:has moved|changed (?:to|address)|no longer on (?:this )?server|replaced by|(?:was|been) (?:renamed|moved))|(?:moved|no forwarding) ~ (?:address|mailbox|account)',
      'not our (?:user|customer)\\b|please (?:try|update|use) ~ (?:new|forward-path) ~ (?:address|instead)|user not local; please|neue (?:e-?mail-?)?adresse lautet',
    ],
  ],
  [
    'authentication',
    [
      "\\b(?:dmarc|dkim|spf|sender policy framework|arc)\\b ~ (?:fail|reject|polic|not (?:pass|accept|allow|valid)|record|check|den(?:y|ied)|block|invalid|violat|settings)|(?:fail|reject|bad|violat|did ?n[o’']t|not) ~ \\b(?:dmarc|dkim|spf)\\b",
      "unauthenticated|authenti(?:fi)?cation (?:turned|information|check|level|result|required|requise|invalide|credentials|fail|is)|(?:not|be|is|are|must|to|requires?|don[’']t) (?:properly )?authenticated?\\b|requires authentication",
      'smtp auth|auth ?(?:required|failed)|not allowed to send (?:from|as|mail\\b)|required authentication|sender ?id\\b|domainkeys|domain owner ~ (?:polic|reject)',
    ],
  ],
  [
    'rate',
    [
      'rate[- ]?limit|(?:mail|sent|sending|connections?|messages?|receiving) ~ (?:at a rate|too (?:quickly|fast|frequent)|frequency limited)|try again slower|slow down|throttl|trop de connexions',
      'too many (?:connections|concurrent|sessions|messages|recipients|e-?mails|mails|requests|errors from|simultaneous|smtp|unknown)|(?:maximum|max|number)(?: number)?(?: of)? ~ (?:connections|recipients|sessions)|concurrent connections',
      '(?:daily|hourly) ~ (?:quota|limit)|(?:quota|limit|e-?mails|messages|mails) ~ per (?:hour|day|minute|connection)|(?:connection|frequency|sending|submission|recipient) (?:rate|limit|frequency)|exceeded ~ (?:connections|rate)',
    ],
  ],
  [
    'relay',
    [
      "relay(?:ing)? ~ (?:denied|not (?:allowed|permitted|available|authori[sz]ed)|prohibited|rejected|forbidden|refused)|(?:permitted|allowed|as a|insecure(?: mail)?|unable|cannot|no|not|denied|un(?:authori[sz]ed)?|don[’']t|won[’']t|refus\\w+)(?: to)? relay|relaying mail to|relay (?:access|not)",
      "not an? (?:gateway|(?:open )?relay)|not (?:a )?local (?:domain|host)|rcpt ?hosts|mail for ~ is not accepted here|do(?: not|n[’']t) handle mail for|domain (?:is )?not (?:served|hosted) here|not configured to (?:relay|let)",
    ],
  ],
  [
    'policy',
    [
      '(?:black|block|deny|reject|access)[ -]?list(?:ed|s|ing)?\\b|(?<!not )listed (?:in|at|by|on)|blocked (?:using|by|for|at|from|because|due)|\\b(?:dns|rh|u)?[rs]?bls?\\b|drbl|spamhaus|spamcop|sorbs|barracudacentral|senderbase|proofpoint|reputation|banned',
      '(?:no|missing|bad|invalid|without|valid|not have|does not|unverifiable|unverifyable)(?: \\w+){0,4} (?:ptr|rdns)\\b|ptr (?:record|lookup|resource)|dns ptr|reverse[- ]?(?:dns|lookup|resolution|map)|\\brdns\\b|forward dns|ip name lookup fail|find your hostname|unverifyable|may not be mail exchanger|relay host name',
      'dynamic(?:ally assigned)? (?:ip|addr|pool)|residential|(?:invalid|bad) (?:sender )?ip|\\bips?(?: address(?:es)?)?\\b ~ (?:not (?:allowed|permitted|accepted)|block|reject|denied|refused|listed|profile|spam)|spam ~ from (?:your|the following) ip',
      'client (?:host|ip) ~ (?:rejected|blocked|denied)|no access from|(?:bad|invalid) helo|helo command rejected|gr[ae]y-?list|access denied\\.\\.\\.|connections? (?:will )?(?:not (?:be )?accepted|refused from your)|accepting (?:mail|connections) from|not accept mail from|service refus[eé]',
      'your (?:ip|host|server|network|mail server|domain)\\b ~ (?:block|reject|list|denied|banned|refus|confirmation)|smtp server of your isp|confirm this mail server|(?:must (?:issue|use)|requires?|required|need) ~ (?:starttls|tls|encryption)|(?:starttls|tls) ~ (?:required|must)|spammer',
    ],
  ],
  [
    'spam',
    [
      'spam(?!haus|cop| protection|\\.\\w|-abuse|med)|\\bu[bc]e\\b|unsolicited|\\bjunk\\b|phish|looks like|scored|score (?:is )?too high|high[- ]probability|bayes|mass mail|垃圾|системы? определ',
      'our system has detected that|filters? rate at|detected that this message',
    ],
  ],
  [
    'content',
    [
      'virus|malware|worm\\b|trojan|infected|(?:illegal|banned|forbidden|executable|protected|dangerous)(?: \\w+)? attachment|attachments? ~ (?:rejected|blocked|not (?:allowed|accepted)|removed|type|forbidden|banned)|executable|conversion|mime (?:error|syntax|format)|8-?bit|zip file|unsupported (?:mail )?(?:format|charset)|potentially (?:harmful|dangerous)',
      'message (?:format|contains)|contains? (?:an? )?(?:invalid|illegal|forbidden|prohibited|banned)|improper use of|suspected (?:file|attach)',
    ],
  ],
  [
    'host-unknown',
    [
      "\\b[\\w-]{1,60}(?:\\.[\\w-]{1,60}){1,6} does(?: not|n[’']t) exist|name or service not known|(?:recipient )?domain must exist|domain (?:mentioned|part) ~ (?:unknown|invalid)|unrout(?:e)?able (?:mail )?(?:domain|address)",
      "(?:host|domain|hostname)(?:/domain| or domain name| name)?(?:(?!user|recipient|mailbox|account|address|said|says|sender)(?:[^.:]|\\.(?=\\w))){0,60}?(?:unknown\\b|not found\\b(?!,? try again)|does(?: not|n[’']t) (?:exist|accept mail|receive e?-?mail)|is not (?:known|reachable|valid|found)|not exist|nonexist|could(?: not|n[’']t) be (?:found|resolved)|cannot be (?:found|resolved)|has no (?:mx|mail|dns)|nxdomain)",
      '(?:unknown|no such|illegal|invalid|bad|unrout(?:e)?able|non-?existent|unresolvable)(?: \\w{1,12})? (?:host|domain|mail domain|mail server|mail exchanger|hostname|destination system|site)\\b',
      'find any host|couldn.t find (?:a mail exchanger|any mail)|no (?:dns )?(?:a, )?mx (?:record|host|entries|or)|no mx\\b|null ?mx|indicated no smtp service|dns lookup failure|bad destination (?:system|host)|illegal host',
      "domain (?:is )?(?:not valid|not reachable|invalid)|system not accepting network messages|all relevant mx records point to non-?existent|dns records for the destination|not accept (?:any )?mail \\(nullmx|domain unbekannt|h[oô]te inconnu|domaine? (?:inconnu|n[’']existe pas)|dominio ~ no existe|^556",
    ],
  ],
  [
    'expired',
    [
      '(?:retry|delivery|queue|lifetime|message|mail|envelope|period) ~ (?:time(?:d)? ?-?out(?: exceeded)?|expired)|expired\\b|too long in (?:the )?queue|in (?:the )?queue (?:for )?too long|failed to deliver to domain ~ after',
      "(?:could not|couldn[’']t|cannot|unable to|not able to) (?:be )?deliver(?:ed)?(?: \\w+){0,5} (?:for|after|in|within|over)(?: \\w+){0,4} (?:minutes|hours|days|seconds|retries|attempts|tries)|delivery failed \\d+ attempts|attempts? (?:for|over) \\d+|(?:last|past) \\d+ (?:days|hours|seconds|attempts)",
      'giving up after|retry time not reached for any host after|message will be deleted from queue|will be retried for|has been delayed|attempts will continue|numerous attempts to deliver',
    ],
  ],
  [
    'user-unknown',
    [
      "(?:users?|recipients?|rcpt|mail ?box(?:es)?|account|address(?:es)?|addressee|alias|userid|(?:user|mailbox|recipient) ?name|person|mail ?drop|customer|local[- ]part|destination|group|subscriber|spectator)\\b(?:\\(e?s\\))? ~ (?:\\bunknown\\b|not (?:ok|present|found|exist|known|listed|unique|valid|available|here|local|in|recogni)|doe?s(?: not|n[’']?t) (?:exist|have)|d(?:o|id) not exist|could ?n[’o']t be found|can(?:not|[’']t) be found|missing)",
      "(?:user|recipient|rcpt|mail ?box|account|address|alias)s?\\b ~ (?:no longer (?:exists|valid|available|active|in use|works|with)|is(?: not|n[’']t) (?:an? (?:valid|known|registered|local|active)|recogni[sz]ed|valid|known|found|available|correct|in our|listed)|non-?exist|invalid\\b|unavail?a?i?able|has been (?:deleted|removed))",
      "(?:unknown|invalid|illegal|no such|non-?existent|bad|undefined|unrecogni[sz]ed|incorrect|no valid|not valid)(?: or \\w{1,12}| local| final delivery| e-?mail| mail| destination| recipient[’']?s?| to){0,2}[ _-]?(?:users?|recipients?|recipient|mail ?box(?:es)?|addresse?s?|addressee|accounts?|alias(?:es)?|userid|name|person|local|destination|subscriber|e-?mail)\\b",
      "no (?:mail ?box|user|account|one|such person|recipient|mail drop)s? (?:here|by that|with that|named|of that|found|matching|exists?|available|defined)|no ~ in name directory|recip(?:ient)? ?not ?found|adr\\.recip|there is no (?:such )?(?:user|mailbox|one|account)|unable to find (?:alias |the )?(?:user|recipient|alias)|no such mail drop|destinatario errato|can[’']?t (?:find|deliver to|accept) ~ (?:user|mailbox|recipient)",
      'not (?:an? )?(?:known|valid|registered|listed|local|active|existing) (?:e-?mail |mail )?(?:user|recipient|mailbox|address|account)|not found recipient|mailbox not|user ?unknown|(?:address|recipients?) rejected(?!: ?\\w)|(?:recipient|address) ~ cannot be verified|not have an account here|user path no exist|unknown (?:user|recipient|to address)|badrc?e?c?i?pi?e?n?t?to|rejected recipients?|envelope recipient has been denied|not listed in (?:public|domino)|delivery to ~ not possible',
      "^\\W{0,8}(?:@\\W{0,4})?does not exist|check (?:if|that|the) ~ address is correct|(?:user|recipient) doesn[’']t have|name & address book|bounced address",
      '(?:benutzer|empfänger|adressat|nutzer|teilnehmer|adresse|postfach) ~ (?:unbekannt|nicht (?:gefunden|bekannt|vorhanden|verfügbar)|existiert nicht|ungültig)|(?:existiert|gibt es) nicht',
      "(?:utilisateur|destinataire|adresse|bo[iî]te|compte) ~ (?:inconnue?|invalide|introuvable|inexistante?|n[’']existe pas|n[’']a pas été trouv)|(?:usuario|destinatario|direcci[oó]n|buz[oó]n|cuenta|persona) ~ (?:desconocid|no existe|inexistente|no (?:se )?enc[uo]ent?r|no v[aá]lid)|no existe (?:ese|dicha|el|la) \\p{L}+",
      '(?:utente|destinatario|indirizzo|casella) ~ (?:sconosciut|non (?:esiste|trovat|valid)|inesistente)|nessun utente|(?:usu[aá]rio|destinat[aá]rio|endereço|caixa|conta) ~ (?:desconhecid|não (?:existe|encontrad)|inexistente|inv[aá]lid)',
      '(?:gebruiker|ontvanger|adres|postbus) ~ (?:onbekend|bestaat niet|niet gevonden|ongeldig)|(?:użytkownik|adres|odbiorc|konto|skrzynk)\\p{L}{0,3} ~ (?:nie (?:istnieje|znalezion)|nieznan)|nie (?:istnieje|ma takiego)|(?:mottagare|användare|adress)\\p{L}{0,3} ~ (?:okänd|hittades inte|finns inte)|(?:пользователь|адрес|получатель|ящик) ~ (?:не (?:существует|найден)|неизвест)',
      '(?:ユーザー?|宛先|受信者|アドレス|あて先).{0,25}(?:見つかり|存在し|不明|ありません|見つから)|ディレクトリのリストにありません|(?:用户|用戶|收件人|地址|邮箱|信箱).{0,15}(?:不存在|未找到|找不到|无效|無效)',
    ],
  ],
];

/** Asked last: words that stand around a refusal of any kind. */
const LOOSE: [BounceReason, string[]][] = [
  [
    'policy',
    [
      'polic(?:y|ies)|prohibit|not (?:permitted|allowed|authori[sz]ed|accepted|wanted|accepting)|(?:sender|envelope|mail from|return[- ]path) ~ (?:reject|invalid|not (?:valid|exist|verified)|block|denied|unknown|refus|does not exist)|permission|fully qualified|rfc \\d{3,4} violation',
      'reject|(?<!connection )refuse[ds]?\\b(?! to talk)|denied|forbidden|blocked|filter|restricted|unacceptable|disallowed|protocol violation|no thanks|you are not|rule imposed|protected by|not verified|different address',
      'berechtig|autorizad|abgelehnt|verweigert|refusé|rechazad|rifiutat|zurückgewiesen|拒絶|拒否|拒绝',
    ],
  ],
  [
    'network',
    [
      'connection with \\S{1,300} is broken|connection (?:refused|timed out|reset|was (?:dropped|closed|lost|refused)|closed|failure|failed|dropped|lost|died|attempt)|lost connection|bad connection|could not connect|no route|can.?t connect|network (?:is )?(?:unreachable|error|down)|unreachable|not reachable|unable to resolve|socket|did not (?:accept|respond)|no answer from host',
      "(?:unable|not able|failed|couldn[’']t|could not|wasn[’']t able|cannot) to? ?(?:establish|connect|open|contact|communicate|reach)|name (?:server|service)|\\bdns\\b|host not found, try again|temporary lookup|connect to ~ (?:timed out|refused)|tim(?:ed|e)[ -]?out",
      'too many hops|hop ?count|(?:mail|forwarding|routing) loop|loop count|loops? (?:back|detected)|looping|\\btls\\b|starttls|\\bssl\\b|certificate|handshake',
    ],
  ],
  [
    'system',
    [
      'insufficient system (?:storage|resources)|mx record points to local host|\\bi/o error|can ?not open|system (?:error|config|full|problem|failure|resources)|internal|interrupted system|local (?:configuration|error|problem|delivery failed)|mailer\\b|pipe to|command (?:output|failed|died)|out of memory|disk (?:i/o|error)|write error|error writing|queue file|input/output|error while|encountered an error',
      "service (?:currently |temporarily )?(?:unavailable|not available)|temporar(?:y|ily) (?:failure|error|unavailable|local)|try (?:again )?later|resources? (?:temporarily )?unavailable|(?:too|server|system|is) busy|server error|load (?:is )?too (?:high|much)|too much load|temporarily suspended|requested action aborted|transaction rejected|deferred|unexpected|cannot (?:open|create|append|lock|write)|could ?n[’o']t (?:load|open|lock)|\\block(?:ed)?\\b",
      "no space left|transaction failed|software error|processing error|can[’']t create|duplicated message|configuration error|misconfigur",
    ],
  ],
];

const GAP = '(?:[^.]|\\.(?=\\w)){0,60}?';

function compiled(table: [BounceReason, string[]][]): readonly (readonly [BounceReason, RegExp])[] {
  return table.map(([reason, phrases]) => [
    reason,
    new RegExp(phrases.map((phrase) => phrase.replaceAll(' ~ ', GAP)).join('|'), 'iu'),
  ]);
}

/** Both tables as they are asked, one after the other. */
export const PHRASES = compiled(TABLE);
export const LOOSE_PHRASES = compiled(LOOSE);
