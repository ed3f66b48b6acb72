import { shortSentences } from './auto-sentences.js';

/** A sentence in which a farewell says that nobody reads the address any more, in the eleven languages of auto-replies. */
const DEAD =
  /(?:this|my) (?:e-?mail )?(?:address|mailbox|account|inbox|e-?mail)(?: address)? (?:is|will|has)[^.]{0,25} (?:no longer|not (?:be )?|(?:be )?(?:deactivated|disabled|closed|deleted|discontinued|shut down|retired))|(?:no longer|not) (?:be )?(?:monitored|in use|valid|active|checked|read)|(?:address|mailbox|account) (?:has been|is|was|will be) (?:deactivated|disabled|closed|deleted|discontinued|retired)|diese (?:e-?mail-?)?(?:adresse|mailbox)[^.]{0,30}(?:nicht mehr|deaktiviert|gelöscht|abgeschaltet|stillgelegt)|dieses (?:e-?mail-?)?(?:postfach|konto)[^.]{0,30}(?:nicht mehr|deaktiviert|gelöscht|geschlossen)|(?:cette|mon) (?:adresse|boîte|messagerie)[^.]{0,30}(?:n['’]est plus|ne sera plus|désactivée|supprimée|fermée)|(?:esta|mi) (?:dirección|cuenta|casilla)[^.]{0,30}(?:ya no|desactivada|cerrada|eliminada)|(?:questo|questa|il mio) (?:indirizzo|casella|account|mail)[^.]{0,30}(?:non è più|non sarà più|disattivat|chius|eliminat)|(?:este|esta) (?:endereço|e-?mail|conta|caixa)[^.]{0,30}(?:já não|não é mais|não está mais|desativad|encerrad)|dit (?:e-?mail)?(?:adres|account)[^.]{0,30}(?:niet meer|niet langer|opgeheven|gesloten|buiten gebruik)|(?:den här|denna) (?:e-?post|mejl|mail)?(?:adressen|adress|lådan)[^.]{0,30}(?:inte längre|upphör|stängs|avslutas|används ej)|(?:ten|to) (?:adres|konto|skrzynka)[^.]{0,30}(?:nie jest już|już nie|nieaktywn|zamknięt|usunięt)|(?:アドレス|メール)[^。]{0,20}(?:使用できません|使われておりません|無効|廃止|閉鎖|使用しておりません)|(?:邮箱|郵箱|邮件地址|地址)[^。]{0,12}(?:不再使用|已停用|停用|已关闭|已關閉|作废|不再有效)/iu;

/** Whether the writer's own words say that the address itself is dead; that somebody has left does not. */
export function saysAddressDead(own: string): boolean {
  return shortSentences(own).some((sentence) => DEAD.test(sentence.slice(0, 400)));
}
