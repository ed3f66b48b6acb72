import { providerOfDomain } from './mail-providers.js';

/** Domains of which anybody may have an address, besides those whose settings are known. */
const FREE = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it live.com live.de ' +
    'live.fr msn.com outlook.de outlook.fr yahoo.com yahoo.de yahoo.fr yahoo.co.uk yahoo.co.jp yahoo.es yahoo.it ymail.com ' +
    'rocketmail.com aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de ' +
    'arcor.de online.de mail.de posteo.de posteo.net mailbox.org proton.me protonmail.com protonmail.ch pm.me tutanota.com ' +
    'tuta.com fastmail.com fastmail.fm hey.com zoho.com mail.com email.com inbox.com orange.fr wanadoo.fr free.fr laposte.net ' +
    'sfr.fr neuf.fr bbox.fr libero.it virgilio.it tiscali.it alice.it tin.it terra.es telefonica.net uol.com.br bol.com.br ' +
    'terra.com.br ig.com.br sapo.pt ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl telia.com spray.se online.no wp.pl o2.pl ' +
    'onet.pl interia.pl op.pl gazeta.pl seznam.cz centrum.cz mail.ru yandex.ru yandex.com ya.ru rambler.ru bk.ru list.ru ' +
    'inbox.ru ukr.net qq.com 163.com 126.com yeah.net sina.com sohu.com foxmail.com naver.com daum.net hanmail.net docomo.ne.jp ' +
    'ezweb.ne.jp softbank.ne.jp nifty.com btinternet.com sky.com virginmedia.com ntlworld.com blueyonder.co.uk talktalk.net ' +
    'comcast.net verizon.net att.net sbcglobal.net cox.net charter.net earthlink.net bellsouth.net rogers.com shaw.ca ' +
    'bluewin.ch hispeed.ch sunrise.ch bigpond.com optusnet.com.au rediffmail.com'
  ).split(' '),
);

/** Two people at such a domain have nothing to do with each other. `domain` in lower case, its ASCII form. */
export function isFreeMailDomain(domain: string): boolean {
  return FREE.has(domain) || providerOfDomain(domain) !== null;
}
