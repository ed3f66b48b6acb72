/**
 * One provider a line: name | domains of its own | ends of its MX names | SMTP | IMAP | the rest. A server with port 465 or
 * 993 speaks TLS from the first byte, every other must offer STARTTLS; `{mx}` is the customer's mail exchanger itself. Of
 * the rest: `user=local` signs in with what stands before the @, `oauth=` by whose OAuth, `oauth-only` takes no password,
 * `app=` where an app password is made, `saves` or `leaves` a copy in Sent, `day=` recipients a day. A line with `!` is what
 * the owner has to do first. Checked against what the providers publish, November 2026.
 */
export const PROVIDER_TABLE = `
Gmail | gmail.com googlemail.com | | smtp.gmail.com:465 | imap.gmail.com:993 | oauth=google saves day=500 app=https://myaccount.google.com/apppasswords
Google Workspace | | google.com googlemail.com | smtp.gmail.com:465 | imap.gmail.com:993 | oauth=google saves day=2000 app=https://myaccount.google.com/apppasswords
Outlook.com | outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.at outlook.be outlook.dk outlook.com.br outlook.com.au hotmail.com hotmail.de hotmail.fr hotmail.it hotmail.es hotmail.co.uk hotmail.se hotmail.nl live.com live.de live.fr live.it live.nl live.se live.dk live.no live.at live.be live.ca live.co.uk live.com.au msn.com windowslive.com | olc.protection.outlook.com | smtp-mail.outlook.com:587 | outlook.office365.com:993 | oauth=microsoft oauth-only saves
! Let devices and apps use IMAP in the settings of Outlook.com (Mail, Forwarding and IMAP).
Microsoft 365 | onmicrosoft.com | mail.protection.outlook.com mx.microsoft | smtp.office365.com:587 | outlook.office365.com:993 | oauth=microsoft oauth-only saves day=10000
! An administrator may have to allow authenticated SMTP and IMAP for this mailbox in the Microsoft 365 admin centre.
iCloud | icloud.com me.com mac.com | mail.icloud.com | smtp.mail.me.com:587 | imap.mail.me.com:993 | day=1000 app=https://account.apple.com
Yahoo | yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.in yahoo.in yahoo.ca yahoo.com.br yahoo.com.au yahoo.com.mx yahoo.com.ar yahoo.ie yahoo.pl yahoo.ro yahoo.se yahoo.no yahoo.dk yahoo.at yahoo.gr ymail.com rocketmail.com myyahoo.com | yahoodns.net | smtp.mail.yahoo.com:465 | imap.mail.yahoo.com:993 | saves day=500 app=https://login.yahoo.com/account/security
Yahoo Japan | yahoo.co.jp | | smtp.mail.yahoo.co.jp:465 | imap.mail.yahoo.co.jp:993 | user=local
! Let other mail software in through the settings of Yahoo Mail (IMAP, POP and SMTP access).
AOL | aol.com aol.de aol.fr aol.co.uk aim.com verizon.net | | smtp.aol.com:465 | imap.aol.com:993 | saves day=500 app=https://login.aol.com/account/security
GMX | gmx.net gmx.de gmx.at gmx.ch gmx.eu gmx.info gmx.org gmx.biz | gmx.net | mail.gmx.net:465 | imap.gmx.net:993 |
! Allow access by POP3 and IMAP in the settings of GMX; with two-factor sign-in also make an app password there.
GMX.com | gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it | | mail.gmx.com:465 | imap.gmx.com:993 |
! Allow access by POP3 and IMAP in the settings of GMX; with two-factor sign-in also make an app password there.
WEB.DE | web.de email.de | | smtp.web.de:587 | imap.web.de:993 | user=local
! Allow access by POP3 and IMAP in the settings of WEB.DE; with two-factor sign-in also make an app password there.
mail.com | mail.com email.com usa.com consultant.com engineer.com europe.com post.com | | smtp.mail.com:465 | imap.mail.com:993 |
! IMAP is part of the paid plan: switch it on in the settings of mail.com.
mail.de | mail.de | mail.de | smtp.mail.de:465 | imap.mail.de:993 |
Posteo | posteo.de posteo.net posteo.org posteo.at posteo.ch posteo.eu posteo.me posteo.us | | posteo.de:465 | posteo.de:993 | leaves
mailbox.org | mailbox.org | mailbox.org | smtp.mailbox.org:465 | imap.mailbox.org:993 | leaves
! With two-factor sign-in make an app password in the settings of mailbox.org.
Fastmail | fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.de fastmail.co.uk fastmail.uk | messagingengine.com | smtp.fastmail.com:465 | imap.fastmail.com:993 | app=https://app.fastmail.com/settings/security/apps
Proton Mail | proton.me protonmail.com protonmail.ch pm.me | protonmail.ch | 127.0.0.1:1025 | 127.0.0.1:1143 | saves
! Proton is reached through Proton Mail Bridge on this machine: start it, and enter the password that Bridge shows for this mailbox, not your own.
Zoho | zoho.com zohomail.com | zoho.com | smtp.zoho.com:465 | imap.zoho.com:993 | saves app=https://accounts.zoho.com/home#security/app_password
! Switch IMAP on in the settings of Zoho Mail; accounts of a paid organisation use smtppro.zoho.com and imappro.zoho.com.
Zoho Europe | zohomail.eu | zoho.eu | smtp.zoho.eu:465 | imap.zoho.eu:993 | saves app=https://accounts.zoho.eu/home#security/app_password
! Switch IMAP on in the settings of Zoho Mail; accounts of a paid organisation use smtppro.zoho.eu and imappro.zoho.eu.
Yandex | yandex.com yandex.ru yandex.by yandex.kz yandex.ua yandex.com.tr ya.ru narod.ru | yandex.net yandex.ru | smtp.yandex.com:465 | imap.yandex.com:993 | app=https://id.yandex.com/security/app-passwords
! Allow mail programs over IMAP with app passwords in the settings of Yandex Mail.
Mail.ru | mail.ru inbox.ru list.ru bk.ru internet.ru | mail.ru | smtp.mail.ru:465 | imap.mail.ru:993 | app=https://account.mail.ru/user/2-step-auth/passwords
Rambler | rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru | | smtp.rambler.ru:465 | imap.rambler.ru:993 |
! Allow mail programs in the settings of Rambler Mail.
QQ Mail | qq.com vip.qq.com foxmail.com | | smtp.qq.com:465 | imap.qq.com:993 | saves app=https://mail.qq.com
! Switch IMAP and SMTP on in the settings of QQ Mail; the authorization code it shows then is the password.
Tencent Exmail | exmail.qq.com | mxbiz1.qq.com mxbiz2.qq.com | smtp.exmail.qq.com:465 | imap.exmail.qq.com:993 | saves
! Switch IMAP and SMTP on in the settings of the mailbox; with secure sign-in make a client password there.
NetEase 163 | 163.com | | smtp.163.com:465 | imap.163.com:993 | app=https://mail.163.com
! Switch IMAP and SMTP on in the settings of the mailbox; the authorization code it shows then is the password.
NetEase 126 | 126.com | | smtp.126.com:465 | imap.126.com:993 | app=https://mail.126.com
! Switch IMAP and SMTP on in the settings of the mailbox; the authorization code it shows then is the password.
Yeah.net | yeah.net | | smtp.yeah.net:465 | imap.yeah.net:993 | app=https://mail.yeah.net
! Switch IMAP and SMTP on in the settings of the mailbox; the authorization code it shows then is the password.
Sina | sina.com sina.cn | | smtp.sina.com:465 | imap.sina.com:993 | app=https://mail.sina.com.cn
! Switch IMAP and SMTP on in the settings of the mailbox; the authorization code it shows then is the password.
Infomaniak | ik.me ikmail.com etik.com | infomaniak.ch infomaniak.com | mail.infomaniak.com:465 | mail.infomaniak.com:993 | leaves
! With two-factor sign-in make a device password in the Infomaniak manager.
IONOS | 1und1.de | kundenserver.de ionos.de ionos.com ionos.co.uk ionos.fr ionos.es 1and1.com | smtp.ionos.de:465 | imap.ionos.de:993 | leaves
Strato | strato.de | rzone.de | smtp.strato.de:465 | imap.strato.de:993 | leaves
all-inkl | | kasserver.com | {mx}:465 | {mx}:993 | leaves
netcup | | netcup.net | {mx}:465 | {mx}:993 | leaves
OVH | ovh.net | ovh.net ovh.ca | ssl0.ovh.net:465 | ssl0.ovh.net:993 | leaves
Hetzner | | your-server.de | mail.your-server.de:465 | mail.your-server.de:993 | leaves
DomainFactory | | ispgateway.de | sslout.df.eu:465 | sslin.df.eu:993 | leaves
Gandi | | mail.gandi.net | mail.gandi.net:465 | mail.gandi.net:993 | leaves
Migadu | | migadu.com | smtp.migadu.com:465 | imap.migadu.com:993 | leaves
Runbox | runbox.com | runbox.com | mail.runbox.com:465 | mail.runbox.com:993 | leaves
Purelymail | purelymail.com | purelymail.com | smtp.purelymail.com:465 | imap.purelymail.com:993 | leaves
Soverin | | soverin.net | smtp.soverin.net:465 | imap.soverin.net:993 | leaves
Private Email | | privateemail.com | mail.privateemail.com:465 | mail.privateemail.com:993 | leaves
Hostinger | | hostinger.com | smtp.hostinger.com:465 | imap.hostinger.com:993 | leaves
Rackspace Email | | emailsrvr.com | secure.emailsrvr.com:465 | secure.emailsrvr.com:993 | leaves
T-Online | t-online.de magenta.de | t-online.de | securesmtp.t-online.de:465 | secureimap.t-online.de:993 | leaves
! Make a password for mail programs (E-Mail-Passwort) in the customer centre of Telekom: it is another than that of your login.
Freenet | freenet.de | | mx.freenet.de:465 | mx.freenet.de:993 | leaves
Vodafone Germany | vodafone.de arcor.de vodafonemail.de | | smtp.vodafonemail.de:465 | imap.vodafonemail.de:993 |
A1 | a1.net aon.at | | securemail.a1.net:587 | securemail.a1.net:993 |
Bluewin | bluewin.ch | | smtpauths.bluewin.ch:465 | imaps.bluewin.ch:993 |
Orange | orange.fr wanadoo.fr | | smtp.orange.fr:465 | imap.orange.fr:993 |
Free | free.fr | | smtp.free.fr:465 | imap.free.fr:993 | user=local
! Switch authenticated SMTP on in your subscriber area of Free.
SFR | sfr.fr neuf.fr club-internet.fr | | smtp.sfr.fr:465 | imap.sfr.fr:993 |
La Poste | laposte.net | | smtp.laposte.net:465 | imap.laposte.net:993 | user=local
! Allow IMAP and SMTP in the settings of laposte.net.
Libero | libero.it inwind.it iol.it blu.it giallo.it | | smtp.libero.it:465 | imapmail.libero.it:993 |
! With secure sign-in make an app password in your Libero account.
Virgilio | virgilio.it | | out.virgilio.it:465 | in.virgilio.it:993 |
TIM | tim.it | | smtp.tim.it:587 | imap.tim.it:143 |
Alice | alice.it | | out.alice.it:587 | in.alice.it:143 |
Aruba | aruba.it technet.it | aruba.it | smtps.aruba.it:465 | imaps.aruba.it:993 |
Seznam | seznam.cz email.cz post.cz spoluzaci.cz | seznam.cz | smtp.seznam.cz:465 | imap.seznam.cz:993 |
! Allow IMAP in the settings of Seznam; with two-factor sign-in make an app password there.
WP | wp.pl | | smtp.wp.pl:465 | imap.wp.pl:993 | user=local
! Allow mail programs (IMAP and SMTP) in the settings of WP.
o2.pl | o2.pl tlen.pl | | poczta.o2.pl:465 | poczta.o2.pl:993 | user=local
! Allow mail programs (IMAP and SMTP) in the settings of o2.
Onet | onet.pl op.pl onet.eu onet.com.pl poczta.onet.pl vp.pl | | smtp.poczta.onet.pl:465 | imap.poczta.onet.pl:993 |
Interia | interia.pl interia.eu interia.com poczta.fm | | poczta.interia.pl:465 | poczta.interia.pl:993 |
! Allow mail programs in the settings of Interia.
Naver | naver.com | | smtp.naver.com:465 | imap.naver.com:993 |
! Switch IMAP and SMTP on in the settings of Naver Mail; with two-step sign-in make an app password there.
Daum | hanmail.net daum.net | | smtp.daum.net:465 | imap.daum.net:993 |
! Switch IMAP and SMTP on in the settings of Daum Mail.
UOL | uol.com.br | | smtps.uol.com.br:587 | imap.uol.com.br:993 | user=local
Telenet | telenet.be | | smtp.telenet.be:587 | imap.telenet.be:993 | user=local
Ziggo | ziggo.nl home.nl casema.nl | | smtp.ziggo.nl:587 | imap.ziggo.nl:993 |
KPN | kpnmail.nl planet.nl hetnet.nl xs4all.nl | | smtp.kpnmail.nl:587 | imap.kpnmail.nl:993 |
BT | btinternet.com btopenworld.com talk21.com | | mail.btinternet.com:465 | mail.btinternet.com:993 |
Comcast | comcast.net | | smtp.comcast.net:465 | imap.comcast.net:993 |
! Allow third-party access in the security settings of Xfinity.
AT&T | att.net sbcglobal.net bellsouth.net | | smtp.mail.att.net:465 | imap.mail.att.net:993 | saves
! Make a secure mail key in your AT&T profile: it is the password here.
StartMail | startmail.com | startmail.com | smtp.startmail.com:465 | imap.startmail.com:993 |
! Make a device password in the settings of StartMail.
Disroot | disroot.org | | disroot.org:465 | disroot.org:993 | leaves user=local
Riseup | riseup.net | | mail.riseup.net:465 | mail.riseup.net:993 | leaves user=local
Bigpond | bigpond.com bigpond.net.au telstra.com | | smtp.telstra.com:465 | imap.telstra.com:993 |
UKR.NET | ukr.net | | smtp.ukr.net:465 | imap.ukr.net:993 |
! Allow IMAP in the settings of UKR.NET and make a password for programs there.
ABV | abv.bg gyuvetch.bg | | smtp.abv.bg:465 | imap.abv.bg:993 |
`;
