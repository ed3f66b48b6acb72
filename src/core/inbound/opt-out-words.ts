import { wholeWords } from './auto-sentences.js';
import { plainLetters } from './opt-out-tongue.js';

/** The whole message is no more than this, with or without a courtesy; matched without accents. */
const BARE = [
  'no more|no more mails?|stop|stop it|stop this|unsubscribe|unsubscribed|opt(?:ing)?[- ]out|remove|remove from list|take off|delete me|cancel subscription|end|quit|leave me alone|do not contact|no thanks no more|enough',
  'abmelden|abmeldung|abbestellen|austragen|stopp|keine mails mehr|keine e-?mails mehr|nicht mehr|bitte nicht mehr|löschen|aufhören|hör auf|hören sie auf|kein interesse bitte keine mails mehr',
  "désabonner|désabonnement|désinscription|désinscrire|se désabonner|me désabonner|stop svp|plus de mails?|plus d[’']e-?mails?|ça suffit|arrêtez|arrête",
  'darse de baja|darme de baja|baja|dar de baja|no más|no mas|no más correos|cancelar (?:la |mi )?suscripción|remover|eliminar|basta',
  'cancellami|cancellatemi|cancellazione|cancellare|basta|disiscrivimi|disiscrizione|rimuovimi|rimuovere|basta mail|niente più mail',
  'descadastrar|descadastre|descadastramento|cancelar inscrição|cancelar subscrição|sair|chega|remover|anular subscrição|não mais|parem',
  'uitschrijven|afmelden|afmelding|geen mails meer|geen e-?mails meer|stoppen|niet meer',
  'avregistrera|avregistrering|avsluta prenumeration|sluta|avprenumerera|inga fler mejl|inga fler mail|afmeld|avmeld|stop venligst|ingen flere mails|slutt|lopeta|peruuta tilaus|ei enää',
  'wypisz|wypisać|wypisz mnie|rezygnuję|stop proszę|nie pisz|proszę nie pisać|odhlásit|odhlaste mě|již ne|dost|отписаться|отпишите|отписка|стоп|хватит|больше не надо|abonelikten çık|abonelikten çıkar|yeter|listeden çıkar',
].join('|');
const COURTESY =
  "please|pls|plz|kindly|now|thanks|thank you|thx|me|sir|hi|hello|no|bitte|danke|mich|vielen dank|merci|svp|s[’']il (?:vous|te) pla[iî]t|d[’']avance|por favor|gracias|muchas gracias|per favore|per cortesia|grazie|obrigad[oa]|alstublieft|aub|a\\.u\\.b|graag|bedankt|dank u|dank je|tack|vänligen|snälla|tak|takk|kiitos|proszę|dziękuję|prosím|děkuji|пожалуйста|спасибо|lütfen|teşekkürler";
export const BARE_OUT = new RegExp(
  plainLetters(`^(?:(?:${COURTESY}) ){0,3}(?:${BARE})(?: (?:${COURTESY})){0,4}$`),
  'u',
);
/** Of these, words that stand for something else where more is written behind them. */
export const WEAK_BARE = new RegExp(
  plainLetters(
    '^(?:(?:please|pls|bitte) )?(?:stop|stopp|end|quit|enough|remove|basta|chega|sair|baja|remover|eliminar|niet meer|sluta|slutt|lopeta|dost|yeter|стоп|хватит|löschen|stoppen|arrête|arrêtez|ça suffit|nicht mehr|bitte nicht mehr|no más|no mas|não mais)$',
  ),
  'u',
);
export const BARE_OUT_CJK =
  /^(?:(?:もう|今後|以後)?(?:メール|連絡|配信)?(?:は|を)?(?:不要|結構|いりません|要りません|必要ありません|必要ない|停止|解除|拒否)(?:です|してください|願います|をお願い(?:し|いた)?します|希望(?:します|です)?)?|配信停止(?:希望|お願いします)?|退订|退訂|取消订阅|取消訂閱|不要再发了?|不要再發了?|请勿打扰|請勿打擾|别再发了|別再發了|停止发送|停止發送|TD|T)[。.!！ ]*$/iu;

/** They speak of birthdays and congratulations. */
export const OF_CONGRATULATIONS = new RegExp(
  `${wholeWords('congratulat\\p{L}{1,5}|birthdays?|birthday wishes|greetings|anniversar(?:y|ies)|work anniversary|glückwünsch\\p{L}{0,4}|gratulation\\p{L}{0,2}|gratulier\\p{L}{0,3}|geburtstag\\p{L}{0,20}|jubiläum\\p{L}{0,8}|félicitations?|féliciter|anniversaires?|vœux|felicitaci(?:ón|ones)|felicitar\\p{L}{0,3}|cumpleaños|enhorabuena|auguri|compleann[oi]|congratulazioni|parabéns|aniversários?|felicitações|felicitaties?|feliciteren|verjaardag\\p{L}{0,20}|gratulationer|gratulera|födelsedag\\p{L}{0,20}|lykønskning\\p{L}{0,3}|gratulasjoner|bursdag\\p{L}{0,20}|fødselsdag\\p{L}{0,10}|onnittelu\\p{L}{0,3}|syntymäpäiv\\p{L}{1,4}|życze[nń]\\p{L}{0,4}|urodzin\\p{L}{0,4}|gratulacj\\p{L}{1,2}|blahopřán\\p{L}{1,2}|narozenin\\p{L}{0,3}|поздравлени\\p{L}{1,2}|поздравля\\p{L}{1,4}|дн(?:ем|ём|я) рождения|doğum gün\\p{L}{1,6}|tebrik\\p{L}{0,4}').source}|誕生日|お祝い|祝辞|生日|祝贺|祝賀|贺信`,
  'iu',
);
/** They mind the machine, not the person. */
export const OF_MACHINES = new RegExp(
  `${wholeWords('automat(?:ic|ed)(?:ally)?|auto-?generated|robot(?:s|ic)?|bots?|ai-(?:written|generated)|sequences?|drip|templated?|bulk|mass[- ]?mail\\p{L}{0,4}|automatisch\\p{L}{0,2}|automatisiert\\p{L}{0,2}|serienmails?|massenmails?|roboter\\p{L}{0,6}|automatiques?|automatisés?|automatisées?|en masse|automátic[oa]s?|automatizad[oa]s?|masiv[oa]s?|automatic(?:he|i|o|a)|automatizzat\\p{L}|geautomatiseerd\\p{L}?|automatiserad\\p{L}?|automatiska|massutskick|automatyczn\\p{L}{1,4}|automatick\\p{L}{1,3}|автоматическ\\p{L}{2,3}|рассылк\\p{L}|otomatik').source}|自動(?:送信|配信|メール)|一斉|自动|自動發送|群发|群發`,
  'iu',
);
