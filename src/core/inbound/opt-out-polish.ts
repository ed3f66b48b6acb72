import type { Lexicon } from './opt-out-lexicon.js';

export const POLISH: Lexicon = {
  no: 'nie|nigdy|zadn\\w+|bez|nic|prosze o nie\\w*|niekontaktowanie|niepisanie|niewysylanie',
  more: 'wiecej|juz|ponownie|nigdy|dalsz\\w*|kolejn\\w*|przyszlosci|odtad|znowu|nastepn\\w*|wiecej|jeszcze jeden|nastepny',
  write:
    'pisz|piszcie|pisac|pisal\\w*|pisania|pisze|pisano|kontaktuj\\w*|kontaktow\\w*|skontaktow\\w*|niepoko(?:ic|j\\w*)|nekac|nekaj\\w*|meczyc|mecz\\w*|mailowac|odzywa\\w*|zawracac|zawracaj\\w*|przeszkadza\\w*|niepisanie|niekontaktowanie|kontaktu',
  send: 'wysyla(?:j|c|jcie|l\\w*|nia)\\w*|przysyla(?:j|c|l\\w*|nia)\\w*|przesyla(?:j|c|l\\w*|nia)\\w*|slac|niewysylanie|sle',
  mail: '(?:maili?|mailow|mejli|e?maili?|wiadomosci|korespondencj\\w*|kontakt\\w*|newsletter\\w*|reklam\\w*|listow|kontaktu)',
  things: 'nic|tego|takich|tych|to|niczego|rzeczy',
  get: 'otrzymywa\\w*|dostawa\\w*|odbiera\\w*|slyszec|czyta\\w*|miec|widziec|otrzymac|byc',
  want: 'zycz[ey]\\w*|chc[ei]\\w*|chcial\\w*|prosz\\w*|prosil\\w*|wol\\w*|wdzieczn\\w*|mowic|powtarza\\w*|zadam|wnosz\\w*|uprzejmie|doceni\\w*|potrzebuj\\w*|rezygnuj\\w*|domagam|ochot\\w*|zainteresowan\\w*',
  stop: 'przesta(?:n|ncie|nie|nia|c|l\\w*)\\w*|zaprzesta\\w*|skoncz\\w* (?:z|pisac|wysylac)|koniec (?:z|tych|tego|maili|wiadomosci)|(?:dosc|dosyc) (?:tych|tego|juz|maili|wiadomosci)|mam (?:juz )?(?:dosc|dosyc)|wystarczy (?:juz|tych|tego)|rezygnuj\\w*|powstrzyma\\w*|daruj\\w*|oszczedz\\w*|zaniecha\\w*|stop',
  needless:
    'nie (?:trzeba|musi\\w*|musisz|musicie|potrzeba|ma potrzeby|jest konieczne)|niepotrzebn\\w*|zbedn\\w*',
  remove:
    'usun\\w*|usuniec\\w*|wykresl\\w*|skresl\\w*|skasow\\w*|skasuj\\w*|wypis\\w*|wypisz\\w*|wypisan\\w*|kasow\\w*|wymaz\\w*',
  me: 'mnie|moj|moje|moich|mojego|mi|sie|moja|byc',
  list: '(?:(?:z|ze)(?: [^ ]+){0,2} (?:list\\w*|baz\\w*|subskrypcj\\w*|system\\w*|kontaktow|ksiazki|adresow|newsletter\\w*|mailing\\w*))(?! (?:na|do|gosci|uczest\\w*))',
  mine: '(?:moj|moje|moich|mojego|swoich)(?: [^ ]+){0,2} (?:dan\\w*|adres\\w*|e?mail\\w*|kontakt\\w*)|danych osobowych|dane osobowe',
  less: 'rzadziej|mniej (?:maili|wiadomosci|czesto)|nie tak (?:czesto|wiele)|najwyzej (?:raz|dwa)|pis\\w+ mniej',
  out: 'da(?:c|j|jcie|ja)? mi (?:wreszcie |juz |swiety )*spokoj\\w*|zostaw\\w*(?: [^ ]+)? (?:mnie)?(?: [^ ]+)? ?(?:w spokoju)|odczep\\w* sie|(?:cofam|wycofuje|odwoluje)(?: [^ ]+){0,2} zgod\\w*|(?:wnosz\\w*|zglasza\\w*|skladam|wyrazam)(?: [^ ]+){0,2} sprzeciw\\w*|sprzeciwiam sie|prawo do (?:bycia zapomnianym|usuniecia)|(?:usuniec\\w*|skasowani\\w*)(?: [^ ]+){0,2} danych|rezygnuj\\w*(?: z)?(?: [^ ]+){0,3} (?:maili|wiadomosci|newsletter\\w*|subskrypcji|kontaktu|korespondencji)|(?:wypisz\\w*|wypisac|wypisanie)(?: [^ ]+)? mnie|(?:chce|prosze)(?: [^ ]+)? (?:sie )?wypisac|(?:nie|nigdy|bez)(?: [^ ]+){0,4} (?:zgod\\w*|wyrazal\\w*)(?: [^ ]+){0,6} (?:dan\\w*|przetwarzan\\w*|adres\\w*|kontakt\\w*|maili)|(?:maile|maili|wiadomosci|kontakt)(?: [^ ]+){0,3} nie (?:sa|jest) (?:[^ ]+ )?(?:widzian\\w*|pozadan\\w*|potrzebn\\w*)|niepozadan\\w*|zapomn\\w*(?: [^ ]+)? o mnie|o mnie zapomn\\w*|zabraniam|mi (?:[^ ]+ )?da(?:c)? (?:[^ ]+ )?spokoj|(?:zakonczyc|zerwac) (?:[^ ]+ )?kontakt',
  hint: 'nie jestem zainteresowan\\w*|nie (?:interesuje|interesuja) mnie|nie dziekuje|rodo|(?:to|jako|czysty) spam|tylko (?:[^ ]+ ){0,3}(?:gdy|jesli|w sprawie|kiedy|o )|(?:pisz\\w*|pisac|kontakt\\w*)(?: [^ ]+){0,3} tylko|nigdy (?:nie )?prosil\\w*|na tym poprzesta\\w*|zakonczmy|natretn\\w*|nachaln\\w*|niechcian\\w*|strata czasu|za duzo maili|prawnik\\w*|prosze mnie usunac|(?:ciagle|wciaz|nadal)(?: [^ ]+){0,3} (?:pisz\\w*|wysyla\\w*|kontakt\\w*)|dlaczego(?: [^ ]+){0,4} (?:ciagle|wciaz|nadal)|bez sensu|irytuj\\w*|meczac\\w*|nie interesuj\\w*',
  other:
    '(?:nie )?(?:dostaj\\w*|otrzymuj\\w*|mog\\w*|moge|mialem|mialam|mam|pisalem|pisalam|pracuje|zdazyl\\w*|napisal\\w*|odpisal\\w*)(?! (?:[^ ]+ ){0,3}(?:mowic|dosc|dosyc|prosic|ochot\\w*|zamiaru))|nie przestawaj\\w*|nie przestan\\w*|waha\\w*|wahan\\w*|przeprasz\\w*|wybacz\\w*|przykro|(?<! o mnie )zapomn\\w*(?!(?: [^ ]+)? o mnie)|przegapi\\w*|krepuj\\w*|szczesliw\\w*|dlaczego (?:juz )?nie|(?<=^ )jesli nie chce (?:pan|pani)|(?:pana|pani|panstwa|cie|ciebie|was)(?: [^ ]+){0,2} (?:niepokoic|meczyc|nekac)|(?:niepokoic|meczyc|nekac|przeszkadzac) (?:pan\\w*|cie|ci|was|panstw\\w*)|nigdy (?:nie )?(?:dostal\\w*|otrzymal\\w*|czytal\\w*|slyszal\\w*)|do siebie|podaw\\w*|straci\\w*|jeszcze (?:[^ ]+ ){0,3}nie|nie (?:[^ ]+ ){0,3}skontaktowal\\w*|(?:napisze|odpisze)|nigdy (?:nie )?(?:przeszkadza\\w*|mecz\\w*)|(?:wypisal|usunel|usunal)\\w*|nikt\\w*|nie daj\\w* (?:mi|nam)',
  apart:
    'przed|do poniedzialku|poniedzial\\w*|wtor\\w*|srod\\w*|czwart\\w*|piat\\w*|faktur\\w*|umow\\w*|poczta(?! elektroniczna)|numer\\w*|gosci|prelegent\\w*|uczestnik\\w*|oczekujac\\w*|zdjec\\w*|zalacznik\\w*|probek|wersj\\w*|akapit|dokument\\w*|kaw\\w*|telefon\\w*|dzwonic|whatsapp|jury|spotkani\\w*|paczk\\w*|star[yeaą]\\w* (?:adres\\w*|mail\\w*|numer\\w*)|now[yea]\\w* (?:adres\\w*|mail\\w*)|w tym (?:roku|tygodniu|miesiacu)|tym razem|impre\\w*|listy projektu|kolacj\\w*|obiad\\w*|komentarz\\w*',
  threat: 'zglosz\\w*|prawnik\\w*|uodo|policj\\w*|spam|zablokuj\\w*',
  rate: '(?:raz|jeden|jedna|dwa)(?: razy| mail| wiadomosc)* (?:na|w) (?:rok|roku|miesiac|miesiacu|kwartal)',
  enough: 'wystarcz\\w*|prosz\\w*|najwyzej|maksymalnie',
};
