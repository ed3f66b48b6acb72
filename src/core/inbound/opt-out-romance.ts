import type { Lexicon } from './opt-out-lexicon.js';

export const FRENCH: Lexicon = {
  no: 'ne|n|jamais|pas|sans|aucun\\w*|(?<= (?:souhaite|veux|voudrais|merci de|desire|prefere|faut) )plus',
  more: 'plus|jamais|davantage|nouveau|encore|desormais|(?:a )?l avenir|dorenavant|autres?|ulterieur\\w*|nouvelles?|encore un|prochain',
  write:
    '(?:re|r)?(?:ecri(?:re|vez|ve|ves|viez|vions|s|vies)|contact(?:er|ez|es|iez|ee?s?|e)|recontact(?:er|ez|es|iez|ee?s?|e)|sollicit(?:er|ez|es|iez|ee?s?|e)|relanc(?:er|ez|es|iez|ee?s?|e)|importun(?:er|ez|es)|derang(?:er|ez|es|iez)|harcel(?:er|ez|es)|spam(?:mer|mez))|prise de contact|prendre contact|reecri\\w*|demarch\\w*|joindre',
  send: 'envo(?:yer|yez|yiez|ie|ies|i|is|ient)|adress(?:er|ez|iez)|transm\\w*',
  mail: '(?:e?mails?|messages?|courriels?|courriers?|newsletters?|relances?|envois?|communications?|sollicitations?|publicites?|lettres?|contacts?|mailings?|correspondance)',
  things: 'rien|ca|cela|ce genre|choses?|ceux ci|ces',
  get: 'recevoir|recoive|avoir|lire|entendre parler|etre destinataire|voir|etre (?:re)?contacte\\w*|etre sollicite\\w*',
  want: 'souhait\\w*|veux|veut|voulons|voudr\\w*|desir\\w*|prefer\\w*|merci|priere|demand\\w*|veuillez|svp|s il (?:vous|te) plait|aimer\\w*|prie|saurais gre|reconnaissante?|appreci\\w*|dire|dit|repet\\w*|exig\\w*|gre|envie|interess\\w*|interet',
  stop: 'arret(?:er|ez|e|es|iez)|cess(?:er|ez|e|es|iez)|stop(?:per|pez|pe)?|ca suffit|assez(?= (?:de|d) )|marre|abstenir|abstenez|abstien\\w*|interromp\\w*|finissez|mettre fin|mettez fin|epargne\\w*|halte|y en a marre',
  needless:
    'inutile|pas la peine|pas besoin|pas necessaire|n est plus necessaire|n avez (?:pas|plus) (?:besoin|a)|n as (?:pas|plus) (?:besoin|a)|superflu\\w*|dispens\\w*|plus besoin|plus la peine|plus necessaire',
  remove:
    'retir\\w*|enlev\\w*|supprim\\w*|suppression|ray(?:er|ez|e|es)|sort(?:ir|ez|s)|ot(?:er|ez)|effac\\w*|radi\\w*|vir(?:er|ez|e)|desabonn\\w*',
  me: 'moi|me|m|nous|mon|ma|mes|etre',
  list: '(?:(?:de|du|des|d)(?: [^ ]+){0,2} (?:listes? de diffusion|mailing list\\w*|listes?|base\\w*|fichiers?|carnet|repertoire|contacts|crm|newsletter))(?! (?:de|du|des|pour) (?!(?:diffusion|mails?|contacts?|envoi|distribution)))',
  mine: '(?:mon|mes|ma|nos|notre)(?: [^ ]+){0,2} (?:adresse|donnees|e?mail|coordonnees|informations|nom)|donnees (?:personnelles|me concernant|a caractere personnel)|informations me concernant',
  less: 'moins souvent|moins (?:frequemment|regulierement)|moins (?:de|d) (?:mails?|messages?|emails?)|pas (?:si|aussi) souvent|au (?:plus|maximum) (?:une|deux)|frequence|espacer|ecri\\w* (?:[^ ]+ )?moins',
  out: '(?:laiss\\w*|fich\\w*|fout\\w*)(?: (?:moi|nous))(?: [^ ]+)? (?:tranquilles?|en paix|la paix)|(?:me|m|nous) (?:laiss\\w*|fich\\w*|fout\\w*) (?:tranquilles?|en paix|la paix)|(?:oppos\\w*|refus\\w*|interdis\\w*)(?: [^ ]+){0,4} (?:traitement|utilisation|prospection|conservation|sollicitation\\w*|contact\\w*|demarchage|donnees)|(?:retire|revoque)(?: [^ ]+)? (?:consentement|accord|autorisation)|(?:me|m|moi|nous) (?:desabonn\\w*|desinscri\\w*)|(?:desabonn\\w*|desinscri\\w*)(?: (?:moi|nous))|droit (?:a l effacement|a l oubli|d opposition)|(?:etre|d etre) (?:desabonne\\w*|desinscrit\\w*|(?:retire\\w*|raye\\w*|supprime\\w*) (?:de|du) (?:[^ ]+ )?(?:listes?|base|fichiers?))|ne veux plus (?:rien )?(?:avoir|entendre)(?: [^ ]+){0,3} (?:vous|toi)|restons en la|couper les ponts avec vous|(?:jamais|pas|sans)(?: [^ ]+){0,4} (?:accord|consentement|consenti|autoris\\w*)(?: [^ ]+){0,6} (?:mails?|recevoir|donnees|adresse|contact\\w*)|(?:n|ne) (?:insist\\w*|me relanc\\w*)(?: [^ ]+)? pas|(?:mails?|messages?|courriels?)(?: [^ ]+){0,3} (?:pas|plus) (?:les )?(?:bienvenus?|souhaite\\w*|desire\\w*)|indesirables?|oubli(?:e|ez) (?:moi|mon (?:adresse|nom|mail))|interdi\\w*(?: [^ ]+){0,2} (?:contact\\w*|ecri\\w*|utilis\\w*|relanc\\w*)|(?<=^ )(?:merci )?plus (?:de|d|aucun|un)(?: seul)? (?:mails?|e?mails?|messages?|courriels?|relances?)(?=$| svp| merci| s il| de (?:votre|ta))|laisse\\w* tranquilles?$|coup\\w* (?:le contact|tout contact|les ponts)',
  hint: 'pas interesse\\w*|(?:n|ne)(?: [^ ]+)? interesse\\w* (?:pas|plus)|non merci|rgpd|(?:est|du|en) spam|pas insister|n insistez pas|(?:seulement|uniquement)(?: [^ ]+){0,3} (?:si|pour|quand)|(?:ecri\\w*|contact\\w*)(?: [^ ]+){0,3} (?:uniquement|seulement|que (?:pour|si|quand))|jamais (?:demande|souhaite)|rien demande|en rester la|restons en|intrusif\\w*|harcelement|indesirable\\w*|perte de temps|trop de mails|avocat|cnil|continu\\w* (?:vous |tu )?(?:a|de) (?:m|me|nous)|pourquoi(?: [^ ]+){0,4} (?:encore|toujours)|sans interet|agac\\w*|toujours (?:pas )?demande',
  other:
    '(?:je|j|nous|il|elle|on|ils) (?:[^ ]+ )?(?:ne |n )?(?:peux|pouvons|peut|ai|avons|a|recois|recevons|ecris|ecrivais|ecrivons|travaill\\w*|arrive|trouv\\w*|attend\\w*|sais)(?! (?:[^ ]+ ){0,3}(?:demande|dit|decide|envie|pas demande|marre|assez))|(?:n|ne|pas|jamais|surtout pas)(?: [^ ]+)? (?:arret\\w*|cess\\w*)(?! de me derang)|hesit\\w*|desole\\w*|pardon\\w*|excus\\w*|oubli(?:e|er|es|ez)(?! (?:moi|mon))|manquer|rater|plaisir|heureu\\w*|ravi\\w*|vous ne m avez|tu ne m(?= (?:as|ecri\\w*$))|pourquoi (?:tu |vous )?(?:ne|n)|(?<=^ )si (?:vous|tu) (?:ne|prefer\\w*)|repond\\w* simplement|(?:te|t|vous) (?:embet\\w*|derang\\w*|importun\\w*|ennuy\\w*)|(?:jamais|pas|plus) (?:recu|lu|eu|entendu)|s est plus|(?:donn\\w*|communiqu\\w*|partag\\w*)(?: [^ ]+){0,2} (?:mon|mes) (?:adresse|mail|numero)|perdre|pas encore|(?:ne |n )?(?:m|nous) (?:a|ont|as|avez) (?:pas|plus|jamais)|(?:ne )?(?:me |m )?(?:derang|embet|importun)\\w* (?:jamais|pas)|sans (?:hesit\\w*|probleme|souci|faute)|personne|(?:vous|tu) ne m (?:avez|as)|(?<=^ )(?:vous|tu) ne m ecri\\w* plus$|ne (?:me|nous) laiss\\w*|jamais (?:aussi|ete)',
  apart:
    'avant|jusqu|reunions?|lundi|mardi|mercredi|jeudi|vendredi|factures?|par (?:courrier|la poste)|(?:ancien\\w*|vieille|nouvel\\w*|mauvaise) (?:[^ ]+ )?(?:adresse|numero|mail)|adresse (?:ancienne|precedente)|numero|contrat\\w*|paragraphe|telephone|m appeler|photos?|documents?|pieces? jointes?|diapos\\w*|echantillons?|ateliers?|jury|programme|intervenants|orateurs|invites|participants|attente|agenda|cafe|copie|cc|whatsapp|fichier joint|cette (?:annee|fois|semaine)|fete|gateau|diner|repas|dejeuner|commentaire\\w*',
  threat: 'cnil|avocat|plainte|signal\\w*|spam|police|justice|bloqu\\w*',
  rate: '(?:une|un|deux)(?: fois| mails?| messages?| courriels?)* (?:par|tous les) (?:an|mois|trimestre|annee)',
  enough: 'suffi\\w*|assez|maximum|plait|svp|amplement|bien',
};

export const SPANISH: Lexicon = {
  no: 'no|nunca|jamas|ni|sin|ningun\\w*|nada de',
  more: 'mas|nunca|jamas|vuelv\\w*|volver|volvier\\w*|volvies\\w*|nuevamente|de nuevo|otra vez|otros?|adelante|en (?:el )?futuro|en lo sucesivo|ya no|ulterior\\w*|otro|proximo|un correo mas',
  write:
    'escrib(?:a|as|an|ais|e|es|en|ir|iera\\w*|iese\\w*|ame|anme|irme|irnos|iendo\\w*)|contact(?:e|es|en|ar|arme|arnos|ara\\w*|ase\\w*|ado|ada|arte|eis|ando\\w*|as|an)|molest(?:e|es|en|ar|arme|ando\\w*|eis)|incordi\\w*|comuni(?:car|carse|que|ques|quen)|(?:ponga\\w*|poner\\w*) en contacto|contacto|insist\\w*|acos\\w*|spame\\w*|buscarme',
  send: 'envi(?:e|es|en|ar|arme|arnos|andome|eis|ando|ara\\w*|as|an)|mand(?:e|es|en|ar|arme|arnos|andome|eis|ando|ara\\w*|as|an)|remit\\w*',
  mail: '(?:correos?|e?mails?|mensajes?|publicidad|comunicaciones|comunicacion|boletin\\w*|newsletters?|cartas|contacto|mails?)',
  things: 'nada|esto|estas cosas|cosas|eso|estos|estas',
  get: 'recib(?:ir|iendo|a|irlos)|saber|tener noticias|ver|leer|recibirl\\w*|que me|seguir',
  want: 'quier[oe]\\w*|dese[oea]\\w*|queremos|prefier\\w*|prefer\\w*|agradec\\w*|por favor|rueg\\w*|pid[oea]\\w*|pedir\\w*|solicit\\w*|gustaria|favor|ruego|exij\\w*|dec\\w*|dicho|interes\\w*|quisiera|ganas',
  stop: 'dej(?:e|a|en|es|ar|ad|ara\\w*|ase\\w*|aria\\w*|eis)(?: ya)? de|par(?:e|a|en|ar|ad)(?: ya)? de|ces(?:e|en|ar|ad)|absten\\w*|abstengase\\w*|termin\\w* con|ya basta|basta (?:ya|de)|hart[oa]|cansad[oa] de|no mas|ahorr\\w*|stop',
  needless:
    'no hace falta|no es necesario|no es preciso|no (?:tiene\\w*|necesit\\w*) (?:que )?|innecesari\\w*|ya no hace falta|sobran?',
  remove:
    'elimin\\w*|borr\\w*|quit\\w*|saqu\\w*|sacar\\w*|sacame|retir\\w*|supri\\w*|supresion|tach\\w*|cancelacion|de baja|desuscrib\\w*',
  me: 'me|mi|mis|nos|[^ ]+(?:me|nos|dme)|ser',
  list: '(?:(?:de|del)(?: [^ ]+){0,2} (?:lista\\w*(?: de (?:correo|distribucion|contactos|difusion))?|base\\w*|ficheros?|contactos|registros|boletin|agenda|sistema|crm))(?! (?:de|del|para) (?!(?:correo|distribucion|contactos|difusion|envio|suscriptores|e?mail)))',
  mine: '(?:mi|mis|nuestros)(?: [^ ]+){0,2} (?:datos|correo|direccion|informacion|email|nombre)|datos (?:personales|que (?:tiene|guarda)\\w* (?:sobre|de) mi)',
  less: 'menos (?:a menudo|veces|frecuen\\w*|seguido|correos|mensajes|mails)|(?:con )?menos frecuencia|no (?:tan|con tanta) (?:a menudo|seguido|frecuen\\w*)|como mucho (?:una|dos)|mas espaciad\\w*|tan a menudo|tan seguido|escrib\\w+ menos',
  out: '(?:dej\\w*)(?: [^ ]+){0,2} (?:en paz|tranquil\\w)|en paz(?! descans)|(?:darme|denme|deme|dadme|darnos|darse|dame|dar) de baja|(?:me )?(?:opongo|oponerme|oposicion)(?: [^ ]+){0,4} (?:tratamiento|uso|datos|comunicaciones)|(?:revoco|retiro)(?: [^ ]+){0,2} consentimiento|derecho (?:de|al|a la) (?:supresion|olvido|oposicion)|no (?:quiero|queremos|deseo) (?:saber|tener|mantener)(?: [^ ]+){0,2} (?:nada|contacto|relacion|mas)(?: [^ ]+){0,3}|dad[oa]s? de baja|(?:no|nunca|sin)(?: [^ ]+){0,4} (?:autoriz\\w*|consent\\w*|permis\\w*)(?: [^ ]+){0,6} (?:correos?|datos|direccion|uso|contact\\w*)|(?<=^ )(?:por favor )?(?:elimin\\w*|borr\\w*)(?:me|nos|dme)(?: por favor| gracias| ya)*$|no insist\\w*(?: mas)?$|(?:correos?|mensajes?|mails?)(?: [^ ]+){0,3} no (?:son|es) (?:bienvenid\\w*|dese\\w*|querid\\w*)|olvid\\w* (?:[^ ]+ )?de mi|prohib\\w*|(?:cortar|romper|terminar) (?:el |todo )?contacto|basta ya$',
  hint: 'no (?:me|nos) interesa\\w*|no estoy interesad\\w|sin interes|no gracias|rgpd|(?:es|son|como|puro) spam|no insist\\w*|(?:solo|solamente|unicamente)(?: [^ ]+){0,3} (?:para|si|cuando|sobre)|(?:escrib\\w*|contact\\w*)(?: [^ ]+){0,3} (?:solo|solamente|unicamente)|nunca (?:pedi|he pedido|solicite)|dejarlo (?:aqui|ahi)|dejemoslo|invasiv\\w*|acoso|no deseados?|perdida de tiempo|demasiados correos|abogado|sig(?:ue|uen|a) (?:escrib|mand|envi)\\w*|pesad[oa]|molest\\w*|sin sentido|por que(?: [^ ]+){0,3} (?:sigue\\w*|siguen|todavia|aun)',
  other:
    '(?:no )?(?:puedo|pude|podido|podemos|he|hemos|hemos|habia|recibo|recibi|escribo|escribi|trabajo|encuentro)(?! (?:[^ ]+ ){0,3}(?:pedido|dicho|decidido))|(?:no|nunca|jamas) (?:[^ ]+ )?(?:dej\\w*|par\\w*) (?:nunca )?de|(?:no )?dud\\w*|perdon\\w*|disculp\\w*|siento|lamento|olvid\\w*(?! (?:[^ ]+ )?de mi)|perder\\w*|placer|encantad\\w|vacil\\w*|te haya|haya escrito|por que (?:ya )?no|(?<=^ )si (?:ya )?no (?:dese\\w*|quier\\w*)|si prefiere|contest\\w* simplemente|(?:molest|incordi)(?:ar|e)(?:te|le|la|los|os)|(?:nunca|no|jamas) (?:[^ ]+ )?(?:recibido|leido|oido)|nos escrib(?:imos|iamos)|(?:compart|dar|des|di|pas)\\w* (?:[^ ]+ )?mi (?:direccion|correo|numero)|todavia|aun no|(?:me )?(?:ha|han|has) (?:contactado|escrito|enviado)|(?:nunca|no|jamas) (?:me )?molest(?:an|as|a)$|(?<! que )me (?:borre|di) de|sin (?:problemas?|falta|duda|compromiso)|nadie|no (?:me|nos) dej(?:an|a) (?:[^ ]+ )?(?:en paz|tranquil\\w*)',
  apart:
    'antes|hasta|reunion\\w*|lunes|martes|miercoles|jueves|viernes|facturas?|contratos?|por correo postal|antigu[oa]|viej[oa]|direccion nueva|nueva direccion|numero|taller|ponentes|oradores|invitados|asistentes|participantes|espera|fotos?|documentos?|adjuntos?|muestras|sorteo|jurado|agenda|cafe|telefono|cc|whatsapp|paquetes?|mi jefe|equipo|este (?:ano|mes)|esta (?:vez|semana)|fiesta|cena|comida|comentario\\w*',
  threat: 'denunci\\w*|aepd|abogado\\w*|spam|policia|report\\w*|bloque\\w*',
  rate: '(?:una|un|dos)(?: vez| veces| correos?| mensajes?| mails?)* (?:al|por|cada) (?:ano|mes|trimestre)',
  enough: 'bast\\w*|suficiente|favor|maximo|sobra|mucho|vale',
};

export const ITALIAN: Lexicon = {
  no: 'non|mai|niente|nessun\\w*|senza|nulla|ne|nn',
  more: 'piu|mai|altr[aoei]|ulterior\\w*|di nuovo|ancora|in futuro|nuovamente|d ora in poi|oltre|un altra|prossim\\w*',
  write:
    'scriv(?:a|ano|ete|ermi|erci|ere|imi|i|esse\\w*|iate|ermelo|erle|etemi|ami)|contatt(?:i|ate|armi|arci|are|ino|asse\\w*|ata|ato|iate|atemi|arla)|disturb(?:i|ate|armi|are|ino|atemi|arci)|importun\\w*|sentir(?:la|vi|ti)|stressar\\w*|assillar\\w*|scocciar\\w*|contatti|farsi sentire|farti sentire|insistere|sent(?:iamo|irci)|risentir\\w*|disturbat\\w|importunat\\w',
  send: 'invi(?:i|are|armi|arci|ate|ino|atemi|asse\\w*)|mand(?:i|are|armi|arci|ate|ino|atemi|asse\\w*|ami)|spedi\\w*',
  mail: '(?:e?mails?|messagg\\w+|comunicazion\\w|newsletter|pubblicita|solleciti|corrispondenza|contatt[oi]|lettere)',
  things: 'niente|nulla|questo|queste|questi|cose|roba|tutto questo|le',
  get: 'ricever\\w*|avere|leggere|vedere|essere (?:piu |ulteriormente )?(?:contattat\\w|disturbat\\w)|sentir\\w*|sapere',
  want: 'desider\\w*|voglio|vogliamo|vorrei|vorremmo|intendo|gradire\\w*|gradisco|prefer\\w*|prego|preghiamo|per favore|chied\\w*|cortes\\w*|invit\\w*|apprezz\\w*|grat[oa]|dire|dirvi|dirti|dirle|detto|pregherei|interess\\w*|ringrazier\\w*|la prego|esig\\w*|voglia',
  stop: 'smett\\w*|smetta\\w*|cess(?:i|ate|are|a)|basta(?= (?:con|di|e?mail|messagg\\w*|quest\\w|comunicaz\\w*|davvero))|piant\\w*|interromp\\w*|finitela|astener\\w*|asteng\\w*|stop|stuf\\w+|stanc[oa] di|la smetta|smettila|evit(?:i|ate|are)|risparmi\\w*|abbastanza|ne ho (?:le )?(?:tasche piene|abbastanza)',
  needless:
    'non (?:serve|occorre|c e bisogno|e necessario|e piu necessario|importa)|inutile|non (?:ha|hai|avete) bisogno|superflu\\w*|non ce bisogno',
  remove:
    'cancell\\w*|rimuov\\w*|rimozione|rimoss\\w|togl\\w*|tolg\\w*|tolt\\w|elimin\\w*|lev(?:i|ate|ami|atemi)|depenn\\w*|disiscri\\w*|cancellazione',
  me: 'mi|ci|[^ ]+(?:mi|ci|temi|teci)|il mio|la mia|i miei|essere|esser',
  list: '(?:(?:da|dal|dalla|dalle|dall|dai|della|delle|di)(?: [^ ]+){0,2} (?:list[ae]|mailing list|mailing|archivi\\w*|database|elenc\\w+|rubrica|contatti|newsletter|sistema|indirizzario|crm))(?! (?:dei|della|del|degli|per|di) (?!(?:posta|distribuzione|invio|contatti|mail|per favore)))',
  mine: '(?:mio|mia|miei|mie)(?: [^ ]+){0,2} (?:indirizzo|e?mail|dati|nominativo|contatt[oi]|informazioni)|dati personali',
  less: 'meno spesso|meno (?:frequent\\w*|mail|messaggi|email)|(?:con )?minor(?:e)? frequenza|non (?:cosi|troppo) spesso|piu di rado|piu raramente|al massimo (?:una|due)|meno di frequente|scriv\\w+ meno',
  out: '(?:lasci\\w*|lasciami|lasciatemi)(?: [^ ]+){0,3} (?:in pace|stare)|(?:mi|ci) lasci\\w*(?: [^ ]+){0,2} (?:in pace|stare)|(?:oppongo|opporre|opposizione)(?: [^ ]+){0,5} (?:trattamento|uso|dati)|(?:revoco|ritiro)(?: [^ ]+){0,2} consenso|diritto (?:alla cancellazione|all oblio|di opposizione)|disiscriv\\w*(?:mi|temi)|(?:vorrei|voglio|desidero|chiedo di) (?:disiscrivermi|cancellarmi|disdire)|(?:non )?(?:voglio|desidero)(?: [^ ]+){0,2} (?:piu )?(?:saperne|avere contatti)|(?:non|mai|senza)(?: [^ ]+){0,4} (?:autorizz\\w*|acconsent\\w*|consenso|permesso)(?: [^ ]+){0,6} (?:dati|mail|indirizzo|contatt\\w*)|(?<=^ )(?:per favore |cortesemente )?(?:cancella(?:mi|temi|teci)|rimuov(?:imi|etemi))(?: (?:per favore|grazie|subito))*$|non insist\\w*(?: oltre)?$|(?:mail|messagg\\w+|comunicazion\\w)(?: [^ ]+){0,3} non (?:sono|e) (?:[^ ]+ )?(?:gradit\\w|benvenut\\w|desiderat\\w)|(?:mi dimentich\\w+|dimenticat\\w+ di me|si dimentichi di me)|diffid\\w*|proibisc\\w*|viet[oa]|(?:interrompere|chiudere|troncare) (?:i |ogni )?contatt\\w|niente (?:piu )?mail',
  hint: 'non (?:mi|ci) interess\\w*|non sono interessat\\w|no grazie|gdpr|(?:e|sono|come|puro) spam|non insist\\w*|(?:solo|soltanto|esclusivamente)(?: [^ ]+){0,3} (?:per|se|quando)|(?:scriv\\w*|contatt\\w*)(?: [^ ]+){0,3} (?:solo|soltanto)|mai (?:chiesto|richiesto)|chiudere qui|finiamola|invadent\\w*|molest\\w*|indesiderat\\w*|perdita di tempo|troppe mail|avvocato|garante|continu\\w* a (?:scriv|mand|invi)\\w*|fastidi\\w*|inutile|perche(?: [^ ]+){0,3} (?:ancora|sempre|continu\\w*)|(?<=^ )(?:adesso |ora )?basta$|(?<=^ )basta (?:scriver|mandar|contattar)(?:mi|ci)$',
  other:
    '(?:posso|potuto|riesco|riuscit\\w|ho|abbiamo|ricevo|riceviamo|scrivo|lavoro|trovo|so)(?! (?:[^ ]+ ){0,3}(?:chiesto|detto|deciso|voglia|abbastanza|bisogno di queste))|(?:non|mai) (?:[^ ]+ )?(?:smett\\w*|cess\\w*|piant\\w*) (?:mai )?(?:di)?|esit\\w*|scus\\w*|mi dispiace|perdon\\w*|(?<! mi )dimentic\\w*(?! di me)|perder\\w*|piacere|felic\\w (?:di|che|per)|basta che|mi farai|perche non (?:mi )?scriv\\w*|(?<=^ )se (?:non desider|preferisc)\\w*|rispond\\w* semplicemente|(?:disturb|importun|assill)ar(?:ti|la|vi|le)|mai (?:ricevut\\w|lett\\w|sentit\\w)|ci scriv\\w+ piu|(?:dare|dia|da) (?:[^ ]+ )?mio indirizzo|perd\\w+|(?:ha|hanno|hai|avete) (?:ancora |mai |piu )?(?:contattat\\w|scritt\\w|mandat\\w|inviat\\w)|non (?:mi )?disturb\\w* mai|mai disturb\\w*|mi sono|senza (?:problemi|esitare|impegno|fretta)|nessuno|non (?:mi|ci) lasci(?:ano|a)',
  apart:
    'prima|fino|riunione|lunedi|martedi|mercoledi|giovedi|venerdi|fattur\\w|per posta|vecchi[oa]|nuovo (?:indirizzo|numero)|numero|contratt\\w|foto|allegat\\w|campioni|logo|pasta|relatori|invitati|partecipanti|attesa|giuria|paragrafo|document\\w|slide|caffe|telefono|cc|whatsapp|capo|pacc\\w|per ora|quest anno|questa (?:volta|settimana)|festa|cena|pranzo|comment\\w*',
  threat: 'segnal\\w*|garante|avvocato|denunci\\w*|spam|querel\\w*|blocc\\w*',
  rate: '(?:una|un|due)(?: volt[ae]| mail| messagg\\w+)* (?:all|l|al|ogni) ?(?:anno|mese|trimestre)',
  enough: 'bast\\w*|sufficiente|massimo|favore|avanza',
};

export const PORTUGUESE: Lexicon = {
  no: 'nao|nunca|jamais|nem|sem|nenhum\\w*|nada de',
  more: 'mais|nunca|jamais|volt\\w*|novamente|de novo|outra vez|outras?|outros?|futuro|doravante|de agora em diante|jamais|ulterior\\w*|daqui em diante|mais um|proximo',
  write:
    'escrev(?:a|am|as|er|erem|eres|e|endo|esse\\w*|ermos|erme)|conta(?:c)?t(?:e|em|es|ar|arem|ares|asse\\w*|ado|ada|eis|ando)|incomod(?:e|em|es|ar|arem|ando)|procur(?:e|em|es|ar)|(?:entr\\w*|manter) em conta(?:c)?to|conta(?:c)?to|importun\\w*|chate\\w*|perturb\\w*|assedi\\w*',
  send: 'envi(?:e|em|es|ar|arem|ares|ando|asse\\w*)|mand(?:e|em|es|ar|arem|ares|ando|asse\\w*)|remet\\w*',
  mail: '(?:e?mails?|mensagens|mensagem|comunicacoes|conta(?:c)?tos?|newsletters?|publicidade|correspondencia|cartas)',
  things: 'nada|isto|isso|coisas|estes|esses|destes|disto|disso',
  get: 'receb(?:er|endo|a|am)|ter|ler|ver|saber|ser (?:mais )?(?:conta(?:c)?tad\\w|incomodad\\w)|ouvir',
  want: 'quer[oe]?\\w*|desej\\w*|pretend\\w*|gostaria|gostava|prefer\\w*|prefir\\w*|agradec(?:o|ia|emos|eria)\\w*|por favor|pec[oa]\\w*|ped\\w*|solicit\\w*|favor|dizer|disse|interes\\w*|exij\\w*|obrigad\\w|queria|rogo|vontade',
  stop: 'par(?:e|em|a|ar|es|asse\\w*)(?: ja)? (?:de|com)|deix(?:e|em|ar|es|a|asse\\w*) de|cess(?:e|em|ar)|chega de|ja chega|basta de|absten\\w*|abster|fart[oa]|cansad[oa] de|stop|poup\\w*|acab(?:e|em) com',
  needless:
    'nao (?:e )?(?:preci\\w*|necessari\\w*|necessit\\w*|vale a pena|ha necessidade|ha razao)|escusa\\w*|desnecessari\\w*|dispens\\w*|nao faz falta',
  remove:
    'remov\\w*|retir\\w*|tir(?:e|em|ar|a|es)\\w*|exclu\\w*|exclusao|elimin\\w*|eliminacao|apag\\w*|sair|risc\\w*|descadastr\\w*|remocao',
  me: 'me|nos|meu|minha|meus|minhas|nome|sair|ser',
  list: '(?:(?:da|de|do|das|desta|dessa|dos)(?: [^ ]+){0,2} (?:listas?(?: de (?:e?mail|distribuicao|contactos|contatos|correio))?|base\\w*|cadastro|conta(?:c)?tos|mailing|registr?os|newsletter|sistema|crm))(?! (?:da|do|dos|das|de|para) (?!(?:e?mail|correio|distribuicao|conta(?:c)?tos|envio)))',
  mine: '(?:meu|meus|minha|minhas)(?: [^ ]+){0,2} (?:e?mail|endereco|dados|conta(?:c)?to|informacoes|nome)|dados pessoais',
  less: 'menos (?:vezes|frequen\\w*|e?mails|mensagens|regularidade)|(?:com )?menos frequencia|nao (?:tao|tanto|com tanta) (?:frequen\\w*|vezes)|no maximo (?:uma|duas)|tantas vezes|mais espacad\\w*|escrev\\w+ menos',
  out: '(?:deix\\w*|larg\\w*)(?: [^ ]+){0,2} em paz|me deix\\w* (?:[^ ]+ )?em paz|(?:oponho|oposicao|opor)(?: [^ ]+){0,4} (?:tratamento|uso|dados|utilizacao)|(?:revogo|retiro)(?: [^ ]+){0,2} consentimento|direito (?:ao esquecimento|de oposicao|ao apagamento)|(?:cancel\\w*|anul\\w*)(?: [^ ]+){0,2} (?:inscricao|subscricao|assinatura)(?: da newsletter| por favor)?$|nao quero(?: [^ ]+){0,2} (?:mais )?(?:saber|conta(?:c)?to|conversa)|descadastr\\w* me|me descadastr\\w*|(?:nao|nunca|sem)(?: [^ ]+){0,4} (?:autoriz\\w*|consent\\w*|permit\\w*|permissao)(?: [^ ]+){0,6} (?:dados|e?mails?|endereco|conta(?:c)?to)|nao insist\\w*(?: mais)?$|(?:e?mails?|mensagens|contactos?)(?: [^ ]+){0,3} nao sao (?:bem ?vind\\w*|bem vind\\w*|desejad\\w*)|esquec\\w* (?:me|de mim)|proibo\\w*|(?:cortar|terminar|encerrar) (?:o |todo o )?conta(?:c)?to',
  hint: 'nao (?:me interessa\\w*|tenho interesse|estou interessad\\w)|sem interesse|nao obrigad\\w|lgpd|rgpd|(?:e|sao|como|puro) spam|nao insist\\w*|(?:so|somente|apenas|unicamente)(?: [^ ]+){0,3} (?:para|se|quando|sobre)|(?:escrev\\w*|conta(?:c)?t\\w*)(?: [^ ]+){0,3} (?:apenas|somente|so)|nunca (?:pedi|solicitei)|ficar por aqui|fiquemos|invasiv\\w*|assedio|indesejad\\w*|perda de tempo|demasiados e?mails|advogado|continu\\w* a (?:escrev|mand|envi)\\w*|chato|incomod\\w*|inutil|por que(?: [^ ]+){0,3} (?:ainda|sempre|continu\\w*)',
  other:
    '(?:consegu\\w*|posso|pude|podemos|recebo|recebi|escrevo|escrevi|escrevemos|tenho|tive|ter escrito|trabalho|encontro)(?! (?:de |que )?(?:[^ ]+ ){0,3}(?:dizer|pedir|interesse|pedido))|(?:nao|nunca|jamais) (?:[^ ]+ )?(?:par\\w*|deix\\w*) (?:nunca )?(?:de)|hesit\\w*|desculp\\w*|perdo\\w*|lamento|esquec\\w*(?! (?:me|de mim))|perder|prazer|(?:fico|estou|sou) (?:[^ ]+ )?feliz|duvid\\w*|acanh\\w*|por que nao (?:me )?escrev\\w*|(?<=^ )se (?:nao quiser|preferir)|respond\\w* apenas|(?:te|vos|o|a) (?:[^ ]+ )?(?:incomodar|chatear|perturbar|importunar)|(?:incomodar|chatear|perturbar) (?:te|vos|o|a)|nos escrev\\w+|(?:partilh\\w*|compartilh\\w*|de|des) (?:o )?meu (?:endereco|e?mail|numero)|(?:nunca|nao) (?:[^ ]+ )?(?:recebi|li|ouvi)|ainda (?:nao|me nao)|contactou|escreveu|enviou|nunca (?:me )?incomod\\w*$|sem (?:problemas?|falta|compromisso|pressa)|sai de|ninguem|te agradeci|nao (?:me|nos) deix(?:am|a)',
  apart:
    'antes|ate|reuniao|segunda|terca|quarta|quinta|sexta|faturas?|por correio|antig[oa]|velh[oa]|novo (?:endereco|e?mail|numero)|numero|contratos?|fotos?|anexos?|amostras|versao|paragrafo|oradores|palestrantes|convidados|participantes|espera|oficina|juri|documentos?|cafe|telefone|cc|whatsapp|pacotes?|este (?:ano|mes)|esta (?:vez|semana)|desta vez|festa|jantar|almoco|comentario\\w*',
  threat: 'denunci\\w*|advogado|spam|policia|cnpd|anpd|bloque\\w*|queixa',
  rate: '(?:uma|um|duas|dois)(?: vez(?:es)?| e?mails?| mensage\\w+)* (?:por|ao) (?:ano|mes|trimestre)',
  enough: 'chega|basta|suficiente|favor|maximo',
};
