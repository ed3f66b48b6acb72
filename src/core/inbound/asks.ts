import { shortSentences, wholeWords } from './auto-sentences.js';
import { readOptOut } from './opt-out.js';

const LINK = /(?:https?:\/\/|(?<![\p{L}\d])www\.)\S{1,500}/giu;

/** Requests without a question mark, in the languages of `return-date-words.ts`. */
const REQUEST = new RegExp(
  `${
    wholeWords(
      '(?:could|can|would|will) (?:you|we)(?! (?:believe|imagine))',
      "let me know(?! if (?:there|i can|you (?:need|have any|want (?:me|anything))))|(?:send|share|forward|introduce|remind|tell|show|give|call|connect|mail|e-?mail|ping|text|book|drop) (?:me|us)(?! (?:a lot|nothing|that (?:he|she|they)))|i(?:[’']d| would) (?:like|love|be (?:glad|happy|grateful|curious)|appreciate)(?: it)? (?:to (?:see|have|get|know|hear|receive|read|learn)|if you|your|a copy)|i(?:[’']d| would) appreciate|looking forward to (?:your|receiving|getting) (?:slides|deck|paper|answer|reply|feedback|proposal|offer|link)|i was wondering (?:if|whether)|i wonder (?:if|whether)|do you (?:know|have|mind|think)|would it be possible|any chance|feel free to (?:send|share|call|book)",
      '(?:könn(?:test|ten|t)|kannst|können|würde(?:n|st)|magst|hättest|hätten|wäre es möglich)(?: (?:sie|du|ihr|wir|es))?(?= )(?<=(?:sie|du|ihr|wir|möglich))|(?:schick|send|teil|gib|geb|sag|zeig|stell|mail|ruf|meld|leit)(?:e|en sie|t|en)? (?:mir|uns|dich|sie|mich)|lass(?:en sie|t)? (?:mich|uns) (?:bitte )?wissen|ich würde mich (?:sehr )?freuen, wenn|würde gern(?:e)? (?:wissen|hören|sehen|haben)|wäre (?:super|toll|nett|prima|klasse),? wenn (?:du|sie|ihr)',
      "pou(?:rr|v)(?:ez|ais|iez|ons|ions)[- ](?:vous|tu|nous)|peux[- ]tu|merci de (?!votre|ton|ta|vos|tes|cette|ce)(?:bien )?(?:me |nous |m[’'])?\\p{L}{2,15}(?:er|ir|re)|envo(?:ie|yez|ies)[- ](?:moi|nous)|dites[- ](?:moi|nous)|dis[- ]moi|tenez[- ]moi|n[’']hésite(?:z)? pas à (?:m[’']|me )|j[’']aimerais (?:savoir|avoir|recevoir|voir)|je (?:souhaiterais|voudrais) (?:savoir|avoir|recevoir|connaître)|auriez[- ]vous|aurais[- ]tu|serait[- ]il possible",
      'pod(?:r[ií]as?|emos|rían|ríais|éis|rías)|me (?:puedes?|podrías?|envías?|mandas?|pasas?|dices?)|env[ií]a(?:me|nos)|m[áa]nda(?:me|nos)|p[áa]sa(?:me|nos)|envíe(?:me|nos)|d[ií](?:me|game)|av[ií]sa(?:me|nos)|me gustaría (?:saber|ver|tener|recibir|conocer)|por favor,? (?:env|mand|dime|dígame|confirm|ind[ií]|av[ií]s|com[pé]art)\\p{L}{0,8}|quisiera saber|sería posible',
      'potresti|potrebbe|potreste|puoi|mi (?:puoi|può|mandi|invii|manda|invia|dici|dica|fai sapere|faccia sapere)|(?:mand|invi|scriv|chiam)a(?:mi|ci)|inviatemi|fammi sapere|mi faccia sapere|fateci sapere|vorrei (?:sapere|avere|ricevere|vedere)|mi piacerebbe (?:sapere|avere|vedere)|sarebbe possibile',
      'poderias?|poderiam|podes|pode(?:m)? (?:me |nos )?(?:enviar|mandar|dizer|partilhar|compartilhar|confirmar|indicar)|(?:envi|mand|dig|avis|partilh|compartilh)[ae](?:m)?[- ](?:me|nos)|me (?:envia|envie|manda|mande|avisa|avise|diga|passa|passe)|gostaria de (?:saber|ver|receber|ter)|gostava de (?:saber|ver|receber|ter)|seria possível|agradeço (?:que|se)',
      'kun(?:t| je| jij| u|nen (?:we|jullie|u))|kan (?:je|u)|zou(?:den)? (?:je|u|jullie|jij|graag)|wil(?:t)? (?:je|u)|(?:stuur|mail|laat|geef|bel) (?:me|mij|ons)|laat (?:het )?(?:me|mij|ons) (?:even )?weten|graag (?:ontvang|hoor|verneem|zou) (?:ik|wij)|ik hoor (?:graag|het graag)',
      'kan (?:du|ni)|skulle (?:du|ni|vi|jag vilja)|(?:skicka|mejla|maila|ge|säg|visa) (?:mig|oss)|hör av (?:dig|er)|(?:låt|lat) mig veta|jag vill gärna (?:veta|ha|se|få)|(?:kan|kunne|vil|ville) (?:du|de|i|dere)|(?:send|gi|giv|fortæl|fortell|vis|ring) (?:mig|meg|os|oss)|lad mig vide|gi meg beskjed|gi beskjed|voi(?:sit|sitko|tko|tteko|sitteko)(?:ko)?|lähetä(?:tkö|ttekö|thän)?|kerro(?:tko|thän)?|onko (?:sinulla|teillä)',
      'czy (?:może\\p{L}{0,3}|mógł\\p{L}{1,5}|mogł\\p{L}{1,5}|możemy|masz|ma pan\\p{L}?|mogę|zna\\p{L}{1,3}|chciał\\p{L}{1,5}|jest)|(?:proszę|prosiłbym|prosiłabym|prosimy|poproszę) o (?!wypis|usuni|niekont|zrozum|wybacz)\\p{L}{3,20}|(?:prześlij|wyślij|daj|podeślij|napisz|przekaż)(?:cie)? (?:mi|nam|do mnie)|daj(?:cie)? znać|proszę (?:przesłać|wysłać|podać|dać znać|przekazać|potwierdzić)|chciał(?:bym|abym) (?:wiedzieć|zobaczyć|otrzymać|dostać)',
      'můžete|můžeš|mohl\\p{L}? (?:by(?:ste|s))|(?:pošli|pošlete|dej|dejte|napiš|napište) (?:mi|nám)|prosím o|dejte vědět|(?:не )?мог(?:ли|ла|) бы (?:вы|ты)|можете|можешь|(?:пришли|пришлите|отправьте|вышлите|дайте|сообщите|подскажите|скажите|перешлите|напишите)(?: (?:мне|нам|пожалуйста))?|(?:gönderebilir|paylaşabilir|yazabilir|verebilir|iletebilir|söyleyebilir|arayabilir) ?mi(?:sin|siniz)|(?:gönderir|paylaşır|iletir|yazar) ?m[ıi]s[ıi]n(?:[ıi]z)?|rica ed\\p{L}{2,8}|haber ver\\p{L}{0,6}',
    ).source
  }|(?:^|[,;:]\\s|(?<!\\p{L})(?:and|so|but|then|also) )(?:please|pls|kindly) (?!find|excuse|accept|note|forgive|ignore|don[’']t|do not|stop|remove|unsubscribe|take me|see (?:attached|below)|be (?:aware|advised)|give my|say hello|pass on my)\\p{L}|(?:^|[,;:]\\s|(?<!\\p{L})(?:und|aber|dann) )bitte (?!entschuld|verzeih|beacht|nicht|keine|grüß|löschen|streich|nehm|schönen|sehr)\\p{L}|(?:^|[,;]\\s)(?:prière de|por favor|per favore|gelieve|graag|vänligen|vennligst|venligst|ystävällisesti|prosím|пожалуйста|lütfen)[ ,]+(?!no |non |não |geen |niet |inte |ikke |älä|не )\\p{L}{3}|(?:いただけ(?:ます|ません|れば|る|ない)|もらえ(?:ます|ません|ない)|くださ(?:い|います)(?:か|ませんか)?|下さい|お願い(?:でき|し(?:たい|ても)|いたしたい)|教えて|ご教示|ご共有|お知らせ(?:くだ|いただ|願)|でしょうか|ますか|ませんか|ですか)|(?:能否|可否|是否(?:可以|方便|有)|可以(?:请|請|给|給|把|发|發)|请(?:您|你)?(?:发|把|给|将|告|提供|帮|确认|转|介绍|分享|寄|安排)|請(?:您|你)?(?:發|把|給|將|告|提供|幫|確認|轉|介紹|分享|寄|安排)|麻烦(?:您|你)?(?!了)|麻煩(?:您|你)?(?!了)|希望(?:您|你)(?:能|可以)|吗[。.]?$|嗎[。.]?$|呢[。.]?$)`,
  'iu',
);

/** Questions nobody answers, and Japanese courtesies that have the form of a request. */
const COURTESY = new RegExp(
  `^(?:and |und |och |en |et |y |e )?(?:how are (?:you|things)|how do you do|how(?:[’']s| is) (?:it going|everything|life)|hope you(?:[’']re| are)|wie geht(?: e?s|[’']s)|ça va|comment (?:ça va|allez|vas|tu vas)|¿?(?:qué|que) tal|¿?cómo (?:est|va|te va)|come (?:stai|va|sta)|tudo bem|como (?:vai|est)|hoe gaat|hoe is het|hur mår|hur är läget|hvordan (?:går|har)|mitä kuuluu|jak się masz|co słychać|jak se máš|как дела|nasılsın|right|ok(?:ay)?|no|oder|nicht wahr|you know|guess what|isn[’']t it|stimmt[’']?s)(?!\\p{L})[^?]{0,25}\\?*$|^(?:どうぞ)?(?:今後とも)?(?:何卒)?(?:どうぞ)?(?:よろしく|宜しく)[^。]{0,12}(?:お願い|ください)?[^。]{0,12}[。.]?$|(?:お元気|お変わり)(?:で|ございま|あり)[^。]{0,8}|^(?:お体|お身体|ご自愛)[^。]{0,20}ください[。.]?$|ご(?:容赦|了承|安心|放念|査収)(?:のほど)?[^。]{0,8}(?:ください|下さい|お願い)|(?:你|您)好吗|最近(?:好吗|怎么样|怎麼樣)|保重`,
  'iu',
);

/**
 * Sentences of the person that ask or request something, each at most 300 characters, at most 20. What asks not to be
 * written to is no request of this kind.
 */
export function asksIn(own: string): string[] {
  return shortSentences(own)
    .filter((sentence) => {
      const plain = sentence.replace(LINK, ' ').trim();
      return (/[?？؟]/u.test(plain) || REQUEST.test(plain)) && !COURTESY.test(plain);
    })
    .filter((sentence) => !readOptOut(sentence).wants)
    .map((sentence) => (sentence.length > 300 ? `${sentence.slice(0, 299)}…` : sentence))
    .slice(0, 20);
}
