import type { Tongue } from './opt-out-tongue.js';

const PL_MAIL =
  '(?:maili?|e?maili?|wiadomosci|korespondencj\\w*|kontakt\\w*|newsletter\\w*|reklam\\w*|zyczen\\w*)';
export const POLISH: Tongue = {
  thoughts: [
    [
      ' (?:wykreslen\\w*|skreslen\\w*|usuniec\\w*|wypisani\\w*) ',
      ' z (?:waszej |panstwa |tej )?(?:listy|bazy)(?: mailingowej)? ',
    ],
    [
      ' nie ',
      ' (?:wiecej|juz|ponownie|nigdy|dalsz\\w*) ',
      ' (?:pisz\\w*|pisac|wysyla\\w*|kontakt\\w*|przysyla\\w*|niepoko\\w*) ',
    ],
    [
      ' (?:prosze|prosilbym|prosilabym|prosze o|zebyscie|zeby) ',
      ' (?:nie|niekontaktowanie|niepisanie|niewysylanie|niekontaktowania) ',
      ' (?:pisac do mnie|kontaktowac sie ze mna|wysylac mi|kontaktowac|niekontaktowanie|niepisanie|niewysylanie)(?: sie)?(?: ze mna| do mnie| maili)? $',
    ],
    [
      ' nie (?:zycz\\w*|chce|chcemy|chcialbym|chcialabym) ',
      ` (?:${PL_MAIL}|otrzymywac|dostawac|abyscie) `,
      ` (?:wiecej|dalsz\\w*|kolejn\\w*|sobie|takich|zadnych|waszych|od|juz) `,
    ],
    [` zadnych (?:wiecej )?${PL_MAIL}`],
    [
      ' (?:przesta\\w*|zaprzesta\\w*|skoncz\\w*|koniec|dosc) ',
      ` (?:pisac|wysylac|wysylania|kontaktow\\w*|${PL_MAIL}|pisania) `,
    ],
    [
      ' (?:usun\\w*|usuniec\\w*|wykresl\\w*|skresl\\w*|skasow\\w*|wypis\\w*) ',
      ' (?:mnie|moj|moje|moich|mojego) ',
      ' (?:list\\w*|baz\\w*|adres\\w*|dan\\w*|e?mail\\w*|kontakt\\w*|subskrypcj\\w*|system\\w*) ',
    ],
    [' (?:wypisz\\w*|wypisac|wypisanie) ', ' (?:mnie|sie|mi|prosze) '],
    [' (?:zadam|prosze|wnosze|domagam) ', ' usuniec\\w* ', ' (?:dan\\w*|adres\\w*) '],
    [' (?:chce|chcial\\w*) ', ' (?:zostac|byc) (?:usunie\\w*|wypisan\\w*|skreslon\\w*)'],
    [' nie ', ' (?:wyrazam|wyrazalem|wyrazilem|zgadzam) ', ' (?:zgody|przetwarzanie|na) '],
    [' (?:cofam|wycofuje|odwoluje|sprzeciw\\w*) ', ' (?:zgode|zgody|przetwarzan\\w*|danych) '],
    [' da(?:c|j|jcie) mi (?:swiety )?spokoj | odczep\\w* sie'],
  ],
  throughout: [
    [
      ' (?:jeszcze jeden|kolejny|nastepny) (?:mail|e?mail) ',
      ' (?:zglosz\\w*|prawnik\\w*|uodo|policj\\w*|spam) ',
    ],
  ],
  hints: [' nie jestem zainteresowan\\w*', ' nie dziekuje', ' rodo ', ' spam '],
  spared:
    ' (?:przed|do poniedzialku|dlaczego|przegapic|dzwonic|umowy|jeszcze umowy|akapit|pytan|wahan\\w*|dostaje|moge|mog\\w*|mam|nie przestawaj\\w*|jesli nie|aby sie|pracuje|wersj\\w*|faktur\\w*)(?= )',
};

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
  throughout: [],
  hints: [' nemam zajem', ' не интересно', ' не интересует', ' ilgilenmiyor\\w*', ' ei kiinnosta'],
  spared:
    ' (?:до понедельника|до|почему|звоните|лучше|счет|proc|nevolejte|odstavec|fakturu|verzi|once|henuz|sozlesme\\w*|pazartesi\\w*|soita|aikaisintaan|абзац|neden|могу|смог\\w*|yazamiyorum|nemohu)(?= )',
};

/** Without spaces between words: a thought is looked for in a part between two signs. */
const JA_SEND =
  '(?:メール|連絡|案内|配信|送信|送っ|送ら|お送り|営業|勧誘|DM|コンタクト|通知|メルマガ|連絡先への)';
export const JAPANESE: Tongue = {
  thoughts: [
    [
      JA_SEND,
      '(?:ないで(?:くだ|下|ほし|いただ|$)|なくて(?:結構|いい|よい|良い|大丈夫)|ないように|停止|中止|不要(?!でした)|要りません|いりません|いらない|必要ありません|やめて|止めて|お控え|控えて|遠慮(?:させて|します|いた|願|ください)|希望し(?:ません|ない)|望みません|お断り|拒否|結構です|解除)',
    ],
    [
      '(?:今後|もう|以後|二度と|これ以上)',
      '(?:送らないで|お控え|ご遠慮(?:くだ|いただ|願)|やめてください|連絡しないで|関わらないで)',
    ],
    ['(?:登録|購読|会員)', '(?:解除|抹消|取り消|取消)'],
    ['(?:リスト|名簿|宛先|送信先)', '(?:から)?.{0,8}(?:外し|削除|除外|はずし|抜いて)'],
    ['(?:個人情報|アドレス|私のデータ|私の情報|連絡先)', '(?:削除|消去|抹消|消して)'],
    ['(?:退会(?:し|を|希望|願)|同意を(?:撤回|取り消)|プライバシー権)'],
    ['(?:迷惑|しつこい)', '(?:です|。|$)', '(?:迷惑(?:です|メール)|しつこい)'],
  ],
  throughout: [],
  hints: ['興味(?:が|は)?(?:ありません|ない)', '必要ありません', '結構です', '個人情報'],
  spared:
    '(?:まで(?:は|に)?|前に|電話|郵送|添付|請求書|遠慮なく|届かない|来ていません|届いて|会議|希望され|の場合|ご希望の方|でしょうか.{0,4}送っ|よろしく)',
};

export const CHINESE: Tongue = {
  thoughts: [
    [
      '(?:不要|别|別|勿|停止|不想|不希望|无需|無需|不必|不用|拒绝|拒絕|禁止|谢绝|謝絕|不再|不愿|不願)',
      '(?:再|停止|勿|继续|繼續|谢绝|謝絕|拒绝|拒絕|禁止)',
      '(?:发|發|寄|联系|聯繫|聯絡|打扰|打擾|骚扰|騷擾|邮件|郵件|来信|來信|写信|寫信|信息|訊息|收到|推送|消息)',
    ],
    ['(?:不想|不希望|不愿|不願)', '收到', '(?:邮件|郵件|信息|訊息|消息|来信|來信|推送)'],
    ['(?:请勿|請勿|别|別|不要)(?:给我|給我|向我)?(?:发|發|寄|联系|聯繫|聯絡)(?:我|邮件|郵件|信息|垃圾)'],
    ['拒收|谢绝来信|謝絕來信'],
    ['(?:取消|退出)(?:订阅|訂閱|邮件列表|郵件列表)|退订|退訂'],
    [
      '(?:删|刪|移除|移出|去掉|除名|注销|註銷)',
      '(?:我的|将我|將我|把我|我从|我從)',
      '(?:名单|名單|列表|邮箱|郵箱|信息|資料|资料|数据|數據|地址|电邮)',
    ],
    ['(?:撤回|收回)', '同意'],
  ],
  throughout: [],
  hints: ['不感兴趣', '不感興趣', '不需要', '骚扰', '垃圾邮件'],
  spared:
    '(?:之前|以前|先不|先别|暂时|电话|電話|纸质|紙質|会议|會議|没有再|沒有再|没再|别忘|老板|发票|随时|附件|怎么|怎麼|如不|如需|若不|客气)',
};
