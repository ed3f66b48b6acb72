import { wholeWords } from './auto-sentences.js';

/** What auto-replies say, in seventeen languages. Each list is tried on one sentence. */

/** Away at present, said by the one who is away or by a machine in their name. */
export const ABSENT = new RegExp(
  `${
    wholeWords(
      "(?:i|we|he|she|office|team|am|is|are|be|will|i[’']m|i[’']ll|we[’']re|currently|presently|now|temporarily) (?!was |were |had |have been |[^.!?\\n]{1,20}(?:was|were) )[^.!?\\n]{0,40}(?:out of|away|on (?:an? )?(?:\\p{L}{2,12} )?(?:vacation|holidays?|leave|pto|break|sabbatical)|travel+ing|not (?:in|at|available|around|reachable|working|be able|able|read)|unavailable|off (?:work|sick|today|until|from)|closed|absent|offline|attending|without access)",
      "(?:limited|no|without|intermittent|sporadic|reduced|little|poor|restricted) (?:\\p{L}{2,10} )?(?:access to|e-?mail access)|not (?:have|be checking|checking|reading) (?:\\p{L}{2,10} ){0,2}e-?mails?|out of (?:the )?office|ooo|on annual leave|on vacation|on holidays?|(?:maternity|paternity|parental|sick|medical|annual) leave|return to the office|unable to (?:respond|reply|answer)|upon my return|when i (?:return|get back|am back)|after i (?:return|get back)|in my absence|during my absence|back in the office|back at work|(?:be|am|are) back(?! (?:to|at) (?:you|me))|i(?:[’']m| am) back (?:at my desk|at work|in the office)? ?on|i(?:[’']ll| will| shall) return(?! (?:your|the))",
      '(?:ich bin|wir sind|bin|sind|befinde mich|werde|ist|bleibt|derzeit|zurzeit|zur zeit|momentan|aktuell|vorübergehend) [^.!?\\n]{0,60}(?:nicht (?:im|am|erreichbar|verfügbar|in der|anwesend|da|persönlich|zu erreichen|auf)|abwesend|im urlaub|in urlaub|außer haus|ausser haus|unterwegs|auf (?:dienst|geschäfts)reise|in elternzeit|im mutterschutz|krank|geschlossen|nur (?:eingeschränkt|sporadisch|unregelmäßig))',
      'abwesend|außer haus|nicht im büro|nicht erreichbar|während meiner abwesenheit|in meiner abwesenheit|nach meiner rückkehr|wieder (?:erreichbar|im büro|für sie da|zurück|da)|keinen zugriff auf (?:meine )?(?:e-?mails?|mails)|e-?mails? (?:wird|werden) nicht (?:weitergeleitet|gelesen|bearbeitet)|elternzeit|mutterschutz|betriebsferien',
      '(?:je suis|je serai|nous sommes|nous serons|suis|serai|est|sont|actuellement|être) [^.!?\\n]{0,50}(?:absente?s?|en (?:congés?|vacances|déplacement|arrêt|formation|télétravail)|injoignables?|indisponibles?|hors (?:du|de)|fermée?s?|pas (?:disponible|au bureau|joignable|en mesure))|(?:absente?|indisponible) (?:cet|tout|pour|du|le|ce|cette|jusqu|lundi|mardi|mercredi|jeudi|vendredi)|(?:en|pendant|durant) mon absence|(?:à|dès) mon retour|absente? du bureau|de retour (?:au bureau|le)|en congés?|pas accès à (?:ma|mes|mon)|congé (?:de )?(?:maternité|paternité|parental|maladie)',
      '(?:estoy|estaré|estamos|estaremos|me encuentro|me encontraré|encuentro|actualmente) [^.!?\\n]{0,50}(?:fuera|ausente|de (?:vacaciones|baja|permiso|viaje)|en (?:viaje|una conferencia)|no disponible|sin acceso|cerrad[oa]s?)|no (?:estoy|estaré|me encuentro|podré|tendré)|fuera de (?:la |mi )?oficina|(?:en|durante) mi ausencia|a mi (?:regreso|vuelta|retorno)|de vacaciones|baja (?:médica|maternal|paternal|por)',
      '(?:sono|sarò|siamo|saremo|sarà|attualmente) [^.!?\\n]{0,40}(?:assent[ei]|fuori|in (?:ferie|viaggio|vacanza|maternità|malattia|congedo|trasferta)|non (?:disponibile|raggiungibile)|chius[oia])|(?:in|durante la) mia assenza|al mio (?:rientro|ritorno)|fuori (?:sede|ufficio)|in ferie|non (?:sono|sarò|potrò|avrò)|accesso limitato',
      '(?:estou|estarei|estamos|estaremos|encontro-me|me encontro|atualmente) [^.!?\\n]{0,50}(?:fora|ausente|de (?:férias|licença|baixa)|em (?:viagem|férias|licença)|indisponíve(?:l|is)|fechad[oa]s?|sem acesso)|não (?:estou|estarei|terei|poderei)|fora do escritório|(?:na|durante a) minha ausência|(?:no|após o?|quando) (?:meu )?(?:regresso|retorno)|de férias|licença[- ](?:maternidade|paternidade|médica|parental)',
      '(?:ik ben|ben ik|wij zijn|we zijn|ben|is|momenteel) [^.!?\\n]{0,50}(?:afwezig|er niet|niet (?:op|aanwezig|bereikbaar|beschikbaar|in staat|werkzaam)|met (?:vakantie|verlof|zwangerschapsverlof|ouderschapsverlof)|op (?:vakantie|reis|zakenreis)|vrij|ziek|gesloten|buiten|weg)|tijdens mijn (?:afwezigheid|vakantie|verlof)|bij afwezigheid|bij mijn terugkomst|na mijn terugkomst|niet op kantoor|afwezig|geen toegang tot',
      '(?:jag är|jag har|vi är|vi har|är|har|jeg er|jeg har|vi er|er|för närvarande|for tiden) [^.!?\\n]{0,50}(?:inte (?:på|nåbar|anträffbar|tillgänglig|i tjänst)|borta|ledig|på (?:semester|resa|resande fot|ferie|tjänsteresa|reise|rejse|kurs|barsel\\p{L}{0,6})|semester|frånvarande|tjänstledig|föräldraledig|sjuk\\p{L}{0,8}|ikke (?:på|til stede|tilgængelig|tilgjengelig|kontor)|fraværende|bortreist|bortrejst|sykmeldt|sygemeldt|stängt|lukket|stengt|ferie|permisjon|orlov)|under min frånvaro|under mit fravær|i mitt fravær|begränsad tillgång',
      'olen (?:\\p{L}{2,20} ){0,3}(?:lomalla|poissa|vapaalla|matkoilla|tavoittamattomissa|sairauslomalla|äitiyslomalla|vanhempainvapaalla|perhevapaalla|hoitovapaalla|virkamatkalla|työmatkalla|kesälomalla|talvilomalla|vuosilomalla)|en ole (?:\\p{L}{2,20} ){0,3}(?:toimistolla|tavoitettavissa|paikalla|töissä)|poissaoloni aikana|lomani aikana|lomalla',
      '(?:jestem|będę|przebywam|obecnie|aktualnie) [^.!?\\n]{0,50}(?:nieobecn\\p{L}{1,3}|poza biurem|na (?:urlopie|zwolnieniu|wyjeździe|konferencji|szkoleniu|delegacji)|niedostępn\\p{L}{1,3}|w (?:podróży|delegacji))|(?:podczas|w czasie|pod) moj(?:ej|ą) nieobecno\\p{L}{2,3}|po (?:moim )?powrocie|nie (?:ma|będzie) mnie|nie (?:czytam|odbieram) (?:poczty|maili)|na urlopie|ograniczony dostęp|poza biurem|nieobecn\\p{L}{1,3}',
      '(?:jsem|budu|jsme|momentálně) [^.!?\\n]{0,40}(?:mimo kancelář|na dovolené|nepřítom\\p{L}{1,3}|nedostupn\\p{L}{1,2}|na služební cestě|mimo)|na dovolené|v mé nepřítomnosti|po dobu mé nepřítomnosti|mateřské dovolené|rodičovské dovolené',
      '(?:я|нахожусь|буду|сейчас|мы) [^.!?\\n]{0,40}(?:в отпуске|отсутству\\p{L}{1,3}|вне офиса|в командировке|на больничном|не в офисе|недоступ\\p{L}{1,3}|не (?:смогу|работа\\p{L}{1,3})|в декрете|в декретном отпуске)|в отпуске|во время моего отсутствия|отсутствую|нахожусь в',
      '(?:ofis dışındayım|ofiste değilim|ofis dışında olacağım|izindeyim|izinde olacağım|izinliyim|yıllık izin\\p{L}{0,6}|tatildeyim|seyahatteyim|raporluyum|doğum izni\\p{L}{0,6}|ofiste olmayacağım|ofiste bulunmayacağım)',
    ).source
  }|不在|休暇(?:中|を|で|のため)|休業|お休み(?:を|して|し|いただ|頂|中)|出張(?:中|して|し|の)|外出(?:中|して)|席を(?:外|空)|(?:産休|育休|産前産後|育児休業|年次有給|夏季休暇|年末年始)|メールを(?:確認|拝見|見る)[^。]{0,20}(?:ません|できない)|不在(?:办公室|辦公室|公司)|(?:正在|目前|现在|現在|将|將|本人|我|于|於)[^。！？\\n]{0,20}(?:休假|度假|出差|外出|放假|请假|請假|休产假|休產假|病假|年假|不在|旅行|产假|產假)|(?:无法|無法|不能|未能)(?:及时|及時|立即|即時|查看|查收|处理|處理|回复|回覆)|休假(?:中|期间|期間)|放假|(?:回来|回來|返回)(?:之|以)?[后後]`,
  'iu',
);

/** Away until lately: a person who is back tells so. */
export const PAST = new RegExp(
  `${
    wholeWords(
      "i was|we were|i[’']ve been|i have been|i had been|was (?:out|away|on|off|travel+ing)|just (?:got|came|come) back|(?:am|i[’']m) (?:now |finally |just )?back (?:now|from)|ich war|wir waren|war (?:ich|im|in|auf|bis)|bin (?:gerade|jetzt|heute|seit gestern|nun) (?:wieder |erst )?(?:zurück|da)|j[’']étais|j[’']ai été|nous étions|estuve|estaba|he estado|acabo de volver|ero|eravamo|sono stat[oa]|estive|estava|acabei de voltar|ik was|was ik|ik ben weer terug|jag var|jag har varit|jeg var|jeg har vært|jeg har været|olin|byłem|byłam|byla? jsem|я был[а]?|izindeydim|tatildeydim",
    ).source
  }|おりました(?:が|。|ので|ため)|(?:上周|上週|之前|刚|剛|前几天|前幾天)[^。]{0,8}(?:休假|出差|不在|外出)|(?:休假|出差)(?:回来|回來)了`,
  'iu',
);

/** Gone from the organisation, or the address given up. */
export const LEFT = new RegExp(
  `${
    wholeWords(
      "no longer (?:\\p{L}{2,12} )?(?:with|at|employed|works?|working|part of|a member|affiliated|associated|in (?:this|that|my|the) (?:role|position)|look(?:s|ing)? after|responsible|in charge|handl\\p{L}{1,3}|represent\\p{L}{0,3})|no longer (?:use|using|be using|monitor\\p{L}{0,3}|check\\p{L}{0,3}) this|not (?:with|employed (?:at|by|with)) [^.!?\\n]{2,50} any ?more|(?:has|have|had|i[’']ve) (?:now |since |recently )?(?:left|departed|moved on (?:from|to)|resigned from|retired|ceased (?:work|employment))(?! (?:the office|the building|for (?:the day|my|a|the|vacation|holiday)|on (?:vacation|holiday|leave)))|(?:left|leaving|departed|departing) (?:the |our |my |this )?(?:company|organi[sz]ation|firm|business|agency|university|institute|department|team|role|employ\\p{L}{0,5})|(?:my |was my |her |his |their )?last (?:working )?day (?:at|with|in|was|is|of (?:work|employment))|i (?:am|have) (?:now )?retire[d]?|am retired|retired (?:from|on|as of|in)|your new (?:point of )?contact (?:is|will be)|doesn[’']t work (?:here|at|for)|does not work (?:here|at|for)|(?:mailbox|address|account|e-?mail|inbox)(?: address| account)? [^.!?\\n]{0,60}(?:is|are|was|has been|will be) (?:no longer|not (?:longer )?|being )?(?:\\p{L}{2,9} )?(?:in use|disabled|active|valid|monitored any more|deactivated|closed|discontinued|decommissioned|retired)|(?:mailbox|address|account|e-?mail|inbox)(?: address| account)? [^.!?\\n]{0,60}no longer (?:in use|active|valid|used|being used|monitored|exists?)|i have (?:moved|transferred|changed) (?:to|jobs|roles|positions|companies|employers)|(?:former|ex-) ?(?:employee|colleague|member of (?:the )?(?:staff|team))|(?:role|position|post|job) (?:was|has been) (?:made redundant|eliminated|discontinued)|(?:my|the) e-?mail address has changed|changed my e-?mail|my new e-?mail|i (?:have )?(?:started|taken up|accepted|found) (?:a |my )?new (?:job|role|position)|changed jobs|(?:have|i[’']ve) moved on|(?:from now on|henceforth|zukünftig|künftig|ab sofort|désormais|en adelante|d[’']ora in poi|doravante|voortaan|hädanefter)[^.!?\\n]{0,60}address",
      'nicht mehr (?:bei|für|im (?:unternehmen|hause|haus)|in (?:unserem|diesem|der)|mehr|länger|teil)|nicht (?:mehr|länger) (?:\\p{L}{2,12} ){0,4}(?:tätig|beschäftigt|angestellt|mitarbeiter\\p{L}{0,4})|(?:unternehmen|firma|gesellschaft|haus|institut|verein|organisation|agentur|kanzlei|universität|betrieb|team) (?:[^.!?\\n]|\\d\\.){0,30}verlassen|ausgeschieden|nicht (?:mehr|länger) (?:\\p{L}{2,12} )?zuständig|(?:bin|ist) (?:\\p{L}{2,12} ){0,4}(?:im ruhestand|in rente|pensioniert|in den ruhestand)|(?:in den|im) (?:wohlverdienten )?ruhestand|verlass\\p{L} (?:das|die|den|mein\\p{L}{0,2}) (?:unternehmen|firma|betrieb|verein|agentur|universität|institut)|letzter arbeitstag|(?:postfach|adresse|e-?mail-?adresse|mailadresse|konto)[^.!?\\n]{0,60}(?:nicht mehr (?:\\p{L}{2,12} ){0,2}(?:genutzt|verwendet|aktiv|gültig|gelesen|abgerufen|aktuell|in)|deaktiviert|stillgelegt|geschlossen|eingestellt)|arbeite(?:t)? [^.!?\\n]{0,40}nicht mehr|neue e-?mail-?adresse|hat sich geändert|(?:neue (?:stelle|aufgabe|herausforderung)|neuen (?:arbeitgeber|job)) (?:\\p{L}{2,12} ){0,4}(?:angetreten|angenommen|begonnen|übernommen)|(?:den|meinen) (?:arbeitgeber|job) gewechselt',
      "ne (?:fais|fait|faisons|font) plus partie|n[’']?(?:est|suis|ai|a) plus (?:\\p{L}{2,12} ){0,3}(?:chez|au sein|dans|en poste|en charge|responsable|salarié|employé|collaborat|à|active?|valide|utilisée?|consultée?|relevée?|surveillée?)\\p{L}{0,4}|ne travaille plus|(?:ai|a|avons|avoir) (?:\\p{L}{2,12} )?quitté (?!le bureau)|départ de (?:la |l[’'])(?:société|entreprise|agence|association|université)|quitté (?:la |l[’']|notre |mes |ses |cette )(?:société|entreprise|fonctions|organisation|agence|association)|(?:à|en) la retraite|pris (?:ma|sa) retraite|parti\\p{L}? (?:à la|en) retraite|dernier jour (?:de travail )?(?:chez|au|dans)|adresse[^.!?\\n]{0,50}(?:n[’']est plus|désactivée|ne sera plus|a changé)|changé (?:de (?:poste|travail|société)|d[’'](?:adresse|employeur|entreprise|emploi))|nouvelle adresse",
      'ya no (?:trabaj\\p{L}{1,4}|form\\p{L}{1,3} parte|pertene\\p{L}{1,4}|labor\\p{L}{1,3}|est(?:á|oy|amos) (?:\\p{L}{2,12} ){0,2}(?:en|con|activ[oa]|vigente|operativ[oa]|disponible en)|colabor\\p{L}{1,3}|utiliz\\p{L}{1,3}|se (?:utiliza|usa))|(?:he|ha|hemos) (?:\\p{L}{2,12} )?dejado (?:de (?:trabajar|formar|pertenecer|prestar)|la (?:empresa|compañía|organización)|mi (?:cargo|puesto))|dej[óé] (?:la|de (?:trabajar|formar))|(?:cuenta|buzón|dirección)[^.!?\\n]{0,40}(?:deshabilitad|desactivad|cancelad)[oa]|ya no (?:llevo|gestiono|me (?:ocupo|encargo)|soy (?:el |la )?responsable)|jubil(?:ado|ada|é|ación)|me he (?:jubilado|desvinculado)|causado baja|desvinculad[oa]|último día (?:de trabajo |laboral )?en|nueva dirección|nuevo correo|cambi(?:é|ado) de (?:trabajo|empresa|empleo)',
      "non (?:lavor\\p{L}{1,4}|fa(?:ccio)?|collabor\\p{L}{1,3}|è|sono|oper\\p{L}{1,2}|presta) (?:\\p{L}{1,12} )?più (?:\\p{L}{2,12} ){0,2}(?:parte|presso|in|per|con|alle|qui|attiv[oa]|valid[oa]|dipendente|utilizzat[oa]|un|nell\\p{L}{0,1}|nel)|non (?:lavor\\p{L}{1,4}|fa(?:ccio)?|è|sono) più|(?:ho|ha) (?:\\p{L}{2,12} )?lasciato (?:l[’']\\p{L}{2,20}|la|il|questa)|non (?:mi occupo|seguo|gestisco) più|(?:in|andat[oa] in) pensione|ultimo giorno (?:di lavoro|in|presso)|(?:casella|indirizzo|account)[^.!?\\n]{0,60}(?:non (?:è|sarà) più|disattivat[oa]|dismess[oa])|nuovo indirizzo|cambiato (?:lavoro|azienda)",
      'já não (?:sou (?:\\p{L}{1,2} )?responsável|trato|trabalh\\p{L}{1,3}|faz|faço|colabor\\p{L}{1,3}|integra|(?:está|se encontra) (?:\\p{L}{2,12} )?(?:na|no|ao serviço|ativ[oa]|em uso|a trabalhar))|não (?:\\p{L}{2,12} )?(?:trabalh\\p{L}{1,3}|faz|faço|integr\\p{L}{1,2}|est(?:á|ou)|é|pertenc\\p{L}{1,2}|atu\\p{L}{1,2}) mais|(?:deixei|deixou) (?:de (?:trabalhar|fazer|integrar|colaborar)|a (?:empresa|companhia|organização)|o cargo)|(?:saiu|saí) da (?:empresa|companhia)|encerr(?:ei|ou) (?:[oa] )?(?:meu|minha|seu|sua) (?:ciclo|jornada|vínculo|contrato)|(?:se )?desligou|desligad[oa] da|aposent\\p{L}{2,5}|reform(?:ei-me|ou-se|ado|ada)|último dia (?:de trabalho )?n[ao]|novo endereço|novo e-?mail|mud(?:ei|ou) de (?:empresa|emprego|trabalho)',
      'niet (?:meer|langer) (?:\\p{L}{2,12} ){0,3}(?:verantwoordelijk|werkzaam|in dienst|werk\\p{L}{0,3}|verbonden|actief|bij|in gebruik|gebruikt|gelezen|bereikbaar op dit)|werk(?:t)? (?:\\p{L}{2,12} ){0,3}niet (?:meer|langer)|uit dienst|nieuwe (?:baan|werkgever)|van baan (?:veranderd|gewisseld)|(?:heb|heeft|hebben) [^.!?\\n]{2,40}verlaten|(?:met|mijn) pensioen|laatste werkdag|(?:mailbox|e-?mailadres|adres|postvak)[^.!?\\n]{0,40}(?:niet (?:meer|langer)|opgeheven|gesloten|vervallen)|nieuwe? (?:(?:e-?)?mail-?)?adres',
      '(?:jobbar|arbetar|är) (?:\\p{L}{2,12} ){0,2}inte (?:längre )?(?:kvar|längre|anställd)|(?:ansvarar|arbetar med) (?:detta )?inte längre|inte längre (?:ansvarig|kvar|anställd|jobbar|arbetar|i bruk|används|anställda|aktiv|verksam)|har (?:\\p{L}{2,12} )?(?:slutat|lämnat|avslutat min anställning|gått i pension)|(?:gått i|gick i|är) pension\\p{L}{0,5}|sista (?:arbets)?dag|bytt (?:jobb|arbetsgivare)|ny(?:tt)? (?:e-?post|mejl|mail)?adress|(?:e-?post|mejl)?adressen (?:används|är) inte|er (?:\\p{L}{2,12} )?(?:fratrådt|fratrådt|sluttet|stoppet|gået på pension|pensjonert|pensioneret)|ikke (?:længere|lenger) (?:\\p{L}{2,12} )?(?:ansat|ansatt|i bruk|hos|i|jobber|arbejder|arbeider)|(?:jobber|arbejder|arbeider|er) (?:\\p{L}{2,12} )?ikke (?:længere|lenger)|har (?:\\p{L}{2,12} )?(?:sluttet|forladt|forlatt|fratrådt)',
      'en (?:ole )?(?:enää|työskentele enää|enää työskentele)|ei (?:ole )?(?:enää|työskentele enää)|olen siirtynyt|jäänyt eläkkeelle|olen eläkkeellä',
      'nie (?:pracuj\\p{L}{1,3}|jest|jestem) (?:już|więcej)|przesta\\p{L}{2,4} pracować|(?:już|więcej) (?:\\p{L}{1,12} ){0,3}nie (?:pracuj\\p{L}{1,3}|jest|jestem|współpracuj\\p{L}{1,3})|nie pracuj\\p{L}{1,3} (?:\\p{L}{1,12} ){0,3}już|zakończył\\p{L}{0,2} (?:\\p{L}{2,12} )?(?:pracę|współpracę|zatrudnienie)|odsze?dł|odeszł\\p{L}|(?:na|przeszed\\p{L}{1,2} na|przeszłam na) emerytur\\p{L}{1,3}|nie zajmuj\\p{L}{1,3} się już|zmienił\\p{L}{0,2} pracę|ostatni dzień pracy|nowy adres',
      'již (?:\\p{L}{1,12} ){0,3}ne(?:pracuj\\p{L}|ní|jsem|působ\\p{L})|už (?:\\p{L}{1,12} ){0,3}ne(?:pracuj\\p{L}|ní|jsem)|ukončil\\p{L}? (?:\\p{L}{2,12} )?pracovní|больше не (?:работа\\p{L}{1,3}|явля\\p{L}{2,4}|использу\\p{L}{2,4})|уволил\\p{L}{1,4}|покинул\\p{L}? компани\\p{L}|(?:artık|şirketimiz\\p{L}{0,4}) [^.!?\\n]{0,40}(?:çalışmamakta|çalışmıyor|bulunmamakta|görev yapmamakta)\\p{L}{0,4}|(?:işten|şirketten|görevimden) ayrıl\\p{L}{2,8}',
    ).source
  }|退職(?:いたし|致し|し(?:まし|てお)|となり|のため|した)|転職(?:いたし|致し|しまし|し[、ま])|退社(?:いたし|致し|しまし)|定年|担当(?:から|を)(?:外れ|離れ)|(?:在籍|所属)して(?:おりません|いません)|(?:メール)?アドレス[^。]{0,20}(?:変更(?:になり|し|となり|いたし)|使用(?:して(?:いません|おりません)|できません))|異動(?:いたし|しまし|となり|になり|により)|(?:已|已经|已經)(?:于|於|从|從|自)?[^。\\n]{0,20}(?:离职|離職|离开(?:公司|本公司|我司)|離開(?:公司|本公司)|退休|调离|調離|换工作|換工作)|(?:离职|離職)(?:了|，|。|,)|不在(?:本公司|我司|我们公司|公司)(?:任职|任職|工作|就职)|不再(?:负责|負責|在|担任|擔任|任职|任職|为|為|就职|就職|使用|是)|(?:此|该|該|本)(?:邮箱|郵箱|信箱|电邮|電郵|邮件地址)[^。]{0,15}(?:停用|不再|已停)`,
  'iu',
);

/** A colleague who will not come back. */
export const DIED = new RegExp(
  `${
    wholeWords(
      'passed away|(?:has |suddenly |sadly )died|died (?:on|in|last|suddenly|peacefully|unexpectedly|after)|verstorben|von uns gegangen|décédée?|(?:le )?décès|nous a quittés|falleci(?:ó|d[oa]|miento)|decedut[oa]|scompars[oa]|venut[oa] a mancare|faleceu|falecid[oa]|falecimento|overleden|overlijden|avlidit|avliden|gått bort|afgået ved døden|gått bort|kuollut|menehtynyt|zmarł\\p{L}?|odszedł na zawsze|zemřel\\p{L}?|скончал\\p{L}{2}|vefat et\\p{L}{2,5}',
    ).source
  }|逝去|永眠|死去|去世|逝世|病逝|辞世|過世`,
  'iu',
);
/** Whose death keeps somebody away for a while. */
export const KIN = new RegExp(
  `${
    wholeWords(
      '(?:in|of|to) (?:my|the) (?:\\p{L}{2,12} )?family|my (?:\\p{L}{2,12}[- ]){0,2}(?:father|mother|dad|mum|mom|parents?|husband|wife|partner|brother|sister|son|daughter|grand\\p{L}{3,6}|uncle|aunt|dog|cat)|mein\\p{L}{0,2} (?:\\p{L}{2,12} )?(?:vater|mutter|opa|oma|gro(?:ß|ss)\\p{L}{4,6}|bruder|schwester|mann|frau|eltern\\p{L}*|sohn|tochter)s?|familie|familiale?|(?:mon|ma) (?:grand-)?(?:père|mère|frère|soeur|sœur|mari|femme|oncle|tante|conjoint)|familiar|mi (?:\\p{L}{2,12} )?(?:padre|madre|abuel[oa]|herman[oa]|espos[oa]|hij[oa])|(?:mio|mia) (?:padre|madre|nonn[oa]|fratello|sorella|marito|moglie)|familiare|(?:meu|minha) (?:pai|mãe|av[óô]|irmão|irmã|espos[oa])|mijn (?:vader|moeder|opa|oma|broer|zus|man|vrouw)|(?:min|mitt|mina) (?:far|mor|pappa|mamma|farfar|farmor|morfar|mormor|bror|syster|man|fru)|familje\\p{L}*|(?:moj|mój|moją)\\p{L}{0,4} (?:ojc\\p{L}*|mat\\p{L}*|mam\\p{L}*|tat\\p{L}*|babci?\\p{L}*|dziad\\p{L}*|brat\\p{L}*|siostr\\p{L}*)|rodzin\\p{L}*',
    ).source
  }|[父母兄姉弟妹]|家族|親族|祖父|祖母|亲人|親人|家人`,
  'iu',
);

/** Words of LEFT that are also said of a place or a day. */
export const NOT_LEFT = new RegExp(
  wholeWords(
    "(?<!(?:account|mailbox|inbox|address)[^.!?\\n]{0,60})no longer (?:available|have access|accept\\p{L}{0,3}|attend\\p{L}{0,3}|be (?:available|able)|able)|left (?:the office|for (?:the day|vacation|my))|until my last day|no longer than|nicht mehr (?:im büro|erreichbar|an diesem|heute|lange|als)|n[’']est plus disponible",
  ).source,
  'iu',
);

/** "We have your message" of desks and persons alike. */
export const RECEIVED = new RegExp(
  `${
    wholeWords(
      '(?:has|have|was|been|we|i) (?:\\p{L}{2,14} )?(?:received|registered|logged|recorded|assigned)|(?:ticket|case|request|inquiry|enquiry|support|reference|application|order)[^.!?\\n]{0,60}(?:received|created|opened|registered|logged|assigned|acknowledg\\p{L}{1,5})|(?:received|acknowledge) (?:receipt of )?your|(?:reply|respond|get back|be in touch|answer|contact you)[^.!?\\n]{0,40}(?:as soon as|within|shortly|promptly|business (?:day|hour)s?|working days?|\\d hours)|(?:confirm|acknowledge)\\p{L}{0,4} (?:that )?(?:the |your |we )?(?:\\p{L}{2,9} )?(?:receipt|message|e-?mail)|(?:ticket|case|request|reference) (?:number|id|no\\.?|#)|(?:ticket|case)[^.!?\\n]{0,40}(?:créé|criado|aberto|aangemaakt|creado|abierto|aperto|creato|skapa\\p{L}{0,3}|utworzon\\p{L}|angelegt|eröffnet)|one of our (?:agents|team|representatives|colleagues|specialists)|typically repl(?:y|ies)|(?:thank(?:s| you)) for (?:your (?:application|enquiry|inquiry|request)|applying)|a member of (?:our|the) (?:\\p{L}{2,12} )?(?:team|staff)',
      '(?:ihre|deine|eure) (?:e-?mail|mail|anfrage|nachricht|bewerbung|bestellung|mitteilung)[^.!?\\n]{0,60}(?:erhalten|eingegangen|bekommen|empfangen|registriert|angelegt|erfasst)|(?:ticket|vorgangs|fall|anfrage)-?(?:nummer|nr|id)|(?:schnellstmöglich|so bald wie möglich|so schnell wie möglich|umgehend|in kürze|zeitnah|innerhalb von)[^.!?\\n]{0,40}(?:melden|bearbeite[nt]|beantworte[nt]|antworten|antwort|bei (?:ihnen|dir)|setzen)|(?:bearbeiten|beantworten|antworten|melden)[^.!?\\n]{0,40}(?:schnellstmöglich|so bald wie möglich|so schnell wie möglich|umgehend|in kürze|zeitnah|innerhalb)|eingang ihrer|nachricht hat uns erreicht|mail hat uns erreicht|(?:danke|dank) für (?:ihre|deine|eure) (?:bewerbung|anfrage|bestellung)|(?:unterlagen|bewerbung) [^.!?\\n]{0,30}(?:angekommen|erhalten)',
      '(?:bien (?:reçu|parvenu)|(?:est|sont) parvenu|avons reçu|ai reçu|bonne réception|a (?:bien )?été (?:reçue?|enregistrée?|transmise?|prise? en compte)|accusons réception)|remerci\\p{L}{2,5} (?:de|pour) votre (?:candidature|demande)|numéro de (?:ticket|dossier|demande|suivi)|(?:réponse|répondr\\p{L}{1,4}|recontacter\\p{L}{1,4}|traiter\\p{L}{0,4}|reviendr\\p{L}{2,4})[^.!?\\n]{0,50}(?:meilleurs délais|plus brefs délais|dès que possible|sous \\d|rapidement|plus vite)',
      '(?:caso|ticket|solicitud|consulta)[^.!?\\n]{0,30} (?:cread[oa]|registrad[oa]|abiert[oa]|recibid[oa])|(?:hemos|he|ha sido|fue) (?:\\p{L}{2,12} )?(?:recibid[oa]|registrad[oa])|gracias por (?:su|tu) (?:candidatura|solicitud|interés)|número de (?:ticket|caso|solicitud|referencia|seguimiento)|(?:responder\\p{L}{1,4}|contactar\\p{L}{1,4}|atender\\p{L}{1,4}|contestar\\p{L}{1,4}|comunicar\\p{L}{1,4})[^.!?\\n]{0,50}(?:brevedad|lo antes posible|cuanto antes|en breve|menor plazo|próximas horas|plazo)|(?:nos ha|ha) llegado|(?:confirmamos|acusamos) (?:la )?(?:recepción|recibo)|(?:brevedad|lo antes posible)[^.!?\\n]{0,40}(?:responder\\p{L}{0,4}|contactar\\p{L}{0,4})',
      'ci è (?:pervenut|arrivat)[oa]|conferm\\p{L}{1,4} (?:di aver |la )?(?:ricevut[oa]|ricezione)|(?:abbiamo|ho|è stat[oa]) (?:\\p{L}{2,12} )?(?:ricevuto|ricevuta|registrat[oa]|pres[oa] in carico)|ringrazi\\p{L}{2,5} per la (?:sua|tua) (?:candidatura|richiesta)|numero (?:di )?(?:ticket|richiesta|pratica)|(?:risponder\\p{L}{1,4}|ricontatter\\p{L}{1,4}|risposta)[^.!?\\n]{0,50}(?:prima possibile|più presto|al più presto|breve|quanto prima|entro)',
      '(?:e-?mail|mensagem) chegou|(?:confirmamos|acusamos) (?:[ao] )?(?:recep?ção|recebimento)|(?:recebemos|recebi|foi (?:recebid[oa]|registad[oa]|registrad[oa])|recepcionámos)|(?:agradecemos|obrigad[oa] p)[^.!?\\n]{0,8} (?:[oa] )?(?:su?a|teu|seu|tua) (?:candidatura|contacto?|pedido)|mensagem foi (?:encaminhada|recebida)|número (?:do|de) (?:ticket|chamado|protocolo|pedido)|(?:responder\\p{L}{1,4}|contactar\\p{L}{1,4}|retornar\\p{L}{1,4}|entrar\\p{L}{1,4} em contacto?)[^.!?\\n]{0,50}(?:mais breve|brevemente|breve|assim que possível|o quanto antes|mais rápido)',
      '(?:within|innerhalb|binnen|dans|sous|en menos de|en un plazo de|em menos de|em até|entro|inom|w ciągu)[^.!?\\n]{0,16} (?:\\d{1,3}|\\p{L}{2,8})[ -]?(?:(?:business|working) )?(?:hours|days|stunden|\\p{L}{0,8}tage?n?|heures|jours|horas|días|ore|giorni|dias|uur|\\p{L}{0,5}dagen|timmar|\\p{L}{0,7}dagar|godzin|dni)',
      '(?:bij|voor) ons aangekomen|(?:hebben|heb|is) [^.!?\\n]{2,40}(?:ontvangen|geregistreerd|aangemaakt)|(?:ticket|zaak|referentie)nummer|(?:zo (?:spoedig|snel) mogelijk|binnen)[^.!?\\n]{0,50}(?:contact|antwoord|reactie|beantwoord\\p{L}{0,2}|reageren|behandel\\p{L}{0,3})|(?:reageren|beantwoorden|antwoorden)[^.!?\\n]{0,40}zo (?:spoedig|snel)',
      'bekräftar att|kommit (?:fram|in)|(?:har|vi har|jag har) (?:\\p{L}{2,12} )?(?:tagit emot|mottagit|fått|modtaget|mottatt|registreret|registrert)|tack för din ansökan|ärende(?:nummer|t)|ärende[^.!?\\n]{0,20} skapa\\p{L}{0,3}|(?:återkommer|svarar|vender tilbage|svarer|kontaktar)[^.!?\\n]{0,50}(?:så (?:snart|fort) (?:som )?(?:möjligt|vi kan|jag kan|mulig\\p{L}?)|inom|hurtigst|snarest)|(?:viestisi|yhteydenottosi|tikettisi)[^.!?\\n]{0,40}(?:vastaanotettu|saapunut)|olemme vastaanottaneet',
      'do nas dotarł[aoy]?|potwierdza\\p{L}{1,3} (?:otrzymanie|odbiór)|(?:otrzymali(?:śmy)?|otrzymał[ae]m|została (?:przyjęta|zarejestrowana|odebrana|przekazana))|za (?:przesłanie|wysłanie|złożenie) (?:aplikacji|cv|zgłoszenia|zapytania)|zarejestrowano|numer (?:zgłoszenia|sprawy|ticketu)|(?:odpowiemy|odpowiem|skontaktujemy)[^.!?\\n]{0,40}(?:najszybciej|jak najszybciej|wkrótce|niezwłocznie|ciągu)|(?:obdrželi jsme|byl\\p{L}? přijat\\p{L}?|числ\\p{L}{1,3} обращени\\p{L}|ваше (?:обращение|письмо|сообщение) (?:получено|принято|зарегистрировано)|мы получили|alınmıştır|alındı|mesajınızı aldık|ulaşmıştır)',
    ).source
  }|\\d\\s?(?:個|个)?(?:時間|小时|小時|営業日|工作日)(?:以?内|之内)|ご応募いただき|応募を受け|应聘|應聘|简历|(?:受付|受け付け|受領|拝受|承り|受信)(?:いたし|致し|しまし|完了|番号)|お問い?合わせ(?:を|いただき)[^。]{0,20}(?:ありがとう|受け付け)|(?:追って|後ほど|改めて|折り返し)[^。]{0,30}(?:ご連絡|ご返信|ご回答|お返事)|(?:已|已经|已經|我们已|我們已)(?:收到|受理|接收)|收悉|收到(?:您|你)的(?:邮件|郵件|来信|來信|电子邮件|電郵|请求|請求|咨询|來函)|(?:尽快|儘快|盡快)(?:与您|與您|给您|給您|回复|回覆|处理|處理|答复|答覆|跟进|跟進)|工单|工單|已登[记記]|案件编号`,
  'iu',
);

/** Words of one person about themselves; where the verb says it, the verb. */
export const MYSELF =
  /(?<![\p{L}'’])(?:i|i['’](?:m|ve|ll|d)|my|mine|ich|mir|mich|meine?[mnrs]?|je|j['’]\p{L}{1,12}|moi|mon|mes|yo|mí|recibí|he recibido|io|mio|ho ricevuto|eu|meu|minha|recebi|ik|mijn|jag|mitt|jeg|mnie|moj[ae]|mój|otrzymał[ae]m)(?![\p{L}'’])|我(?!们|們)|私(?!ども)|僕|俺/iu;

/** A number by which a desk files a mail. */
export const TICKET =
  /(?:#|№|nr\.?|no\.?|number|nummer|numéro|número|numero|id|番号|编号|編號)(?:\s?[:–-]|\s(?:is|of|ist|lautet))?\s?\[?[A-Z]{0,6}[-_]?\d{3,14}|\[[A-Z]{0,8}[#-]\s?\d{3,14}\]|##\s?\d{3,14}/iu;

export type AbsenceReason =
  'holiday' | 'sick' | 'parental' | 'travel' | 'public-holiday' | 'closed' | 'left' | 'conference';

/** Why somebody is away; the first that fits counts. */
export const REASONS: readonly [Exclude<AbsenceReason, 'left'>, RegExp][] = [
  [
    'parental',
    new RegExp(
      `${wholeWords("(?:maternity|paternity|parental|adoption|family|baby|shared parental)[- ](?:leave|break)|elternzeit|mutterschutz|mutterschaftsurlaub|elternurlaub|vaterschaftsurlaub|babypause|elternkarenz|in karenz|congé (?:de )?(?:maternité|paternité|parental|d[’']adoption)|(?:baja|permiso|licencia|descanso)(?: \\p{L}{2,3})? (?:maternal|maternidad|paternal|paternidad|parental|nacimiento)|(?:congedo )?(?:di )?maternità|paternità|congedo parentale|(?:licença|baixa)(?:[- ]de)?[- ](?:maternidade|paternidade|parental|gestante)|(?:zwangerschaps|bevallings|ouderschaps|geboorte|vaderschaps)verlof|föräldraledig\\p{L}{0,4}|mammaledig|pappaledig|föräldraledighet|barsel(?:sorlov)?|forældreorlov|foreldrepermisjon|pappaperm\\p{L}{0,6}|äitiysloma\\p{L}{0,4}|vanhempainvapaa\\p{L}{0,4}|perhevapaa\\p{L}{0,4}|isyysvapaa\\p{L}{0,4}|urlop\\p{L}{0,3} (?:macierzyński\\p{L}{0,3}|rodzicielski\\p{L}{0,3}|ojcowski\\p{L}{0,3}|tacierzyński\\p{L}{0,3}|wychowawczy\\p{L}{0,3})|mateřsk\\p{L}{1,2} dovolen\\p{L}{1,2}|rodičovsk\\p{L}{1,2}|декрет\\p{L}{0,4}|отпуск\\p{L}? по уходу|doğum izni\\p{L}{0,6}|babalık izni\\p{L}{0,6}").source}|産休|育休|育児休|産前産後|出産|产假|產假|陪产|陪產|育婴|育嬰|育儿假`,
      'iu',
    ),
  ],
  [
    'sick',
    new RegExp(
      `${wholeWords('(?:sick|medical|health)[- ](?:leave|day|reasons?|absence|circumstances|emergency|grounds)|(?:off|out) sick|(?:am|being|fallen|currently|due to) (?:\\p{L}{2,12} )?(?:ill|sick|illness|unwell)|illness|surgery|operation|operación|opération|intervento|cirurgia|operatie|operację|operacji|hospital|influenza|hospitali[sz]ed|krank|krankheit|krankheitsbedingt|erkrankt|erkrankung|krankgeschrieben|arbeitsunfähig|(?:arrêt|congé) (?:de )?maladie|(?:zur|auf|in) (?:reha|kur)|rehabilitation|arrêt de travail|malade|souffrante?|raisons? (?:de santé|médicales?)|baja (?:médica|laboral|por enfermedad)|licencia médica|enferm[oa]|enfermedad|malat[oai]|malattia|ammalat[oa]|ricoverat[oa]|ospedale|doente|doença|(?:licença|baixa|atestado) médic[ao]|motivos de saúde|ziek|ziekte|ziekteverlof|ziekmelding|sjukt?|vabb?ar|sjukdom|sjukskriven|sjukledig|syg|sygdom|sygemeldt|sykdom|syk|sykmeldt|sykemeldt|sairas|sairaana|sairausloma\\p{L}{0,4}|sairauden|chor(?:y|a|oba|oby|obowe|obowym)|zwolnieni[ue] (?:lekarski\\p{L}{0,2}|chorobowy\\p{L}{0,2})|l4|nemoc\\p{L}{0,3}|nemocensk\\p{L}{1,3}|на больничном|больничн\\p{L}{2,3}|болезн\\p{L}{1,2}|болею|raporlu\\p{L}{0,3}|hastalık|hastayım').source}|病気|体調不良|療養|入院|病欠|病假|因病|生病|身体不适|身體不適|住院`,
      'iu',
    ),
  ],
  [
    'public-holiday',
    new RegExp(
      `${wholeWords('(?:public|bank|national|federal|statutory|legal) holidays?|(?<!happy )thanksgiving|labor day|memorial day|independence day|(?<!(?:schöne|frohe|erholsame|besinnliche) )feiertag(?:e|s|es|en)?|jours? fériés?|(?:día )?festivos?|semana santa|festa nazionale|pasqua|páscoa|påsk|pasen|wielkanoc|puente|ponte|pont|(?<!(?:frohe|schöne|happy|joyeuses) )(?:ostern|pfingsten|easter|pâques)|midsommar|koningsdag|ferragosto|carnaval|long weekend|(?:día )?feriados?|giorn[oi] festiv[oi]|festività|(?<!(?:fijne|prettige) )feestdag(?:en)?|helgdag(?:ar)?|helligdag(?:e|er)?|pyhäpäivä\\p{L}{0,3}|dzień ustawowo wolny|święt(?:o|a|em|ach) państwow\\p{L}{1,3}|státní svátek|праздничн\\p{L}{2,3}|resmi tatil\\p{L}{0,3}|golden week').source}|祝日|ゴールデンウィーク|春节|春節|国庆|國慶|节假日|節假日|公众假期|公眾假期|法定假|农历新年|農曆新年|中秋|端午`,
      'iu',
    ),
  ],
  [
    'closed',
    new RegExp(
      `${wholeWords('(?:office|offices|company|store|shop|business|practice|we|team|school|university|department) [^.!?\\n]{0,40}(?:closed|shut down|closing|shutdown)|closed (?:for|from|until|on|between|due)|office closure|company shutdown|betriebsferien|betriebsurlaub|betriebsruhe|geschlossen|werksferien|(?:bureau|bureaux|entreprise|société|agence|cabinet|locaux)[^.!?\\n]{0,40}fermée?s?|fermeture|fermé(?:e|es|s)? (?:du|jusqu)|cerrad[oa]s?|cierre|permanecer\\p{L}{1,2} cerrad\\p{L}{1,2}|chius[oia]|chiusura|fechad[oa]s?|encerrad[oa]s?|recesso|gesloten|sluiting|\\p{L}{0,8}stäng[dt]|lukket|stengt|suljettu|zamknięt\\p{L}{1,2}|nieczynn\\p{L}{1,2}|zavřen\\p{L}{0,2}|закрыт\\p{L}?|не работает|kapalı\\p{L}{0,4}').source}|休業|閉店|閉館|全館休|年末年始休|夏季休業|(?:公司|本店|我司|办公室|辦公室)[^。]{0,12}(?:放假|休息|关闭|關閉|停业|停業)|歇业`,
      'iu',
    ),
  ],
  [
    'holiday',
    new RegExp(
      `${wholeWords('vacation(?:ing)?|(?:on|my|summer|winter|annual|family|short|long|a|well-earned|well-deserved|christmas|easter|the|for) (?:\\p{L}{2,12} )?holidays?|(?<!happy )holidays?|annual leave|on leave|pto|paid time off|time off|honeymoon|taking (?:some|a few days|time) off|days? off|sabb?[aá]t\\p{L}{2,8}|\\p{L}{0,12}freisemester|research leave|délégation de recherche|\\p{L}{0,14}urlaub\\p{L}{0,2}|(?<!betriebs)\\p{L}{0,12}ferien|frei|freie tage|congés?|congés annuels|vacances|vacaciones|licencia anual|días libres|ferie|vacanza|vacanze|férias|folga|(?:descanso|descansar|riposo|repos|urlaubsreif)|vakantie|verlof|vrije dagen|vrij|semester|ledig|ledighet|sommerferie|ferie|sommarsemester|loma(?:lla|ni)?|\\p{L}{0,8}loma(?:lla|ni)|urlop(?:ie|em|u)?|wakacj\\p{L}{1,3}|dovolen\\p{L}{1,2}|отпуск\\p{L}{0,2}|izin\\p{L}{0,10}|tatil\\p{L}{0,6}').source}|休暇|有休|年休|盆休み|夏休み|冬休み|お休み|連休|休假|度假|年假|放假|请假|請假|特休|假期`,
      'iu',
    ),
  ],
  [
    'conference',
    new RegExp(
      `${wholeWords('conferences?|annual meeting|congress|summit|symposium|trade (?:show|fair)|convention|workshop|off-?site|training|seminar|konferenz(?:en)?|kongress|messe|\\p{L}{0,12}tagung|fachmesse|fortbildung|schulung|weiterbildung|lehrgang|conférences?|congrès|salon|colloque|formation|séminaire|conferencias?|congreso|feria|jornadas|formación|conferenza|congresso|fiera|convegno|formazione|conferência|congresso|(?<!-)feira|formação|conferentie|congres|beurs|cursus|opleiding|konferens|kongress|mässa|kurs|utbildning|konference|konferanse|messa|konferenss\\p{L}{1,4}|koulutuks\\p{L}{1,4}|konferencj\\p{L}{1,3}|kongres\\p{L}{0,2}|targ(?:i|ach)|szkoleni\\p{L}{1,2}|konferenc\\p{L}{1,2}|veletrh\\p{L}{0,2}|školení|конференци\\p{L}{1,2}|выставк\\p{L}|konferans\\p{L}{0,4}|fuar\\p{L}{0,3}').source}|学会|會議|カンファレンス|展示会|研修|セミナー|展会|展會|參展|参展|峰会|峰會|大会|培训|培訓|研讨会|研討會|参加会议|參加會議|学术会议|學術會議`,
      'iu',
    ),
  ],
  [
    'travel',
    new RegExp(
      `${wholeWords("travel+ing|business trip|on the road|work trip|on a (?:flight|plane)|flying|(?:business|on) travel|abroad|field ?work|(?:dienst|geschäfts|auslands)reise(?:n)?|auf reisen|verreist|unterwegs|en déplacement|voyage(?: d[’']affaires| professionnel)?|de viaje|viaj(?:e|ando)(?: de (?:negocios|trabajo))?|in viaggio|viaggio(?: di lavoro)?|in trasferta|trasferta|em viagem|viajando|viagem(?: de (?:negócios|trabalho))?|op (?:zaken)?reis|zakenreis|onderweg|på (?:tjänste)?resa|resande fot|tjänsteresa|på (?:forretnings|tjeneste)?rejse|forretningsrejse|på (?:tjeneste|forretnings)?reise|bortreist|bortrejst|matkoilla|työmatkalla|virkamatkalla|w podróży|podróży służbowej|w delegacji|delegacj\\p{L}{1,2}|na wyjeździe|wyjeździe|služební cest\\p{L}|в командировке|командировк\\p{L}|seyahat\\p{L}{0,8}|iş gezisi\\p{L}{0,4}").source}|出張|海外渡航|旅行|出差|差旅`,
      'iu',
    ),
  ],
];
