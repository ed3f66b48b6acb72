import type { Tongue } from './opt-out-tongue.js';

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
    ' (?:vor|bevor|bis|heute|warum|wieso|weshalb|wann|verpass\\w*|verlor\\w*|zoger\\w*|scheu\\w*|sondern|termin\\w*|workshop|treffen|kurs|konferenz|sitzung|rednerliste|gasteliste|warteliste|teilnehmerliste|whatsapp|telefon\\w*|per post|rechnung|anhang\\w*|alte\\w? adresse|firmenadresse|frau|herrn?|bloss nicht|bauch|wieder in|aufnehmen|auf(?:zunehmen)|es reicht wenn|fruhjahr|(?:wenn|falls|sofern|sollten) (?:sie|du|ihr)|ich (?:schreib\\w*|meld\\w*|kontaktier\\w*|bekomm\\w*|erhalte|kriege|hore)|wir (?:schreiben|melden|bekommen|erhalten|haben)|(?:sie|dich|euch|ihnen|dir) (?:nicht|nie)(?: [^ ]+)? belastigen|ich habe (?:[^ ]+ ){0,3}(?:kein\\w*|nicht\\w?|keinen)(?: [^ ]+){0,6} (?:bekommen|erhalten|gehort|gesehen|zu)|zu (?:herrn?|frau)|so lange|ich (?:kann|konnte)|ich habe(?: [^ ]+){0,3} kein\\w* (?:e?mails?|nachricht\\w*) mehr|den alten|nicht (?:mehr )?auf(?:zu)?horen|hor(?:en?|t)?(?: sie)?(?: bloss)? nicht auf|antworte\\w*)(?= )',
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
      ' (?:vill|onskar|vil|onsker)(?: [^ ]+){0,2} (?:bli|blive|ha)(?: [^ ]+)? (?:borttagen|avregistrerad|struken|slettet|fjernet|afmeldt|avmeldt)(?= $| (?:tack|takk|tak) | (?:fran|fra) (?:[^ ]+ )?[^ ]*(?:list|regist|utskick|databas|nyhe[td]sbrev))',
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
