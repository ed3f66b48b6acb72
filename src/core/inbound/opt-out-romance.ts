import type { Tongue } from './opt-out-tongue.js';

const FR_MAIL =
  '(?:e?mails?|messages?|courriels?|courriers?|newsletters?|relances?|envois?|communications?|sollicitations?|publicites?|demarchages?|demarchage|prise de contact|contacts?|felicitations)';
export const FRENCH: Tongue = {
  thoughts: [
    [
      ' (?:merci|priere|veuillez|svp|demande|souhaite)(?: de)? ne pas (?:me|m|nous) (?:re)?(?:contact\\w*|ecri\\w*|sollicit\\w*|relanc\\w*)(?: svp| merci)? $',
    ],
    [
      ' (?:ne|n|de ne|jamais) ',
      ' (?:plus|jamais) ',
      ' (?:m|me|nous)(?: [^ ]+)? (?:ecri\\w*|contact\\w*|recontact\\w*|sollicit\\w*|relanc\\w*|importun\\w*|derang\\w*|harcel\\w*|envoy\\w*|adress\\w*|spam\\w*) ',
    ],
    [' prefer\\w* ', ' ne ', ' plus ', ' (?:ecriv\\w*|contact\\w*|envoy\\w*|recevoir) '],
    [
      ' ne ',
      ' plus ',
      ' (?:recevoir|etre (?:contact\\w*|sollicit\\w*|relanc\\w*|derang\\w*|destinataire)|vous lire|avoir de vos) ',
      ' (?:souhait\\w*|veu\\w*|voul\\w*|voudr\\w*|desir\\w*|aimer\\w*|merci|priere|demand\\w*|prefer\\w*) ',
    ],
    [' ne ', ' plus ', ` (?:souhait\\w*|veu\\w*|voul\\w*|desir\\w*)(?: [^ ]+){0,4} ${FR_MAIL} `],
    [
      ' (?:souhait\\w*|veu\\w*|voul\\w*|desir\\w*) ',
      ' (?:pas|plus) (?:etre|que (?:vous|tu) me) (?:contact\\w*|sollicit\\w*|demarch\\w*|relanc\\w*|ecri\\w*) ',
    ],
    [
      '^ (?:merci )?plus (?:de|d|aucun)(?: [^ ]+)? (?:e?mails?|messages?|courriels?|relances?)(?: (?:svp|s il .*|merci|de votre part|de ta part))? $| stop aux ',
    ],
    [
      ' (?:arret\\w*|cess\\w*|stop\\w*) ',
      ` (?:de (?:m|me|nous)|d) (?:ecri\\w*|envoy\\w*|contact\\w*|relanc\\w*|harcel\\w*|spam\\w*|adress\\w*) | (?:ces|vos|tes|les|tout|tous|toute)(?: [^ ]+)? ${FR_MAIL} `,
    ],
    [
      ' (?:retir\\w*|enlev\\w*|supprim\\w*|ray\\w*|sort\\w*|ot\\w*|effac\\w*|radi\\w*|vir\\w*) ',
      ' (?:moi|me|m|nous|mon|mes|mes? [^ ]+) ',
      ' (?:listes?|diffusion|base\\w*|fichiers?|contacts?|repertoire|mailing|carnet|newsletter) ',
    ],
    [
      ' (?:supprim\\w*|effac\\w*|retir\\w*|enlev\\w*|effacement|suppression) ',
      ' (?:mon|mes|ma|notre|toutes mes|de mes)(?: [^ ]+)? (?:adresse|donnees|e?mail|mail|coordonnees|contact|nom|informations) ',
    ],
    [
      ' (?:souhait\\w*|voudr\\w*|veux|desir\\w*|demand\\w*|aimer\\w*) ',
      ' (?:etre|d etre) (?:retire\\w*|enleve\\w*|supprime\\w*|raye\\w*|desabonne\\w*|desinscrit\\w*|efface\\w*)(?: $| de (?:la|votre|vos|cette)(?: [^ ]+)? (?:listes?|base|fichiers?|diffusion|newsletter) )',
    ],
    [' (?:desabonn\\w*|desinscri\\w*) ', ' (?:me|moi|m|nous|veuillez|voulez|merci|de|svp|desire\\w*) '],
    [
      ' (?:inutile|pas la peine|pas besoin) de (?:me|nous|m) (?:relancer|recontacter|reecrire|ecrire|contacter)',
    ],
    [
      ' (?:je|nous)(?: [^ ]+){0,2} (?:oppos\\w*|refus\\w*|interdis\\w*) ',
      ` (?:${FR_MAIL}|(?:utiliser|garder|conserver) mon adresse|m ecrire|me contacter|traitement|utilisation|prospection|nouvelle prise de contact) `,
    ],
    [
      ' (?:jamais|pas|retire|revoque) ',
      ' (?:accord|consentement|consenti|autoris\\w*) ',
      ' (?:mails?|recevoir|donnees|adresse|contact\\w*|consentement) ',
    ],
    [' ne (?:pas|plus) insister $'],
    [' (?:laiss\\w*|fich\\w*|fout\\w*)(?: moi| nous) (?:tranquilles?|en paix|la paix) $'],
    [' c est du (?:spam|harcelement) '],
  ],
  throughout: [
    [
      ' (?:si vous m ecrivez|si vous me|encore un|prochain (?:mail|message)|un mail de plus|nouveau message) ',
      ' (?:cnil|avocat|plainte|signal\\w*|spam|police|justice)',
    ],
  ],
  hints: [' pas interesse\\w*', ' non merci', ' rgpd ', ' spam ', ' pas insister'],
  spared:
    ' (?:avant|jusqu|pourquoi|hesit\\w*|rater|manquer|reunion|mardi|mercredi|jeudi|facture|par courrier|ancienne adresse|contrat|paragraphe|telephone|m appeler|doute|questions?|attendre|(?:si|des que) (?:vous|tu) ne|(?:envoy\\w*|adress\\w*) plus (?:de|d|le|la|les) (?!e?mails?|messages?|courriels?|courriers?|newsletters?|relances?|publicites?|sollicitations?)[^ ]+|pour (?:vous|te|ne plus)|je (?:ne )?peux|je n ai (?:pas|plus)|vous ne m avez|tu ne m as|n arret\\w*|pas arreter|lyon|ateliers?|jury|du programme|diapositive|intervenants|orateurs|invites|participants|mon chef|je ne recois|je n ai plus recu|cc)(?= )',
};

const ES_MAIL =
  '(?:correos?|e?mails?|mensajes?|publicidad|comunicaciones|boletines|newsletters?|felicitaciones|recordatorios)';
const ES_WRITE = '(?:escrib\\w*|escriba\\w*|contact\\w*|envi\\w*|mand\\w*|molest\\w*)';
export const SPANISH: Tongue = {
  thoughts: [
    [
      '^ (?:por favor )?no (?:me|nos) (?:envi|mand)\\w+ (?:correos|mensajes|publicidad|nada|e?mails)(?: por favor| gracias)? $',
    ],
    [
      ' (?:no|nunca|ni) ',
      ' (?:mas|nada mas|nunca mas|vuelv\\w*|volver) ',
      ` (?:me|nos)(?: [^ ]+){0,2} ${ES_WRITE} | ${ES_WRITE}?(?:escribir|contactar|enviar|mandar|molestar|escriba|escribas)(?:me|nos)? `,
    ],
    ['^ (?:por favor |ya )*no me (?:escrib\\w*|contact\\w*|molest\\w*) $'],
    [
      ' no ',
      ' (?:quier\\w*|dese\\w*|queremos|prefier\\w*|interes\\w*) ',
      ` (?:recib\\w*|que me (?:escrib\\w*|contact\\w*|envi\\w*|mand\\w*|llam\\w*)|mas ${ES_MAIL}) `,
    ],
    [' prefier\\w* ', ' no ', ' (?:recib\\w*|que me) '],
    [` (?:no|basta de|ni) (?:mas )?${ES_MAIL}`, ' (?:no mas|basta de|ni un) '],
    [
      ' (?:dej\\w*|par\\w*|ces\\w*|absten\\w*|termin\\w*|dejar\\w*) ',
      ' de ',
      ` (?:escribir\\w*|enviar\\w*|contactar\\w*|mandar\\w*|molestar\\w*|spamear\\w*|recibir) `,
    ],
    [
      ' (?:elimin\\w*|borr\\w*|quit\\w*|saqu\\w*|sacar\\w*|retir\\w*|supri\\w*|tach\\w*) ',
      ' (?:lista|listas|base|fichero|ficheros|contactos|registros|boletin) ',
      ' (?:[^ ]+(?:me|nos|dme)|mi|mis|me) ',
    ],
    [
      ' (?:quiero|deseo|solicito|pido) ',
      ' (?:ser|que me) (?:eliminad\\w|borrad\\w|dad\\w de baja|retirad\\w|eliminen|borren|quiten|saquen)(?= $| (?:ya|por favor|gracias) | de (?:su|la|tu|esta|sus)(?: [^ ]+)? (?:lista|listas|base|registros|contactos) )',
    ],
    [' no (?:quiero|queremos) saber (?:nada )?mas '],
    ['^ (?:por favor )?(?:elimin\\w*|borr\\w*)(?:me|nos|dme)(?: por favor| gracias| ya)? $'],
    [
      ' (?:elimin\\w*|borr\\w*|supresion|suprim\\w*|cancelacion) ',
      ' (?:mi|mis)(?: [^ ]+)? (?:datos|correo|direccion|informacion|email) ',
    ],
    [' (?:de )?baja ', ' (?:dar\\w*|de[nm]?\\w*|dadme|dad|denme|demen|darse) '],
    [' cancel\\w* ', ' (?:mi|la) suscripcion $'],
    [' (?:opongo|oposicion|revoco|retiro) ', ' (?:tratamiento|consentimiento|datos|uso) '],
    [
      ' (?:no|nunca) ',
      ' (?:autoriz\\w*|consent\\w*|permis\\w*) ',
      ' (?:correo|datos|direccion|uso|contact\\w*) ',
    ],
    [' (?:dejeme|dejenme|dejame|dejadme)(?: [^ ]+)? (?:en paz|tranquil\\w) '],
    [' no insist\\w*(?: mas)? $'],
  ],
  throughout: [
    [
      ' (?:si (?:me )?vuelv\\w*|otro correo|un correo mas|proximo correo|la proxima vez) ',
      ' (?:denunci\\w*|aepd|abogado\\w*|spam|policia|report\\w*) ',
    ],
  ],
  hints: [' no me interesa', ' no gracias', ' rgpd ', ' spam '],
  spared:
    ' (?:antes|hasta|por que|perder\\w*|reunion|martes|miercoles|factura|contrato|por correo postal|antigua|dud\\w*|no dej\\w*|hablar|taller|ponentes|oradores|invitados|asistentes|participantes|espera|mi jefe|todavia|pasa algo|ya no recibo|(?:envi\\w*|mand\\w*) mas (?!(?:correos?|e?mails?|mensajes?|publicidad|nada|cosas|informacion|comunicaciones|por|gracias|de) )[^ ]+|(?:no )?(?:puedo|pude|podido)|he recibido|si (?:ya )?no (?:dese\\w*|quier\\w*)|para (?:darse|cancelar|dejar)|jefe|primer|equipo|preguntas|llame|cc)(?= )',
};

const IT_MAIL = '(?:e?mails?|messaggi\\w?|comunicazion\\w|newsletter|pubblicita|auguri|solleciti)';
const IT_WRITE = '(?:scriv\\w*|contatt\\w*|invi\\w*|mand\\w*|disturb\\w*|import\\w*|mandi\\w*)';
export const ITALIAN: Tongue = {
  thoughts: [
    [
      '^ (?:per favore )?non (?:mi|ci) (?:mand|invi)\\w+ (?:e?mails?|messaggi|nulla|niente|pubblicita)(?: per favore| grazie)? $',
    ],
    [
      ' non ',
      ' (?:piu|altr[aoei]|ulterior\\w*|mai piu|niente) ',
      ` (?:mi|ci)(?: [^ ]+)? ${IT_WRITE} | ${IT_WRITE}?(?:scriver|contattar|inviar|mandar|disturbar|invia|scriv|contatta|manda)(?:mi|ci|temi|teci) `,
    ],
    [
      '^ (?:per favore |la prego )*non (?:mi|ci) (?:scriva\\w*|scrivete|contatti|contattate|mandi|mandate)(?: grazie)? $',
    ],
    [
      '^ (?:per favore |vi prego di |la prego di )?non (?:contattarmi|contattatemi|scrivermi|scrivetemi)(?: piu)? $',
    ],
    [
      ' non ',
      ` (?:desider\\w*|voglio|vogliamo|vorrei|intendo|gradire\\w*|gradisco|prefer\\w*) `,
      ` (?:ricevere|esser\\w* (?:piu )?contattat\\w*|sentirvi) `,
      `(?: (?:piu|altr\\w|ulterior\\w*|contattat\\w*|vostre|sue|queste)| ${IT_MAIL}) `,
    ],
    [
      ` non (?:desider\\w*|voglio|vogliamo|vorrei) (?:piu )?(?:altr\\w|ulterior\\w*|piu|vostr\\w|queste) ${IT_MAIL}`,
    ],
    [` (?:basta|niente piu|stop)(?: (?:con|di|a|alle))?(?: (?:le|queste|questi|i|altre))? ${IT_MAIL}`],
    [
      ' (?:smett\\w*|smetta|cess\\w*|basta|piant\\w*|interromp\\w*) ',
      ' (?:di|con) ',
      ` (?:scriver\\w*|mandar\\w*|contattar\\w*|inviar\\w*|disturbar\\w*|${IT_MAIL}) `,
    ],
    [
      ' (?:cancell\\w*|rimuov\\w*|togl\\w*|elimin\\w*|tolga\\w*) ',
      ' (?:[^ ]+(?:mi|ci|temi|teci)|mi|ci|il mio|la mia|i miei) ',
      ' (?:list\\w*|mailing|archivi\\w*|database|elenco|elenchi|rubrica|contatti|newsletter) ',
    ],
    [
      ' (?:cancell\\w*|rimuov\\w*|rimozione|elimin\\w*|cancellazione) ',
      ' (?:mio|mia|miei|mie)(?: [^ ]+)? (?:indirizzo|e?mail|dati|iscrizione|nominativo|contatto|contatti) ',
    ],
    [
      ' (?:desider\\w*|vorrei|voglio|chiedo|gradirei) ',
      ' (?:di )?esser\\w* (?:rimoss\\w|cancellat\\w|tolt\\w|eliminat\\w)(?: $| da\\w* (?:vostr\\w |su\\w )?(?:[^ ]+ )?(?:list\\w|mailing|database|archivi\\w*|elenco) )',
    ],
    [
      '^ (?:per favore |cortesemente )?(?:disiscriv\\w*|cancella(?:mi|temi|teci)|rimuov(?:imi|etemi))(?: (?:per favore|grazie|subito))* $| disiscriv\\w*(?:mi|temi) ',
    ],
    [' (?:oppongo|revoco|ritiro|opposizione) ', ' (?:trattamento|consenso|dati|uso) '],
    [
      ' (?:non|mai) ',
      ' (?:autorizz\\w*|acconsent\\w*|consenso|permesso) ',
      ' (?:dati|mail|indirizzo|contatt\\w*) ',
    ],
    [' (?:mi|ci) lasci\\w* in pace | lascia(?:temi|mi|teci) (?:in pace|stare) '],
    [' non insist\\w* $'],
  ],
  throughout: [
    [
      ' (?:un altra|ancora una|la prossima) (?:e?mail|volta) | se mi (?:riscriv\\w*|scriv\\w* ancora) ',
      ' (?:segnal\\w*|garante|avvocato|denunci\\w*|spam|querel\\w*) ',
    ],
  ],
  hints: [' non mi interessa', ' non sono interessat\\w', ' no grazie', ' gdpr ', ' spam '],
  spared:
    ' (?:prima|fino|perche|perder\\w*|perdermi|riunione|martedi|mercoledi|fattura|per posta|vecchio|esit\\w*|non smett\\w*|capo|per ora|paragrafo|domande|cosi|(?:mand\\w*|invi\\w*) (?:piu|altr\\w|ulterior\\w*) (?!(?:e?mails?|messagg\\w*|comunicazion\\w|pubblicita|newsletter|niente|nulla|per|grazie|di|cose) )[^ ]+|ricevo|riesco|posso|potuto|(?:mi )?hai|aspettare|se non (?:desider\\w*|vuo\\w*)|per (?:cancellarsi|disiscriversi)|logo|pasta|relatori|invitati|partecipanti|lista d attesa|giuria|cc)(?= )',
};

const PT_MAIL =
  '(?:e?mails?|mensagens|mensagem|comunicacoes|contactos?|contatos?|newsletters?|publicidade|parabens)';
const PT_WRITE = '(?:escrev\\w*|contact\\w*|contat\\w*|envi\\w*|mand\\w*|incomod\\w*|procur\\w*|volt\\w* a)';
export const PORTUGUESE: Tongue = {
  thoughts: [
    [
      '^ (?:por favor )?nao (?:me|nos) (?:envi|mand|escrev|contact|contat)\\w+(?: (?:e?mails|mensagens|publicidade|nada))?(?: por favor| obrigad\\w)? $',
    ],
    [
      ' nao ',
      ' (?:mais|mais nada|volt\\w*|nunca mais|novamente|de novo|outra vez) ',
      ` (?:me|nos|comigo)(?: [^ ]+){0,2} ${PT_WRITE} | ${PT_WRITE}(?: me| nos| comigo)? `,
      ' (?:me|nos|comigo|enviem|envie|mande|escreva|escrevam|contactem) ',
    ],
    [' nao ', ' entr\\w*(?: mais)? em conta(?:c)?to '],
    [
      ' (?:nao|deixar de) ',
      ' (?:quer\\w*|desej\\w*|pretend\\w*|gostaria|gostava|prefer\\w*|agradec\\w*|deixar de) ',
      ` (?:receb\\w*|ser(?: mais)? conta(?:c)?tad\\w*|${PT_MAIL}) `,
      `(?: (?:mais|seus|suas|vossos|vossas|estes|esses|conta(?:c)?tad\\w*)| ${PT_MAIL}) `,
    ],
    [` (?:chega de|basta de|nao mais|sem mais) ${PT_MAIL}`],
    [
      ' (?:pare|parem|para|deixe|deixem|cesse|cessem) ',
      ' (?:de|com) ',
      ' (?:me |nos )?(?:enviar|escrever|mandar|contactar|contatar|incomodar|receber|estes e?mails|esses e?mails|os e?mails|as mensagens) ',
    ],
    [
      ' (?:remov\\w*|retir\\w*|tir\\w*|exclu\\w*|elimin\\w*|apag\\w*|sair|cancel\\w*) ',
      ' (?:me|nos|meu|minha|nome|sair|lo|meus) ',
      ' (?:listas?|base|cadastro|contatos|contactos|mailing|registos|registros|newsletter) ',
    ],
    [
      ' (?:quero|gostaria|desejo|peco|queria) ',
      ' (?:de )?ser (?:removid\\w|retirad\\w|excluid\\w|apagad\\w|eliminad\\w)(?: $| da\\w* (?:sua |vossa )?(?:[^ ]+ )?(?:listas?|base|mailing|cadastro) )',
    ],
    [' (?:sair|saia) ', ' (?:da|desta|dessa) lista '],
    [
      ' (?:remov\\w*|exclu\\w*|elimin\\w*|apag\\w*|exclusao|eliminacao) ',
      ' (?:meu|meus|minha|minhas)(?: [^ ]+)? (?:e?mail|endereco|dados|contacto|contato|nome|informacoes) ',
    ],
    [' (?:descadastr\\w*) ', ' (?:me|meu|favor|por|quero) '],
    [' (?:cancel\\w*|anul\\w*) ', ' (?:minha )?(?:inscricao|subscricao|assinatura) $'],
    [' (?:oponho|revogo|retiro|oposicao) ', ' (?:tratamento|consentimento|dados|uso) '],
    [
      ' (?:nao|nunca) ',
      ' (?:autoriz\\w*|consent\\w*|permit\\w*) ',
      ' (?:dados|e?mail|endereco|contacto|contato) ',
    ],
    [' (?:deixe|deixem|deixa)(?: me| nos)? em paz '],
  ],
  throughout: [
    [
      ' (?:se (?:me )?volt\\w*|mais um e?mail|proximo e?mail|da proxima vez) ',
      ' (?:denunci\\w*|advogado|spam|policia|cnpd|anpd|report\\w*) ',
    ],
  ],
  hints: [' nao (?:me interessa|tenho interesse|estou interessad\\w)', ' nao obrigad\\w', ' lgpd ', ' spam '],
  spared:
    ' (?:antes|ate|por que|porque|perder|reuniao|terca|quarta|fatura|por correio|antigo|hesit\\w*|nao pare\\w*|chefe|ainda|paragrafo|perguntas|ja nao recebo|(?:envi\\w*|mand\\w*) mais (?!(?:e?mails?|mensage\\w*|comunicac\\w*|publicidade|nada|coisas|por|obrigad\\w) )[^ ]+|consegu\\w*|posso|pude|escreveu|esperar|(?:se|caso) nao|para (?:cancelar|anular)|versao|ligue|oradores|palestrantes|convidados|participantes|oficina|juri|cc)(?= )',
};
