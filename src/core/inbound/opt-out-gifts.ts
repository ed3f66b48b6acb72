import type { Tongue } from './opt-out-tongue.js';

/** Czech, Russian, Turkish and Finnish. Their verbs say the no themselves, so their wishes are told by pairs of words. */
export const SLAVIC_AND_MORE: Tongue = {
  thoughts: [
    // Czech
    [
      ' (?:uz|jiz|vice|dal|nikdy|dalsi) ',
      ' (?:nepiste|neposilejte|nekontaktujte|neobtezujte|nepis|neposilej|nepsat) ',
    ],
    ['^ (?:prosim )?(?:nekontaktujte|nepiste|neobtezujte) (?:mi|me)(?: prosim)? $'],
    [' (?:neprej\\w*|nechc\\w*) ', ' (?:dostavat|byt kontaktovan\\w?|emaily?|zpravy|od vas) '],
    [
      ' (?:vymazte|smazte|vyradte|odstrante|odhlaste|odhlasit|vyskrtnete) ',
      ' (?:mi|me|mne|moje|muj) ',
      '(?: (?:seznamu|databaze|udaje|adresu|odberu|odhlas\\w+)| adresar)',
    ],
    // Russian
    [
      ' не ',
      ' (?:больше|никогда|более) ',
      ' (?:пиши\\w*|писать|присыла\\w*|отправля\\w*|беспоко\\w*|получать|слать) ',
    ],
    [
      ' (?:прекрати\\w*|перестан\\w*|хватит) ',
      ' (?:мне )?(?:писать|присылать|слать|рассыл\\w*|отправлять|спам\\w*) ',
    ],
    [
      ' (?:удали\\w*|убери\\w*|исключи\\w*|вычеркн\\w*|отпиши\\w*|сотри\\w*) ',
      ' (?:меня|мои|мой|моего) ',
      ' (?:рассылк\\w*|списк\\w*|баз\\w*|данные|адрес\\w*|контакт\\w*|отпиши\\w*) ',
    ],
    [' не (?:даю|давал\\w?) согласи\\w*'],
    [' отзываю(?: [^ ]+)? согласие'],
    [' оставьте меня в покое '],
    // Turkish: negated imperatives are one word.
    [
      ' (?:bir daha|artik|lutfen|bana) ',
      ' (?:yazmay\\w*|yazma|gondermey\\w*|gonderme|atmay\\w*|rahatsiz etmey\\w*|aramay\\w*)(?= )',
      '(?: (?:mail|e?posta|mesaj|bir daha|artik)|yazma)',
    ],
    [' (?:mail|e?posta|mesaj)\\w* ', ' (?:almak|istemiyor\\w*) ', ' istemiyor\\w* '],
    [' (?:gondermeyi|yazmayi|atmayi) (?:birak\\w*|kes\\w*|durdur\\w*) '],
    [' (?:beni|adresimi|verilerimi|bilgilerimi) ', ' (?:cikar\\w*|sil\\w*|kaldir\\w*) '],
    [' abonelig\\w* ', ' (?:iptal|cik\\w*) '],
    // Finnish
    [
      ' (?:alkaa|ala|alkaaka) ',
      ' (?:enaa|lisaa|jatkossa) ',
      ' (?:lahetta\\w*|laheta|ottako|ota|kirjoit\\w*) ',
    ],
    [' (?:alkaa|ala) ', ' (?:lahettako|laheta|kirjoittako|kirjoita|ottako|ota) (?:minulle|minuun|meille)'],
    [' en halua ', ' (?:viest\\w*|sahkopost\\w*|posti\\w*|yhteyt\\w*|naita) '],
    [' (?:lopeta\\w*|lopettakaa) ', ' (?:viesti\\w*|sahkopost\\w*|lahetta\\w*|kirjoitta\\w*) '],
    [' (?:poista\\w*) ', ' (?:minut|minun|osoitteeni|tietoni) '],
    [' jattakaa minut rauhaan '],
  ],
  hints: [' nemam zajem', ' не интересно', ' не интересует', ' ilgilenmiyor\\w*', ' ei kiinnosta'],
  spared:
    ' (?:до понедельника|до|почему|звоните|лучше|счет|proc|nevolejte|odstavec|fakturu|verzi|once|henuz|sozlesme\\w*|pazartesi\\w*|soita|aikaisintaan|абзац|neden|могу|смог\\w*|yazamiyorum|nemohu)(?= )',
};
