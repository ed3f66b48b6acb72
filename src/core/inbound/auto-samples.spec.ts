import { readAbsence } from './absence.js';
import type { ParsedMail } from './mail.js';

/**
 * Absence notes and what people write about absences, in seventeen languages, all invented. Sent on Friday 20 November
 * 2026. A line is: language | sign | subkind or "person" | return date | stand-in or new address | reason | text, with
 * " / " for a line break. Signs: H a header, S the subject of an automatic reply, A a subject that speaks of an absence,
 * R no return path, N none (the text says so itself or not at all).
 */
const TABLE = `
en|H|away|2026-12-07|bob@example.com|holiday|Thank you for your mail. I am on annual leave and will be back on Monday, 7 December. If it is urgent, please contact my colleague Bob Hill (bob@example.com).
en|S|away|2026-12-05|-|-|I am out of the office until 5 Dec and will answer when I return.
en|S|away|2026-12-06|-|-|I am away until 5 Dec (inclusive) with no access to email.
en|H|away|2026-12-05|sales@example.com|travel|I'm travelling on business through December 4th. Please email sales@example.com if it cannot wait.
en|A|away|2026-11-30|-|holiday|I'm on vacation this week and next, back Nov. 30.
en|A|away|2027-01-04|-|closed|Our office is closed for the holidays from December 24 to January 3.
en|S|away|2027-04-06|cleo@example.org|parental|I am on maternity leave and return on 6 April 2027. Cleo is covering for me: cleo@example.org
en|S|away|-|-|sick|I am currently on sick leave. I will reply when I am back.
en|H|away|2026-11-24|-|conference|I am attending a conference until Tuesday and will have limited access to my e-mail.
en|S|away|2026-12-04|-|-|I am out of office and will be back in two weeks.
en|S|away|2026-12-01|-|-|I am away until the end of the month.
en|S|away|2027-01-01|-|-|I will be back in January.
en|S|away|2026-11-23|-|-|Out today, back on Monday.
en|S|away|2026-12-07|-|-|I will be out of the office 30 November - 4 December, returning Monday 7 December at 9:00.
en|S|away|2026-12-01|-|-|I will be away until 12/1/2026.
en|S|away|2026-11-27|-|public-holiday|We are closed on Thanksgiving, a public holiday. Back in the office on Friday 27 November.
en|S|away|-|-|-|I am out of the office with limited access to email.
en|S|away|2026-12-07|-|-|I shall return on the 7th of December.
en|S|away|2026-11-30|-|-|I won't be back in the office until November 30.
en|S|left|-|dana@example.com|left|Ada is no longer with the company. Please contact Dana at dana@example.com.
en|H|left|-|ada@example.net|left|I have left Example Ltd. You can reach me at ada@example.net.
en|S|left|-|-|left|This mailbox is no longer in use.
en|S|left|-|eve@example.com|left|My last day at Example was 30 October. Eve has taken over: eve@example.com
en|H|left|-|-|left|I retired on 1 July. Thank you for the good years.
en|H|received|-|-|-|We have received your request. Your ticket number is 48219 and one of our team will reply within two business days.
en|N|received|-|-|-|Thank you for contacting us. Your request (#123456) has been received and will be answered as soon as possible.
en|N|received|-|-|-|This is an automated message. We have received your e-mail and will get back to you shortly.
en|H|other|-|-|-|Thank you.
en|N|person|-|-|-|I was out of the office last week, sorry; yes, let us meet on 3 December.
en|N|person|-|-|-|I'm on holiday until Monday, then let's talk.
en|A|person|-|-|-|Sorry for the late answer, I was hiking. Yes to coffee!
en|A|person|-|-|-|Sorry for the late answer, I was away.
en|A|person|-|-|-|I have been on vacation until yesterday. Shall we talk?
en|N|person|-|-|-|Ada has left us for a competitor; I took over her desk. What can I do for you?
en|N|person|-|-|-|Got your automatic reply, enjoy the sun!
en|N|person|-|-|-|We have received your proposal and like it. When can you start?
en|N|person|-|-|-|I'll be back in Berlin on 5 December. Dinner?
en|R|away|2026-11-30|-|-|I am away from my desk until 30 November.
en|H|away|2026-12-09|-|-|I'm back at my desk on Wed 9 Dec.
en|H|away|2027-01-05|-|closed|We are closed between Christmas and New Year and reopen on 5 January 2027.
en|H|other|-|-|-|I only work Tuesday to Thursday, so my answer may take a while.
de|H|left|-|-|left|Ich habe das Unternehmen zum 31.10.2026 verlassen.
fr|H|left|-|-|left|J'ai quitté l'entreprise le 31 octobre.
de|S|away|2026-11-28|-|-|Ich bin bis zum 27.11.2026 nicht im Büro.
de|S|away|2026-11-30|bob@example.com|holiday|Guten Tag, / vom 23.11. bis 27.11. bin ich im Urlaub. Ab dem 30.11. bin ich wieder für Sie da. In dringenden Fällen wenden Sie sich bitte an Bob Berg, bob@example.com.
de|H|away|2026-12-07|vertrieb@example.org|travel|Ich bin auf Dienstreise und am Montag, 7. Dezember, wieder erreichbar. Meine Vertretung erreichen Sie unter vertrieb@example.org.
de|S|away|2026-12-05|-|-|Ich bin bis einschließlich 4. Dezember abwesend. Ihre E-Mail wird nicht weitergeleitet.
de|A|away|2026-11-24|-|-|Ich bin bis Montag nicht erreichbar.
de|S|away|-|-|sick|Zurzeit bin ich krank und lese keine E-Mails.
de|S|away|2027-03-01|mia@example.com|parental|Ich bin in Elternzeit und ab dem 1. März 2027 wieder im Büro. Bitte wenden Sie sich an Mia: mia@example.com
de|S|away|2027-01-04|-|closed|Unser Büro ist vom 24.12.2026 bis 03.01.2027 geschlossen (Betriebsferien).
de|S|away|2026-11-30|-|conference|Ich bin diese Woche auf einer Messe und ab 30.11. wieder persönlich erreichbar.
de|S|away|2027-01-01|-|-|Ich bin ab Januar wieder da.
de|S|away|2026-12-01|-|-|Ich bin bis Ende des Monats nicht im Haus.
de|S|away|2026-11-30|-|-|Ich bin erst am 30. November zurück.
de|S|away|2026-12-06|-|-|Ich bin vom 1. bis 5. Dezember abwesend.
de|S|left|-|ute@example.com|left|Herr Adam ist nicht mehr bei uns im Unternehmen tätig. Bitte wenden Sie sich an Ute Ulm (ute@example.com).
de|H|left|-|ada@example.org|left|Ich habe die Firma verlassen. Meine neue E-Mail-Adresse lautet ada@example.org.
de|S|left|-|claire@example.com|left|Herr Adam hat die Firma verlassen. Ihre Ansprechpartnerin ist ab sofort Claire: claire@example.com
de|S|left|-|-|left|Diese E-Mail-Adresse wird nicht mehr genutzt.
de|H|received|-|-|-|Vielen Dank, wir haben Ihre Anfrage erhalten und melden uns schnellstmöglich.
de|N|received|-|-|-|Dies ist eine automatisch generierte Nachricht. Ihre Anfrage wurde unter der Ticketnummer 20261120 registriert.
de|N|person|-|-|-|Ich war letzte Woche im Urlaub, entschuldige. Ja, gern am 3.12.
de|A|person|-|-|-|Ich war bis gestern im Urlaub und bin wieder da.
de|N|person|-|-|-|Ich bin bis Montag im Urlaub, danach gern!
de|H|away|2026-12-07|-|holiday|Ich bin in KW 49 im Urlaub.
de|H|away|2026-12-14|-|-|In den Kalenderwochen 49 und 50 bin ich nicht im Haus.
de|H|away|2026-12-07|-|-|Ab KW 50 bin ich wieder erreichbar.
de|H|away|2026-11-30|-|-|Ich lese erst ab dem 30. wieder Mails.
de|A|away|2026-12-14|j.wolf@example.com|holiday|Vom 30.11.–11.12. genieße ich meinen Jahresurlaub und bin ab 14.12. zurück. Meine Vertretung: Jana Wolf, j.wolf@example.com
de|H|left|-|jobs@example.com|left|Frau Kern hat unser Haus verlassen. Bitte nutzen Sie jobs@example.com.
en|H|away|2026-11-25|-|-|OOO until Wed 25th.
en|H|away|2026-12-01|-|-|I'm unavailable for the rest of November.
en|H|away|2026-12-26|-|closed|We are closed on 24 and 25 December.
en|H|away|2026-11-24|-|-|I am out of the office Monday.
en|H|away|-|-|-|I am out of the office every Friday.
en|H|away|2027-01-01|-|-|Offline with the children, back in the New Year. Happy holidays!
en|H|left|-|lucy@example.com|left|Dave has moved on to pastures new. Your new point of contact is Lucy Bell – lucy@example.com.
fr|H|away|2026-12-01|-|-|Je suis absente jusqu'au 30 du mois.
fr|H|away|2026-11-24|-|conference|En formation aujourd'hui et lundi, je traiterai votre message à partir de mardi.
es|H|away|2026-12-01|-|-|No estaré disponible lo que queda de mes.
es|S|away|2027-03-15|paula@example.com|parental|Estoy de baja por paternidad y volveré el 15 de marzo. Mientras tanto, Paula Gil (paula@example.com) llevará mis temas.
it|H|away|2026-12-09|-|holiday|Sarò assente per ferie dal 30/11 all'8/12.
it|H|away|2026-12-12|-|holiday|Sono in vacanza fino all'11 dicembre.
pt|H|away|2026-11-30|-|-|Volto na segunda-feira, 30 de novembro.
pt|H|away|2026-12-02|-|travel|Estou em viagem até terça-feira (01/12).
nl|H|away|2026-12-07|-|-|In week 48 en 49 ben ik er niet.
nl|H|away|2026-11-25|-|-|Ik ben maandag en dinsdag afwezig, woensdag ben ik er weer.
pl|H|away|2026-12-10|-|-|Na wiadomości odpowiem po powrocie, tj. 10 grudnia.
ja|H|away|2026-11-25|-|holiday|本日お休みをいただいております。25日（水）に出社予定です。
zh|H|away|2026-12-05|lina@example.com|-|我不在办公室，到12月4日为止。如有急事，请联系我的同事李娜（lina@example.com）。
zh|H|away|2026-11-30|-|-|我11月30日回来后会尽快回复您。
de|N|person|-|-|-|Danke für deine Nachricht. Ich bin nicht mehr bei Example, aber das Thema interessiert mich weiter.
fr|S|away|2026-11-28|-|-|Je suis absente jusqu'au 27 novembre 2026.
fr|S|away|2026-12-01|paul@example.com|holiday|Bonjour, / je suis en congés et serai de retour le 1er décembre. En cas d'urgence, vous pouvez contacter Paul Petit : paul@example.com
fr|H|away|2026-12-06|-|holiday|Je suis en congés du 1er au 5 décembre inclus.
fr|S|away|2026-11-23|-|travel|Je suis en déplacement et de retour lundi.
fr|S|away|-|-|sick|Je suis actuellement en arrêt maladie et ne lis pas mes messages.
fr|S|away|2027-05-03|lea@example.org|parental|En congé maternité jusqu'à mon retour le 3 mai 2027, je vous invite à écrire à lea@example.org.
fr|S|away|2027-01-04|-|closed|Nos bureaux sont fermés du 24 décembre 2026 au 3 janvier 2027.
fr|S|left|-|luc@example.com|left|Je ne fais plus partie de la société. Merci de contacter Luc (luc@example.com).
fr|S|left|-|ada@example.net|left|J'ai quitté l'entreprise. Ma nouvelle adresse : ada@example.net
fr|H|received|-|-|-|Nous avons bien reçu votre demande et vous répondrons dans les meilleurs délais.
fr|N|person|-|-|-|J'étais en vacances la semaine dernière, désolée. Oui pour jeudi !
fr|N|person|-|-|-|Je suis en congés jusqu'à lundi, on se parle après ?
es|S|away|2026-11-28|-|-|Estoy fuera de la oficina hasta el 27 de noviembre de 2026.
es|S|away|2026-12-07|eva@example.com|holiday|Gracias por su mensaje. Estoy de vacaciones y vuelvo el lunes 7 de diciembre. Para asuntos urgentes, contacte con Eva Gil en eva@example.com.
es|H|away|2026-12-05|-|-|Estaré ausente del 23 de noviembre al 4 de diciembre, ambos incluidos.
es|S|away|-|-|sick|Me encuentro de baja médica. Responderé a mi regreso.
es|S|away|2027-02-01|-|parental|Estoy de baja por maternidad. Me reincorporo el 1 de febrero de 2027.
es|S|away|2026-11-30|-|conference|Estoy fuera en un congreso; regreso el 30/11.
es|S|left|-|raul@example.com|left|Ya no trabajo en Example. Por favor, escriba a raul@example.com.
es|S|left|-|-|left|La señora Ruiz ha dejado la empresa.
es|H|received|-|-|-|Hemos recibido su solicitud y le responderemos a la mayor brevedad.
es|N|person|-|-|-|Estuve de vacaciones, perdona. ¿Nos vemos el jueves?
it|S|away|2026-11-28|-|-|Sono assente fino al 27 novembre.
it|S|away|2026-12-07|ugo@example.com|holiday|Sono in ferie e rientro lunedì 7 dicembre. Per urgenze potete rivolgervi a Ugo Neri, ugo@example.com.
it|H|away|2026-12-06|-|-|Sarò fuori ufficio dal 1 al 5 dicembre compresi.
it|S|away|-|-|sick|Al momento sono assente per malattia.
it|S|away|2027-01-07|-|closed|I nostri uffici sono chiusi per le feste e riaprono il 7 gennaio 2027.
it|S|left|-|ivo@example.com|left|Non lavoro più in Example. Potete contattare Ivo all'indirizzo ivo@example.com.
it|H|received|-|-|-|Abbiamo ricevuto la Sua richiesta, risponderemo al più presto.
it|N|person|-|-|-|Ero in ferie, scusa il ritardo. Va bene giovedì!
pt|S|away|2026-11-28|-|-|Estarei ausente até 27 de novembro.
pt|S|away|2026-12-07|rui@example.com|holiday|Estou de férias e regresso no dia 7 de dezembro. Em caso de urgência, contacte o Rui: rui@example.com
pt|H|away|2026-12-05|-|-|Estarei fora do escritório de 30 de novembro a 4 de dezembro.
pt|S|away|2027-03-15|-|parental|Estou em licença-maternidade e volto em 15 de março de 2027.
pt|S|left|-|ines@example.com|left|Já não trabalho na Example. Por favor contacte ines@example.com.
pt|H|received|-|-|-|Recebemos a sua mensagem e responderemos o mais breve possível.
pt|N|person|-|-|-|Estive de férias, desculpa. Sim, vamos falar!
nl|S|away|2026-11-27|-|-|Ik ben afwezig tot 27 november.
nl|S|away|2026-12-07|jan@example.com|-|Ik ben afwezig t/m 4 december en vanaf maandag 7 december weer bereikbaar. Voor dringende zaken kunt u terecht bij Jan (jan@example.com).
nl|H|away|2026-12-05|-|holiday|Ik ben met vakantie tot en met 4 december.
nl|S|away|2026-11-27|-|-|Ik ben terug op 27-11-2026.
nl|S|away|2027-02-01|-|parental|Ik ben met zwangerschapsverlof en op 1 februari 2027 weer terug.
nl|S|left|-|els@example.com|left|Ik ben niet meer werkzaam bij Example. U kunt contact opnemen met Els via els@example.com.
nl|H|received|-|-|-|Wij hebben uw bericht ontvangen en nemen zo spoedig mogelijk contact met u op.
nl|N|person|-|-|-|Ik was vorige week met vakantie, sorry. Donderdag is prima.
sv|S|away|2026-11-30|-|-|Jag är tillbaka den 30 november.
sv|S|away|2026-12-05|per@example.com|holiday|Jag har semester t.o.m. 4 december. Vid brådskande ärenden, kontakta Per på per@example.com.
sv|H|away|2026-12-07|-|-|Jag är inte på kontoret men åter måndag 7 december.
sv|S|away|2027-03-01|-|parental|Jag är föräldraledig och tillbaka den 1 mars 2027.
sv|S|left|-|liv@example.com|left|Jag har slutat på Example. Kontakta Liv: liv@example.com
sv|H|received|-|-|-|Vi har tagit emot ditt ärende och återkommer så snart vi kan.
sv|N|person|-|-|-|Jag var på semester förra veckan, ledsen. Gärna på torsdag!
da|S|away|2026-12-07|ole@example.com|holiday|Jeg holder ferie og er tilbage mandag den 7. december. Kontakt venligst Ole på ole@example.com, hvis det haster.
da|H|away|2026-12-05|-|-|Jeg er ikke på kontoret til og med 4. december.
no|S|away|2026-12-07|-|holiday|Jeg er på ferie og er tilbake mandag 7. desember.
no|H|left|-|kari@example.com|left|Jeg jobber ikke lenger i Example. Kontakt Kari på kari@example.com.
fi|S|away|2026-12-07|-|holiday|Olen lomalla ja palaan töihin 7.12.2026.
fi|H|away|2026-12-05|aino@example.com|-|Olen poissa 4.12. asti. Kiireellisissä asioissa ota yhteyttä: aino@example.com
pl|S|away|2026-12-05|-|holiday|Jestem na urlopie do 4 grudnia 2026 r.
pl|S|away|2026-12-07|ewa@example.com|-|Dziękuję za wiadomość. Obecnie jestem poza biurem. Wracam 7 grudnia. W pilnych sprawach proszę o kontakt z Ewą: ewa@example.com
pl|H|away|-|-|sick|Obecnie przebywam na zwolnieniu lekarskim.
pl|S|away|2026-11-30|-|conference|Do poniedziałku jestem na konferencji, wracam 30.11.
pl|H|away|2027-02-01|-|-|Będę poza biurem do lutego.
pl|S|left|-|jan@example.com|left|Nie pracuję już w firmie Example. Proszę pisać na adres jan@example.com.
pl|H|received|-|-|-|Otrzymaliśmy Państwa zgłoszenie i odpowiemy najszybciej, jak to możliwe.
pl|N|person|-|-|-|Byłam na urlopie, przepraszam. Czwartek pasuje!
cs|S|away|2026-12-07|-|holiday|Jsem na dovolené a vrátím se 7. prosince.
ru|S|away|2026-12-05|-|holiday|Я в отпуске с 23.11 по 04.12.2026.
ru|H|away|2026-12-07|olga@example.com|travel|Я в командировке, вернусь 7 декабря. По срочным вопросам пишите: olga@example.com
cs|H|left|-|petr@example.com|left|Již ve firmě nepracuji, kontaktujte prosím kolegu: petr@example.com
ru|S|left|-|ivan@example.com|left|Я больше не работаю в компании. Пишите на ivan@example.com
tw|N|person|-|-|-|上週我在休假，抱歉晚回覆。週四可以見面。
tr|S|away|2026-12-04|-|holiday|4 Aralık 2026 tarihine kadar yıllık izindeyim.
ja|S|away|2026-12-06|-|holiday|12月5日まで休暇をいただいております。
ja|S|away|2026-12-07|suzuki@example.com|holiday|お世話になっております。12月1日から5日まで休暇をいただいております。12月7日（月）より出社いたします。お急ぎの場合は suzuki@example.com までご連絡ください。
ja|H|away|2026-12-08|-|travel|出張のため不在にしております。12月8日に戻ります。
ja|S|away|-|-|parental|現在、育児休業中のため、メールを確認できません。
ja|S|away|2027-01-05|-|closed|年末年始休業のため、2027年1月5日より順次ご返信いたします。
ja|S|left|-|tanaka@example.com|left|私は9月末で退職いたしました。後任の田中（tanaka@example.com）までご連絡ください。
ja|H|received|-|-|-|お問い合わせを受け付けました。追って担当者よりご連絡いたします。
ja|N|received|-|-|-|このメールは自動返信です。お問い合わせいただきありがとうございます。後ほどご連絡いたします。
ja|N|person|-|-|-|先週は休暇をいただいておりました。返信が遅くなり申し訳ありません。ぜひお会いしましょう。
zh|S|away|2026-12-07|li@example.com|holiday|您好，我将于12月1日至12月5日休假，12月7日返回公司。如有急事请联系李明：li@example.com。
zh|S|away|2026-12-06|-|travel|我正在出差，到12月5日为止无法及时回复邮件。
zh|H|away|2026-11-23|-|holiday|我正在休假，下周一回来。
zh|S|left|-|wang@example.com|left|本人已从公司离职，工作由王芳接手，请联系 wang@example.com。
zh|H|received|-|-|-|您的邮件我已收到，会尽快回复您。
zh|N|person|-|-|-|我上周休假了，抱歉回复晚了。周四见面可以。
tw|S|away|2026-12-07|chen@example.com|holiday|您好，我於12月1日至12月5日休假，12月7日恢復上班。如有緊急事項，請聯絡 chen@example.com。
tw|H|left|-|lin@example.com|left|本人已於十月離職，相關業務請聯繫 lin@example.com。
tw|H|received|-|-|-|我們已收到您的來信，將儘快與您聯絡。
en|H|left|-|care@example.com|left|With great sadness we tell you that Ada passed away on 2 November. Please write to care@example.com.
en|H|away|-|-|-|I am away because of a death in my family. My father passed away on 16 November.
en|H|left|-|ada@example.net|left|Goodbye and thank you all. My inbox will be switched off; use ada@example.net.
en|H|left|-|-|left|The inbox old.ada@example.com is no longer in use. Please look at our website.
en|H|left|-|hr@example.com|left|I have left Example. For staff matters write to hr@example.com; to reach me personally, find me online.
en|H|away|-|bob@example.com|-|I am out of the office. In an emergency: bob (at) example [dot] com
en|H|away|2026-11-30|press@example.com|-|Away this week and next, back on 30 November. / - Press: Bob Hill, press@example.com / - Invoices: Cleo Wood, cleo@example.com
en|H|away|2026-12-04|-|-|I am out of the office for two weeks from today.
en|H|away|2026-12-17|-|holiday|On holiday from 30 November to 14 December. Back on the 17th.
en|H|away|2026-11-24|-|travel|I am travelling today and on Monday and will respond on Tuesday, November 24th.
en|H|away|2026-11-25|-|-|Out of the office Monday and Tuesday. Back Wed.
en|H|away|2026-12-01|-|sick|I am off sick until the end of November. Our conference takes place on 15-17 December: register by 8 December.
en|N|received|-|-|-|This is an automated message. Thank you for contacting us. Someone will answer within 24 hours.
de|H|left|-|nadia@example.com|left|Unser Kollege ist am 3. November verstorben. Bitte wenden Sie sich an Nadia Beck, nadia@example.com.
de|H|away|2026-12-11|-|holiday|Ich bin ab heute drei Wochen im Urlaub.
de|H|away|2026-11-24|-|-|Heute und Montag bin ich nicht im Büro. Ab Dienstag antworte ich wieder.
fr|H|away|2026-11-30|-|sick|Souffrant, je ne pourrai traiter vos messages avant le 30 novembre.
fr|H|away|2027-01-04|-|closed|Nos bureaux seront fermés du 24 décembre au soir au 3 janvier. Réouverture le lundi 4 janvier à 9 h.
es|H|away|2026-11-30|-|sick|Me encuentro enfermo y no podré responder hasta el lunes 30.
es|H|away|-|-|-|Estoy fuera de la oficina. Mi jornada es de lunes a miércoles.
es|H|away|2026-11-24|-|-|Hoy estoy fuera de la oficina; el martes 24 contestaré.
it|H|left|-|laura@example.com|left|La dott.ssa Hill ha lasciato l'azienda. Le richieste saranno seguite da Laura (laura@example.com).
it|H|away|2026-11-30|-|sick|Per malattia non potrò rispondere prima di lunedì 30 novembre.
pt|H|received|-|-|-|Acusamos a receção do seu e-mail, que será respondido em breve.
nl|H|away|2026-11-23|-|-|Vandaag ben ik niet op kantoor. Maandag ben ik weer bereikbaar.
nl|H|left|-|ada@example.net|left|Per 1 november heb ik een nieuwe baan. Mijn nieuwe mailadres: ada@example.net
sv|H|away|2026-12-01|-|-|Ej på kontoret förrän 1 december.
sv|H|away|2026-12-01|-|sick|Jag är sjukskriven till och med november.
pl|H|away|2026-12-16|-|holiday|Jestem na urlopie do dnia 15 grudnia. W pazdzierniku bylem w pracy.
pl|H|away|2026-11-26|-|-|We wtorek i środę nie będzie mnie w biurze, odpiszę w czwartek.
ja|H|away|2027-04-01|-|parental|現在、育児休業を取得しております。復職は令和9年4月1日の予定です。
ja|H|left|-|hill@example.com|left|弊社のアダは10月に逝去いたしました。hill@example.com までご連絡ください。
zh|H|away|2026-11-30|-|sick|本人住院治疗，11月30日前无法回复邮件。
zh|H|away|2027-01-04|-|-|2027年1月1日至3日休息，1月4日恢复办公。
tw|H|away|2026-12-07|-|-|本人目前不在辦公室，民國115年12月7日回辦公室。
it|H|away|2026-12-01|-|-|Sono fuori ufficio fino al 30/11: nel frattempo scrivete al nuovo indirizzo del reparto desk@example.com
it|H|away|2026-12-09|-|holiday|Ho preso due settimane di ferie e riprendo il lavoro il 9 dicembre.
pt|H|away|2026-11-26|-|travel|Nos dias 24 e 25 de novembro estou em viagem de trabalho.
en|H|left|-|bob@example.com|left|This email account has been disabled and is no longer available. Please contact Bob: bob@example.com
de|H|left|-|bob@example.com|left|Für dieses Thema bin ich nicht mehr zuständig. Ansprechpartner ist jetzt Bob Hill: bob@example.com
en|H|away|-|-|sick|I am on sick leave. The deadline for applications is 15 December, so submit yours until 14 December.
de|H|away|-|-|sick|Ich bin krank. Rechnungen bitte bis zum 30.11. einreichen.
pl|H|away|-|-|sick|Jestem na zwolnieniu lekarskim. Wnioski prosimy składać do 15 grudnia.
zh|H|away|-|-|sick|本人病假中。申请截止日期为12月15日。
`;

const AUTOMATIC: Record<string, string> = {
  en: 'Automatic reply: DevConf',
  de: 'Automatische Antwort: DevConf',
  fr: 'Réponse automatique : DevConf',
  es: 'Respuesta automática: DevConf',
  it: 'Risposta automatica: DevConf',
  pt: 'Resposta automática: DevConf',
  nl: 'Automatisch antwoord: DevConf',
  sv: 'Autosvar: DevConf',
  da: 'Automatisk svar: DevConf',
  no: 'Automatisk svar: DevConf',
  fi: 'Automaattinen vastaus: DevConf',
  pl: 'Odpowiedź automatyczna: DevConf',
  cs: 'Automatická odpověď: DevConf',
  ru: 'Автоответ: DevConf',
  tr: 'Otomatik yanıt: DevConf',
  ja: '自動応答: DevConf',
  zh: '自动回复: DevConf',
  tw: '自動回覆: DevConf',
};
const ABSENT: Record<string, string> = { en: 'Out of office', de: 'Abwesend' };

const mailOf = (language: string, sign: string, text: string): ParsedMail => ({
  headers: [
    ...(sign === 'H' ? [{ key: 'auto-submitted', value: 'auto-replied' }] : []),
    ...(sign === 'R' ? [{ key: 'return-path', value: '<>' }] : []),
  ],
  from: { address: 'ada@example.com', name: 'Ada' },
  to: ['me@example.org'],
  subject:
    (sign === 'S' ? AUTOMATIC[language] : sign === 'A' ? ABSENT[language] : undefined) ?? 'Re: DevConf',
  text,
  date: new Date('2026-11-20T09:00:00Z'),
  messageId: null,
  inReplyTo: '<ours@example.org>',
  references: [],
  parts: [],
});

const SAMPLES = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [language = '', sign = '', kind = '', date = '', contact = '', reason = '', ...text] =
      line.split('|');
    return { language, sign, kind, date, contact, reason, text: text.join('|').replaceAll(' / ', '\n') };
  });

const said = (value: string): string | null => (value === '-' ? null : value);

describe('absence notes in many languages', () => {
  it('has enough of them to mean something', () => {
    expect(SAMPLES.length).toBeGreaterThanOrEqual(150);
    expect(new Set(SAMPLES.map((sample) => sample.language)).size).toBe(18);
  });

  it.each(SAMPLES)('$language $sign $text', ({ language, sign, kind, date, contact, reason, text }) => {
    const absence = readAbsence(mailOf(language, sign, text), text);
    if (kind === 'person') {
      expect(absence).toBeNull();
      return;
    }
    expect(absence).toMatchObject({ subkind: kind, returnDate: said(date), reason: said(reason) });
    expect(absence?.delegate ?? absence?.newAddress ?? null).toBe(said(contact));
    expect(absence?.why).not.toBe('');
  });
});
