/** Days that are named without a date, as our languages say them: sources of patterns, and patterns of whole words. */

export const START =
  '(?:early|beginning of|start of|anfang|début|principios de|inizio|início de|begin|början av|początku)';
export const MIDDLE =
  '(?:mid|middle of|mitte|mi|mediados de|metà|meados de|half|medio|mitten av|połowie|połowy)';
export const END =
  '(?:(?:the )?(?:end|rest|remainder) of|rest de[sr]|reste? de|resto (?:de|di|do)|rest van|resten av|late|ende|(?:la )?fin|(?:a )?fina?les de|(?:el |a )?final de|fine|(?:o )?fi[mn](?:al)? de|eind(?:e)?|slutet av|końca|koniec|końcem|konce)';
export const BEFORE_MONTH =
  "(?:in|im|en|a|em|i|w|v|ve|в|until|till|til|through|bis|ab|from|von|since|à partir d[e’']|jusqu[’']en|jusqu[’']à|hasta|fino a|até|tot|vanaf|od|do|of|since|next|nächsten|this)";

/** These mean the whole of the month named behind them. */
export const THROUGH =
  '(?:through|thru|up to and including|bis einschließlich|till och med|t\\.?o\\.?m\\.?|til og med|tot en met|t\\/m)';

/** Of which unit these words are. */
export const unit = (word: string): 'days' | 'weeks' | 'months' => {
  if (/^(?:d|t(?!yd|ýd)|j|g|päiv|gün|дн|日|天)/iu.test(word) && !/^(?:du |dw)/iu.test(word)) return 'days';
  return /^(?:w|s|uke|uge|v|t|viik|hafta|нед|週|周|星)/iu.test(word) ? 'weeks' : 'months';
};

export const UNIT =
  '(days?|weeks?|months?|tage?n?|wochen?|monate?n?|jours?|semaines?|mois|días?|semanas?|mes(?:es)?|giorni|giorno|settiman[ae]|mes[ei]|dias?|mês|dagen|dag|dagar|weken|maanden|maand|veck(?:a|or)|uger?|uker?|månad(?:er)?|måned(?:er)?|dni|tygodni\\p{L}{0,2}|miesi\\p{L}{1,6}|týdn\\p{L}|недел\\p{L}{1,2}|дн\\p{L}{1,2})';

export const FROM_TODAY =
  "(?:from|starting|as of|beginning|ab|von|dès|à partir d[e’']|à compter d[’']|desde|a partir de|da|dal|vanaf|från(?: och med)?|fr\\.o\\.m\\.?|od)\\s?(?:today|now|heute|aujourd[’']hui|hoy|oggi|hoje|vandaag|idag|i dag|dziś|dzisiaj)";

const phrases = (cjk: string, ...others: string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${others.join('|')})(?!\\p{L})${cjk === '' ? '' : `|${cjk}`}`, 'giu');

export const NEXT_WEEK = phrases(
  '来週|下周(?![一二三四五六日天])|下週(?![一二三四五六日天])|下星期(?![一二三四五六日天])',
  'next week|nächster? woche|naechster? woche|der kommenden woche|kommende woche',
  'la semaine prochaine|la próxima semana|la semana que viene|la prossima settimana',
  'settimana prossima|(?:na |a )?próxima semana|semana que vem|volgende week|nästa vecka|næste uge',
  'neste uke|ensi viikolla|w przyszłym tygodniu|příští týden|на следующей неделе|gelecek hafta',
  'haftaya',
);
export const NEXT_YEAR = phrases(
  '年明け|来年',
  'in the new year|(?:early in )?the new year|im neuen jahr|anfang des (?:neuen|nächsten) jahres',
  "l['’]année prochaine|el próximo año|l['’]anno prossimo|no próximo ano|in het nieuwe jaar",
  'efter nyår|w nowym roku|nästa år',
);
export const END_OF_MONTH = phrases(
  '(?:今)?月末|本月底|月底',
  '(?:the )?(?:end|rest|remainder) of (?:the|this) month|(?:den )?rest des monats',
  '(?:le )?reste du mois|lo que queda de(?:l)? mes|resto (?:del?|do) (?:mese?|mês)',
  '(?:de )?rest van de(?:ze)? maand|this month|diesen monat|ce mois-ci|este mes|questo mese',
  'este mês|deze maand|denna månad|w tym miesiącu|resten av månaden',
  '(?:ende des monats|monatsende|ende dieses monats)|(?:la )?fin (?:du|de ce) mois',
  '(?:a )?(?:fin|final|finales) de(?: este)? mes|fine (?:del )?mese|(?:o )?fi(?:m|nal) do mês',
  '(?:het )?einde? van de(?:ze)? maand|slutet av månaden|końca miesiąca',
);
export const END_OF_YEAR = phrases(
  '年末|年底',
  '(?:the )?end of (?:the|this) year|year[- ]end|(?:ende des jahres|jahresende)',
  "(?:la )?fin (?:de l['’]|d['’])année|(?:a )?(?:fin|final|finales) de(?: este)? año",
  "fine (?:dell['’])?anno|(?:o )?fi(?:m|nal) do ano|(?:het )?einde? van het jaar|jaareinde",
  'årsskiftet|slutet av året|końca roku',
);
export const END_OF_WEEK = phrases(
  '今週(?:末|いっぱい|中)?|本周(?![一二三四五六日天])|本週(?![一二三四五六日天])',
  '(?:the )?(?:end|rest|remainder) of (?:the|this) week|ende (?:der|dieser) woche',
  '(?:la )?fin de (?:la|cette) semaine|(?:el )?(?:fin|final) de (?:la|esta) semana',
  'fine (?:della )?settimana|(?:o )?fi(?:m|nal) da semana|(?:het )?einde? van de(?:ze)? week',
  'slutet av veckan|końca tygodnia|this week|diese woche|cette semaine|esta semana|questa settimana',
  'deze week|(?:den här|denna) veckan|w tym tygodniu',
);
export const END_OF_NEXT_WEEK = phrases(
  '来週末|下周末',
  '(?:the )?end of next week|ende (?:der )?(?:nächster|nächsten|kommenden) woche',
  '(?:la )?fin de la semaine prochaine|(?:het )?einde? van volgende week|slutet av nästa vecka',
);
export const DAY_AFTER_TOMORROW = phrases(
  '明後日|后天|後天',
  'the day after tomorrow|übermorgen|après-demain|pasado mañana|dopodomani|depois de amanhã',
  'overmorgen|i övermorgon|pojutrze|послезавтра',
);
export const TOMORROW = phrases(
  '明日|明天',
  '(?<!day after )tomorrow|ab morgen',
  '(?<!(?:guten|goede|heute|vandaag|diesen|am|der|de|im|voor) )morgen(?= [^.!?\\n]{0,40}(?<!\\p{L})(?:wieder|früh|terug|weer|zurück|erreichbar|antwort\\p{L}*|melde)(?!\\p{L}))',
  'demain|(?<!por la |de la |pasado )mañana(?! siguiente)|domani|amanhã|imorgon|i morgen|huomenna',
  'jutro|zítra|завтра|yarın',
);
