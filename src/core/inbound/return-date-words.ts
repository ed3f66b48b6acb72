import { wholeWords } from './auto-sentences.js';

/**
 * The words around dates in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian,
 * Finnish, Polish, Czech, Russian, Turkish, Japanese and Chinese.
 */

const MONTH_WORDS = [
  'january jan januar jänner januari janvier janv enero ene gennaio gen janeiro stycznia styczeń styczniu tammikuuta tammikuun tammikuussa ledna leden lednu января январь январе ocak',
  'february feb februar feber februari février fevrier fév févr febrero febbraio fevereiro fev lutego luty lutym helmikuuta helmikuun helmikuussa února únor únoru февраля февраль феврале şubat',
  'march mar märz maerz mär mars marts marzo março marco maart mrt marca marzec marcu maaliskuuta maaliskuun maaliskuussa března březen březnu марта март марте mart',
  'april apr avril avr abril abr aprile kwietnia kwiecień kwietniu huhtikuuta huhtikuun huhtikuussa dubna duben dubnu апреля апрель апреле nisan',
  'may mai mayo maggio mag maio mei maj maja maju toukokuuta toukokuun toukokuussa května květen květnu мая май мае mayıs',
  'june jun juni juin junio giugno giu junho czerwca czerwiec czerwcu kesäkuuta kesäkuun kesäkuussa června červen červnu июня июнь июне haziran',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lipcu heinäkuuta heinäkuun heinäkuussa července červenec červenci июля июль июле temmuz',
  'august aug août aout agosto ago augustus augusti sierpnia sierpień sierpniu elokuuta elokuun elokuussa srpna srpen srpnu августа август августе ağustos',
  'september sep sept septembre septiembre setiembre settembre setembro września wrzesień wrześniu syyskuuta syyskuun syyskuussa září zari сентября сентябрь сентябре eylül',
  'october oct oktober okt octobre octubre ottobre ott outubro października październik październiku lokakuuta lokakuun lokakuussa října říjen říjnu октября октябрь октябре ekim',
  'november nov novembre noviembre novembro listopada listopad listopadzie listopadu marraskuuta marraskuun marraskuussa ноября ноябрь ноябре kasım',
  'december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember grudnia grudzień grudniu joulukuuta joulukuun joulukuussa prosince prosinec prosinci декабря декабрь декабре aralık',
];
/** No short forms: "mon" is French for "my", "mar" a month, "sun" shines. They stand beside full dates anyway. */
const WEEKDAY_WORDS = [
  'monday montag lundi lunes lunedì lunedi segunda maandag måndag mandag poniedziałek poniedziałku maanantai maanantaina pondělí понедельник понедельника pazartesi',
  'tuesday dienstag mardi martes martedì martedi terça dinsdag tisdag tirsdag wtorek wtorku tiistai tiistaina úterý вторник вторника salı',
  'wednesday mittwoch mercredi miércoles miercoles mercoledì mercoledi quarta woensdag onsdag środa środę środy keskiviikko keskiviikkona středa středu středy среда среду среды çarşamba',
  'thursday donnerstag jeudi jueves giovedì giovedi quinta donderdag torsdag czwartek czwartku torstai torstaina čtvrtek čtvrtka четверг четверга perşembe',
  'friday freitag vendredi viernes venerdì venerdi sexta vrijdag fredag piątek piątku perjantai perjantaina pátek pátku пятница пятницу пятницы cuma',
  'saturday samstag sonnabend samedi sábado sabado sabato zaterdag lördag lørdag sobota sobotę soboty lauantai lauantaina sobotu суббота субботу субботы cumartesi',
  'sunday sonntag dimanche domingo domenica zondag söndag søndag niedziela niedzielę niedzieli sunnuntai sunnuntaina neděle neděli воскресенье pazar',
];

/** As keyboards without the language's own letters write it: "wrzesnia", "fevrier". Marco is a name. */
const bare = (word: string): string =>
  word === 'março'
    ? word
    : word.replaceAll('ł', 'l').replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
const numbered = (rows: string[]): Map<string, number> =>
  new Map(
    rows.flatMap((row, index) =>
      row.split(' ').flatMap((word) => [[word, index + 1] as const, [bare(word), index + 1] as const]),
    ),
  );
const longestFirst = (words: Iterable<string>): string =>
  [...words].sort((a, b) => b.length - a.length).join('|');

/** 1 to 12 by name, in lower case. */
export const MONTHS = numbered(MONTH_WORDS);
/** 1 (Monday) to 7 by name, in lower case. */
export const WEEKDAYS = numbered(WEEKDAY_WORDS);
export const MONTH = `(${longestFirst(MONTHS.keys())})(?!\\p{L})`;
export const WEEKDAY = `(?<!\\p{L})(${longestFirst(WEEKDAYS.keys())})(?!\\p{L})`;

/** Small numbers as "in two weeks" writes them. */
const NUMBER_WORDS = [
  'a an one ein einer einem eine eines un une uno una um uma een één en ett et jednego jeden',
  'two zwei deux dos due dois duas twee två to dwa dwóch dvě',
  'three drei trois tres tre três drie trzy tři',
  'four vier quatre cuatro quattro quatro fyra fire cztery čtyři',
  'five fünf cinq cinco cinque vijf fem pięć pět',
  'six sechs seis sei zes sex seks sześć šest',
];
export const NUMBERS = numbered(NUMBER_WORDS);
export const NUMBER = `(\\d{1,2}|${longestFirst(NUMBERS.keys())})`;

const word = (source: string): string => `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`;

/** The writer is back; the date stands behind these words, or before them. */
export const BACK = new RegExp(
  [
    word(
      [
        '(?<!(?:get|getting|write|call|report|hear|reach|circle|looking|reply|going) )(?:back|backk)(?! (?:to|at|with) (?:you|me|your|my(?! desk| office| post)|everyone|all)| up| and forth| then)',
        'return|returns|returning|returned|re-?open(?:s|ing)?|open(?:s|ing)? again|back to work|next (?:be )?in (?:the |my )?office|resum(?:e|es|ing)|rejoin(?:ing)?|reachable again|available again|office again|at work again|first day back',
        'zurück\\p{L}{0,12}|zurueck|rückkehr|retour|(?<!immer )wieder|wiederum|arbeite ich ab|bürobetrieb ab',
        'de retour|retour (?:au|le|à|prévu|de)|mon retour|notre retour|reviens|reviendrai|reviendrons|revenir|rentre|rentrerai|rentrerons|reprends|reprenons|reprendrai|reprendrons|reprise|(?:à|de) nouveau|rouvr\\p{L}{1,8}|réouverture',
        'vuelvo|volver[éeé]\\p{L}{0,4}|volver|vuelta|regres\\p{L}{1,8}|reincorpor\\p{L}{1,9}|incorporar[ée]\\p{L}{0,4}|incorporo|retom\\p{L}{1,6}|nuevamente|de nuevo|nueva(?:mente)? (?:en|disponible)',
        'rientr\\p{L}{1,8}|ritorn\\p{L}{1,8}|torno|tornerò|torneremo|torniamo|tornate|tornare|tornando|tornerà|riprend\\p{L}{1,7}|di nuovo|nuovamente|riapr\\p{L}{1,7}',
        'retorn\\p{L}{1,8}|regress\\p{L}{1,8}|volto|voltarei|voltar|voltando|voltamos|de volta|novamente|reabri\\p{L}{1,6}',
        'terug|weer|wederom',
        'tillbaka|åter|återkommer|återvänder|igen|tilbage|retur|tilbake|igjen',
        'palaan|palaamme|palattuani|takaisin|jälleen|taas',
        'wracam|wracamy|wróc[ęi]\\p{L}{0,4}|powr[óo]t\\p{L}{0,3}|powrocie|z powrotem|ponownie|będę (?:dostępn\\p{L}|w biurze|w pracy)|(?:w biurze|w pracy) będę',
        'vrátím|vracím|zpět|zpátky|návrat\\p{L}{0,3}|opět',
        'вернусь|вернёмся|вернемся|возвраща\\p{L}{1,5}|возвращени\\p{L}{1,2}|снова|выйду|приступлю',
        '(?:ofiste|işte) olaca\\p{L}{1,4}|işe başla\\p{L}{1,8}|döneceğim|döneceğiz|dönüyorum|dönüş\\p{L}{0,6}|tekrar|geri|yeniden',
      ].join('|'),
    ),
    '出社|復職|お?戻り|戻る|戻ります|復帰|再開|帰社|出勤|営業開始|営業いたし|通常(?:業務|営業|通り|どおり)|業務開始|順次(?:ご)?(?:対応|返信|回答)',
    '返回|回来|回來|回到|返岗|返崗|返工|上班|复工|復工|恢复|恢復|回公司|回办公室|回辦公室|返校|归来|歸來',
  ].join('|'),
  'giu',
);

/** The writer answers from this day on: weaker than being back. */
export const ANSWERS = new RegExp(
  [
    word(
      [
        '(?<!auto(?:matic|mated)?[- ])repl(?:y|ies|ying)|respond|pick(?:ing)? (?:up|this|it)|try again|catch(?:ing)? up|go(?:ing)? through|deal with|read (?:my|your) (?:e-?mail|mail|message)\\p{L}?|check (?:my )?e-?mails?|responding|answer|get back to|be available|available|reachable|attend to',
        'antworten?|versuchen sie es|(?:lese|lesen) (?:ich|wir)|beantworte\\p{L}{0,2}|melde|melden|erreichbar|verfügbar|bearbeite\\p{L}{0,2}|kümmer\\p{L}{1,3}',
        'répond\\p{L}{1,6}|reprends? contact|recontacter\\p{L}{0,3}|prendr\\p{L}{2,4} connaissance|disponible|joignable|traiter\\p{L}{0,4}|responder[ée]\\p{L}{0,4}|contestar[ée]\\p{L}{0,4}|retom\\p{L}{1,4}|revisar[ée]\\p{L}{0,4}|leer[ée]\\p{L}{0,4}|atender[ée]\\p{L}{0,4}|disponibile|reperibile|ci (?:ri)?sentiamo|(?:ri)?legger\\p{L}{1,4}|ricontatter\\p{L}{1,4}|risponder\\p{L}{1,4}',
        'disponível|respond(?:o|er|emos|erei|eremos)|contesto|bereikbaar|beschikbaar|beantwoord\\p{L}{0,2}|reageer|nåbar|tillgänglig|svarar|svarer|hör av mig|læser|läser|lees (?:ik|wij)|odpowiem|odpiszę|odezwę się|dostępn\\p{L}|tavoitettavissa|vastaan|odpovím|отвечу|доступ\\p{L}{1,4}',
      ].join('|'),
    ),
    'ご?返信|ご?回答|ご?対応|ご連絡(?:いたし|させて|差し上げ|申し上げ)|回复|回覆|处理|處理|答复|答覆',
  ].join('|'),
  'iu',
);
export const NEGATED = new RegExp(
  `${word("not|no(?! dia| próxim| início)|won['’]t|unable|unavailable|cannot|can['’]t|nicht|kein\\p{L}{0,2}|pas|ne|indisponible|non|não|niet|niet|inte|ikke|nie|en (?:ole|voi|pysty|lue|vastaa|näe)|ei|не|нет|fuera")}|不|無|无|ません|ない`,
  'iu',
);

/** Before the first day of something. */
export const FROM = new RegExp(
  word(
    'from|as of|effective|begin(?:s|ning)?|starts?|commencing|starting|beginning|after|since|on or after|onwards?|ab|seit|von|vom|nach|à partir d[ue]|à compter d[ue]|dès|depuis|après|du|desde|a partir d[eo]l?|después|del|a partire da\\p{L}{0,3}|dal|dall|dopo|após|vanaf|sinds|na(?! (?:segunda|terça|quarta|quinta|sexta|semana|próxima))|van|från(?: och med)?|fr\\.?o\\.?m\\.?|fra(?: og med)?|efter|etter|alkaen|od|po|с|со|z',
  ),
  'iu',
);

/** The writer is away up to this day; `inclusive` says whether that day is still one of absence. */
export const UNTIL: readonly { cue: RegExp; after: boolean; inclusive: boolean }[] = [
  {
    after: true,
    inclusive: true,
    cue: new RegExp(
      word(
        "through|thru|until and including|up to and including|till and including|until the end of|until end of|bis|jusqu[’']?(?:au|à|en|a)?|jusque|(?<!no (?:\\p{L}{2,12} ){0,2}(?:podr|volver|regresar|responder|contestar|atender)\\p{L}{1,5} [^.;]{0,40})hasta|fin[oa] (?:a|al|all|alla|ad)|sino al|até|ate(?= \\d)|tot en met|t\\/m|t\\.e\\.m\\.|tem(?= \\d)|till och med|t\\.?o\\.?m\\.?|til og med|do(?= (?:dnia \\d|\\d{1,2}(?!\\d| de)|końca|konce|poniedział|wtork|środy|czwartk|piątk|sobot|niedziel|pondělí|úterý|středy|čtvrtka|pátku|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia))|до|по(?= \\d)",
      ),
      'giu',
    ),
  },
  { after: true, inclusive: true, cue: /直至|直到|截[至止]|至|到/gu },
  {
    after: true,
    inclusive: false,
    cue: new RegExp(
      word(
        `until|till|[’']?til|up to|untill|unitl|tot|fram till|tills|frem til|indtil|fram til|förrän|førend|førenn|(?<=(?<!\\p{L})(?:not|n[’']t|cannot|unable|nicht|kein\\p{L}{0,2}|pas|ne|no|non|não|niet|geen|inte|ej|ikke|nie)(?!\\p{L})[^.;]{0,60} )(?:before|vor|avant|antes d[eo]l?|prima d(?:i|el|ell[ao])|voor|före|før|przed)|(?<=(?<!\\p{L})no (?:\\p{L}{2,12} ){0,2}(?:podr|volver|regresar|responder|contestar|atender)\\p{L}{1,5} [^.;]{0,40})hasta`,
      ),
      'giu',
    ),
  },
  {
    after: false,
    inclusive: true,
    cue: new RegExp(`(?:\\s?まで|止まで|为止|為止|${word('asti|saakka')})`, 'giu'),
  },
  { after: false, inclusive: false, cue: /之前|以前|前(?=[^。]{0,6}(?:无法|無法|不能|未能|不会|不會))/gu },
  { after: false, inclusive: false, cue: new RegExp(word('kadar|a kadar|e kadar|dek'), 'giu') },
];

const CONNECTIVES =
  "-|–|—|−|~|〜|～|→|to|through|thru|until|till|bis(?: zum| einschließlich| inkl\\.?)?|au|jusqu[’']au|al|hasta|fino al|all(?=['’])|a|até|à|ao|tot(?: en met)?|t\\/m|till(?: och med)?|t\\.?o\\.?m\\.?|til(?: og med)?|do|по|до|から|より|至|到";
const ARTICLES = '(?:\\p{L}{2,14}(?:-feira)?[,.]?\\s+)?(?:(?:the|le|el|il|den|dem|d\\.)\\s+)?$';
const BETWEEN = `[\\s,.]*(?:[(（][^)）]{1,5}[)）])?[\\s,]*(?:${CONNECTIVES})(?!(?<=[\\p{Script=Latin}\\p{Script=Cyrillic}])\\p{L})[\\s,'’]*(?:(?:and including|and|including|inclusive|incl\\.?|zum|den|dem|dnia|le|el|the|il|o|día|dia|d\\.)\\s+){0,2}${ARTICLES}`;

/** What stands between the two dates of a stretch of time, the first of them whole or a bare number. */
export const RANGE_BETWEEN = new RegExp(`^${BETWEEN}`, 'iu');
/** "Between the 1st and the 5th". */
export const BETWEEN_WORD =
  /(?<!\p{L})(?:between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom)(?!\p{L}).{0,25}$/iu;
export const AND_BETWEEN = new RegExp(
  `^\\s*(?:and|und|dem|et|y|ed?|en|och|og|\\s){1,4}\\s+${ARTICLES}`,
  'iu',
);
export const RANGE_FROM_NUMBER = new RegExp(
  `(?<![\\d.,:/])\\d{1,2}(?:\\.|er|st|nd|rd|th|º|°|e|:e|[日号號])?${BETWEEN}`,
  'iu',
);

export const INCLUSIVE =
  /(?<!\p{L})(?:inclusive(?:ly)?|including|included|incl\.?|einschl\p{L}*\.?|inkl\p{L}*\.?|inclus[eo]?s?|compris[e]?|compres[oia]|incluid\p{L}{1,2}|incluíd\p{L}{1,2}|inclusief|włącznie|včetně|включительно|dahil|mukaan lukien)(?!\p{L})|(?:を|も)?含[むみめ]|\(含|（含/iu;

/** Words of BACK that mean "again" and so may speak of an absence too. */
export const REPEATED =
  /^(?:wieder|wiederum|weer|wederom|igen|igjen|åter|nuevamente|de nuevo|di nuovo|nuovamente|novamente|(?:à|de) nouveau|tekrar|yeniden|opět|снова|jälleen|taas|ponownie)$/iu;

/** An absence of a single day, said in the present. */
export const AWAY_FOR_A_DAY = new RegExp(
  `${word(
    [
      'out of (?:the )?office|out of town|(?<!passed )away|on (?:vacation|holiday|leave|pto)|off work|ooo|not (?:in|working|available)|unavailable|closed',
      'in (?:einer |mehreren )?(?:besprechung|sitzung|termin|klausur)\\p{L}{0,3}|keine (?:e-?)?mails|nicht (?:im|am|erreichbar|verfügbar|in der|anwesend|da)|abwesend|außer haus|im urlaub|unterwegs|geschlossen',
      'absente?s?|indisponibles?|injoignables?|en congés?|en déplacement|fermée?s?|ne (?:suis|serai) pas|fuera de|ausentes?|de vacaciones|cerrad[oa]s?|(?:no )?(?:estoy|estar[ée]\\p{L}{0,3})|assent[ei]|in ferie|fuori|chius[oiae]|non (?:sono|sarò)|fora d[oe]|de férias|indisponíve(?:l|is)|fechad[oa]s?|não (?:estou|estarei)|afwezig|niet aanwezig|er niet|vrij|gesloten|borta|ledig|stängt|lukket|stengt|inte (?:på|nåbar|anträffbar)|nieobecn\\p{L}|nie (?:ma|będzie) mnie',
    ].join('|'),
  )}|不在|休暇|休み|外出|休假|休息|出差|外出`,
  'iu',
);
export const TODAY =
  /(?<!\p{L})(?:today|heute|aujourd['’]hui|hoy|oggi|hoje|vandaag|idag|i dag|tänään|dzisiaj|dziś|dnes|сегодня|bugün)(?!\p{L})|本日|今日|今天/iu;

/** What is held on a day, or must be handed in by then, says nothing of the writer. */
export const EVENT = new RegExp(
  `${wholeWords('takes? place|deadlines?|submit(?:ted)? (?:\\p{L}{2,10} )?(?:by|before|until)|be submitted|einzureichen|einreich\\p{L}{2,4}|\\p{L}{0,12}frist|date limite|soumettre|plazo (?:de|para) \\p{L}{3,14}|candidaturas?|entreg(?:ar|ue|ues)|presentate|presentare|indienen|ansökningsdag|składać|składania|(?:will|to) be held|register (?:by|for|until|now|here)|rsvp|findet (?:am|im|in|vom|statt)|finden sie uns|anmeld\\p{L}{1,6}|aura lieu|auront lieu|inscri\\p{L}{3,8}|tendrá lugar|se celebra\\p{L}{0,2}|si terr(?:à|anno)|iscri\\p{L}{2,6}|decorrer\\p{L}{1,2}|realizar-se\\p{L}{0,3}|vindt (?!u|je|jij|mij|me)|hålls|äger rum|anmälan|odbędzie|odbędą').source}|締め?切|開催|截止日期|截止时间|举行|舉行|召开`,
  'iu',
);

/** Days somebody works on in any week: none of them is a day of return. */
export const WORKING_WEEK = wholeWords(
  '(?:only|usually|normally|generally) work(?:ing)?|work(?:ing)? (?:only|part[- ]time)|my (?:working|office) (?:days|hours)|working (?:days|hours) are|arbeite (?:nur|in der regel|immer)|arbeitstage sind|bürozeiten|travaille (?:uniquement|à temps partiel|seulement)|trabajo (?:solo|sólo|únicamente|a tiempo parcial)|(?:mi )?(?:jornada|horario) (?:laboral )?es|lavoro (?:solo|solamente|part[- ]time)|trabalho (?:só|apenas|a tempo parcial)|(?:meu )?horário (?:de trabalho )?é|werk (?:alleen|niet op)|werkdagen zijn|arbetar (?:bara|endast|deltid)|arbejder kun|jobber kun|pracuję (?:tylko|na (?:pół|część))|arbeite (?:in )?teilzeit|werk parttime|temps partiel|part[- ]?time|teilzeit|deltid|tiempo parcial|tempo parcial',
);
