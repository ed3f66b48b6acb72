/**
 * The names people and products give their columns, as `headerKey` writes them (accents and case do not matter here).
 * Languages: en de fr es pt it nl sv da nb fi pl cs sk hu ro tr ru uk el id ja ko zh.
 */
import type { Field } from './records.js';

export const NAMES: Partial<Record<Field, string>> = {
  name:
    'name names fullname displayname contactname attendeename leadname participantname guestname personname registrantname delegatename ' +
    'nameofattendee yourname wholename completename firstandlastname firstnamelastname lastnamefirstname namefull candidatename studentname employeename ' +
    'vollstandigername namevollstandig vorundnachname vornamenachname vornameundnachname nachnamevorname ansprechpartner ' +
    'kontaktperson teilnehmer teilnehmername nomcomplet nometprenom nomprenom prenomnom prenometnom ' +
    'nombrecompleto nombreyapellidos nombreyapellido apellidosynombres apellidosynombre nomecompleto nomeesobrenome nominativo nomeecognome ' +
    'cognomeenome volledigenaam naam helanamn fulltnavn fuldenavn navn namn kokonimi nimi imieinazwisko nazwiskoiimie jmenoaprijmeni celejmeno ' +
    'menoapriezvisko teljesnev nev numecomplet numesiprenume adsoyad adisoyadi adivesoyadi tamad isimsoyisim имяифамилия фамилияимя полноеимя ' +
    'фио піб ονοματεπωνυμο namalengkap nama 姓名 名前 氏名 お名前 이름 성명 성함',
  given:
    'firstname givenname givennames given forename forenames vorname vornamen rufname prenom prenoms primernombre nombres primeironome ' +
    'nomeproprio voornaam roepnaam fornamn fornavn etunimi etunimet imie krestnijmeno jmeno krstnemeno meno keresztnev utonev prenume ad adi isim имя имена име ' +
    'імя ονομα namadepan attendeefirstname guestfirstname contactfirstname leadfirstname fname first yourfirstname registrantfirstname ' +
    'delegatefirstname firstnames namefirst 名 名字',
  middle:
    'tussenvoegsel tussenvoegsels voorvoegsel middlename middlenames additionalname middle middleinitial secondname zweitername weiterevornamen deuxiemeprenom segundonombre secondonome ' +
    'segundonome middelstenaam mellomnavn mellannamn mname отчество drugieimie druheimeno',
  family:
    'lastname lastnames familyname surname surnames family nachname familienname zuname nomdefamille apellido apellidos apellidopaterno primerapellido cognome sobrenome ' +
    'apelido achternaam efternamn etternavn efternavn sukunimi nazwisko prijmeni priezvisko vezeteknev csaladnev numedefamilie soyad soyadi soyisim ' +
    'фамилия прізвище επωνυμο namabelakang attendeelastname guestlastname contactlastname leadlastname registrantlastname delegatelastname ' +
    'lname last secondsurname namelast 姓 姓氏 성',
  prefix:
    'nameprefix prefix salutation anrede titelanrede civilite tratamiento tratamento aanhef honorific honorificprefix courtesytitle nametitle saludo oslovenie osloveni',
  suffix:
    'namesuffix suffix credentials honorificsuffix namenssuffix suffixe sufijo sufixo achtervoegsel titolostraniero postnominals',
  linkedin:
    'linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinprofil linkedinlink linkedinid linkedinhandle linkedinaddress ' +
    'linkedinprofilelink publicprofileurl linkedinpublicurl linkedinusername whatisyourlinkedinprofile whatsyourlinkedinprofile yourlinkedinprofile ' +
    'linkedinpublicprofileurl linkedinpage linkedinweb linkedinbio personlinkedinurl defaultprofileurl salesnavigatorurl profilelinkedin ' +
    'profillinkedin perfildelinkedin perfillinkedin profilolinkedin',
  url:
    'url profileurl profile profiles website websites webpage personalwebpage website1value website2value homepage webseite internetseite pageweb ' +
    'paginaweb webpagina siteweb sitoweb sitioweb site sites web sociallinks sociallink socialmedia sosialmedia',
  company:
    'company companyname companies organization organisation organizationname organisationname organization1name employer currentcompany currentemployer ' +
    'firm firma unternehmen firmenname unternehmensname arbeitgeber organisationseinheit betrieb societe entreprise nomdelentreprise employeur ' +
    'empresa compania organizacion nombredelaempresa nomedaempresa organizacao azienda societa ditta nomeazienda organizzazione bedrijf organisatie ' +
    'bedrijfsnaam werkgever foretag foretagsnamn firmanavn virksomhed bedrift arbejdsgiver arbetsgivare yritys organisaatio nazwafirmy organizacja ' +
    'pracodawca spolecnost nazevfirmy spolocnost ceg cegnev vallalat companie numecompanie sirket sirketadi kurum ' +
    'namecompany companyorganization companyorganisation organizationcompany organisationcompany companyorganisationname affiliation institution ' +
    'accountname companyaffiliation associatedcompany primarycompany businessname orgname org employername worksat workplace perusahaan instansi ' +
    'компания организация місцероботи компанія εταιρεια 公司 公司名称 单位 会社 会社名 企業名 勤務先 회사 회사명 소속',
  title:
    'carica jobtitle position positions role jobrole jobposition currentposition currenttitle organizationtitle organization1title occupation professionaltitle ' +
    'jobfunction designation headline profession businesstitle worktitle beruf berufsbezeichnung stellenbezeichnung stelle funktion jobbezeichnung ' +
    'jobtitel rolle tatigkeit poste posteoccupe fonction intitulduposte intituledeposte intituleduposte cargo puesto puestodetrabajo ocupacion funcao ' +
    'profissao qualifica ruolo mansione posizione posizionelavorativa functie functietitel beroep befattning titelroll yrkestitel stilling stillingsbetegnelse ' +
    'tehtava tehtavanimike ammatti stanowisko pozice pracovnipozice pozicia funkce beosztas munkakor functia pozitie unvan pozisyon gorev jabatan ' +
    'должность посада θεση 职位 职务 职称 役職 肩書き 肩書 직책 직함 직위',
  city:
    'city town location businesscity workcity homecity address1city cityname cityregion citytown townorcity citystate geolocation stadt ort wohnort ortschaft ville localite ' +
    'ciudad localidad poblacion municipio citta localita comune cidade municipio plaats woonplaats gemeente stad by poststed postort bynavn kaupunki ' +
    'paikkakunta miasto miejscowosc mesto obec varos telepules oras localitate sehir il город місто πολη kota 城市 所在城市 城市名 市区町村 都市 도시 지역',
  country:
    'country countries countryregion countryorregion countryname businesscountryregion businesscountry workcountry homecountry homecountryregion ' +
    'address1country countryofresidence land landregion landname pays paysregion pais paisregion paisoregion paese paeseregione paeseareageografica nazione landregio ' +
    'staat maa kraj zeme krajina orszag tara ulke negara страна країна χωρα 国家 国家地区 国 国名 국가 나라',
  birthday:
    'birthday birthdate dateofbirth bday dob cumple birth birthdaydate geburtstag geburtsdatum gebdatum datedenaissance anniversaire anniversairedenaissance naissance fechadenacimiento ' +
    'fechanacimiento datadinascita datanascita compleanno datadenascimento datanascimento geboortedatum verjaardag cumpleanos fodelsedatum fodelsedag fodselsdato fodselsdag syntymaaika ' +
    'syntymapaiva dataurodzenia urodziny datumnarozeni narozeniny datumnarodenia szuletesidatum szuletesnap datanasterii dogumtarihi датарождения деньрождения ' +
    'датанародження ημερομηνιαγεννησης tanggallahir 生日 出生日期 生年月日 誕生日 생일 생년월일',
  birthYear: 'birthyear yearofbirth geburtsjahr anneedenaissance anodenacimiento annodinascita geboortejaar',
  birthMonth:
    'birthmonth monthofbirth geburtsmonat moisdenaissance mesdenacimiento mesedinascita geboortemaand',
  birthDay: 'birthdayofmonth dayofbirth jourdenaissance diadenacimiento giornodinascita',
  notes:
    'notes note comment comments remark remarks memo leadnotes leadcomments exhibitornotes meetingnotes salesnotes notesfrommeeting conversationnotes ' +
    'whatwespokeabout whatwetalkedabout whatwediscussed whatwasdiscussed spokeabout talkedabout discussed discussion conversation followupnotes ' +
    'notiz notizen bemerkung bemerkungen kommentar kommentare anmerkung anmerkungen gesprach gesprachsnotiz gesprachsnotizen ' +
    'woruberwirsprachen commentaire commentaires remarque remarques notas comentario comentarios nota observaciones observacoes appunti commenti opmerking opmerkingen ' +
    'notities anteckning anteckningar notater noter muistiinpanot notatki uwagi poznamka poznamky megjegyzes jegyzet observatii notlar catatan ' +
    'заметки заметка комментарий примечание примечания нотатки 备注 備考 メモ 메모 비고',
  connectedOn:
    'connectedon connectiondate dateconnected connectedsince verbundenam verbundenseit vernetztam kontaktseit connecteele connectele connexionle datedeconnexion enrelationdepuis ' +
    'miseenrelationle conectadoel fechadeconexion conectadoen contactodesde conectadoem dataconexao datadeconexao datadaconexao conexaoem collegatoil collegamentoeffettuatoil ' +
    'datacollegamento datadicollegamento connessoil verbondenop connectieop connectiesinds connectiegemaaktop ansluten anslot anslutenden kontaktsedan forbundet forbundetden forbundetd ' +
    'oprettetforbindelse oprettetforbindelseden tilknyttet tilknyttetden tilkoblet koblettil kontaktsiden kontaktenknyttet kontaktknyttet polaczono polaczonodnia ' +
    'datanawiazaniakontaktu datapolaczenia wkontakcieod spojenodne spojeno propojenodne datumspojeni datumpropojeni kontaktnavazan conectatpe conectatla conectatindatade dataconectarii ' +
    'baglantitarihi baglantikurulmatarihi baglantikuruldu baglantikurmatarihi baglandi датадобавления датаустановленияконтакта контактустановлен установленконтакт ' +
    'датаподключения датасоединения датавстановленняконтакту つながった日 つながり日 つながり登録日 接続日 コンタクト登録日 1촌맺은날짜 1촌을맺은날짜 1촌맺은날 1촌연결일 연결일 연결날짜 ' +
    '建立联系时间 建立联系日期 加为好友时间 连接时间 连接日期 成为好友时间 建立人脉时间 建立關係日期 建立關係時間 連結日期 加為好友時間 terhubungpada terkoneksipada ' +
    'tanggalterhubung berhubungpada disambungkanpada dihubungkanpada nakakonektanoong yhdistetty verkostoitunut kapcsolodasdatuma kapcsolatfelvetel συνδεθηκεστις danketnoivao đaketnoivao เชื่อมต่อเมื่อ',
  scanAt:
    'scantime scandate scantimestamp scantimestamputc scandatetime scannedat scannedon scantimeutc scanneddate scannedtime timescanned datescanned scanned scanneddatetime ' +
    'timeofscan dateofscan capturedat capturedate capturetime captured captureddate leadcapturedat datecaptured timecaptured scanzeit scanzeitpunkt scandatum gescanntam ' +
    'datescan datedescan fechadeescaneo datascansione badgescantime badgescanned badgescandate leaddate leadcreated leadtime interactiondate interactiontime ' +
    'datemet metdate meton scannedatutc capturedatutc capturedon leadcapturedate leadcapturetime firstscanned lastscanned scandateandtime eingescanntam gescandop',
  interaction:
    'interactiontype interaction capturemethod captyp capturetype capturesource leadtype interaktion interaktionstyp leadsource2 scantype leadcapturemethod',
  checkedIn:
    'checkedin checkedinat checkin checkintime checkindate checkedinon attended attendance eingecheckt checkinstatus checkinzeit attendedevent didattend anwesend checkindateutc checkintimeutc checkedinatutc checkindatetime',
  status:
    'attendeestatus approvalstatus rsvp rsvpstatus registrationstatus guestrsvpstatus ticketstatus bookingstatus orderstatus teilnahmestatus anmeldestatus attendancestatus guestapprovalstatus',
  language:
    'language preferredlanguage sprache langue languepreferee idioma lingua linguapreferita taal correspondencelanguage korrespondenzsprache locale sprak sprog kieli jezyk jazyk nyelv limba dil язык мова 语言 言語 언어',
  zone: 'timezone zeitzone fuseauhoraire zonahoraria fusohorario fusoorario tijdzone iana ianatimezone tz hubspottimezone',
  whereMet:
    'wheremet wherewemet wherewefirstmet wheredidwemet wheredidwemeet wheredidyoumeet metat metwhere metvia placemet meetingplace meetingpoint howwemet howmet howdidwemeet ' +
    'howdidyoumeet howwegotintouch wogetroffen wokennengelernt kennengelerntbei kennengelernt getroffenbei getroffenin getroffen treffpunkt wiekennengelernt ' +
    'lieuderencontre rencontrea rencontre ourencontre dondenosconocimos lugardeencuentro comonosconocimos ondenosconhecemos dovecisiamoconosciuti luogoincontro waarontmoet ' +
    'ontmoetop varvimottes hvormodtesvi hvormottesvi gdziesiepoznalismy kdejsmesepotkali 認識场合 在哪认识 会った場所 出会った場所 만난곳',
  event:
    'event eventname eventtitle show showname conference conferencename tradeshow expo veranstaltung veranstaltungsname messe konferenz evenement salon nomdelevenement ' +
    'evento nombredelevento evenementnaam evenemang arrangement tapahtuma wydarzenie akce esemeny eveniment etkinlik мероприятие 活动 イベント 행사',
  consent:
    'consent consented consentgiven consenttocontact consenttoemail gdpr gdprconsent gdpropt gdproptin optin optedin marketingconsent marketingoptin emailconsent emailoptin emailmarketingconsent ' +
    'consenttomarketing marketingpermission permission permissiontocontact contactpermission okaytocontact oktocontact maywecontact agreedtobecontacted acceptsmarketing acceptsemailmarketing ' +
    'newsletteroptin communicationconsent privacyconsent dataconsent einwilligung einverstandnis einverstanden zustimmung dsgvo dsgvoeinwilligung marketingeinwilligung kontakterlaubnis datenschutzeinwilligung werbeeinwilligung ' +
    'consentement consentementrgpd rgpd accord accordrgpd consentimiento consentimientorgpd consentimento lgpd consenso consensoprivacy consensomarketing toestemming samtycke gdprsamtycke ' +
    'samtykke suostumus zgoda zgodamarketingowa souhlas suhlas hozzajarulas consimtamant onay izin kvkk согласие згода συγκαταθεση persetujuan 同意 동의',
  optOut:
    'optout optedout emailoptout hasoptedoutofemail emailoptedout unsubscribed unsubscribedfromallemail unsubscribe donotcontact donotemail donotmail dnc nomarketing ' +
    'unsubtime unsubscribedat unsubscribedate abgemeldet keinewerbung werbesperre desabonne desinscrit dadodebaja disiscritto afgemeld',
  origin:
    'origin source leadsource leadorigin contactsource sourceoflead originalsource howtheyheard herkunft quelle leadquelle kontaktquelle origine sourcedulead origen fuente ' +
    'procedencia origem fonte provenienza herkomst bron kalla kilde zrodlo zdroj forras sursa kaynak источник джерело 来源 出典 출처',
  priority:
    'rating leadrating priority leadpriority temperature leadtemperature hotwarmcold hotcold leadscore leadquality leadqualification qualification stars starrating ' +
    'interestlevel levelofinterest leadgrade grade heat heatlevel bewertung leadbewertung prioritat leadqualitat einstufung interesse priorite notation temperaturedulead prioridad calificacion ' +
    'temperatura prioridade priorita valutazione prioriteit beoordeling prioritet betyg vurdering ocena priorytet priorita hodnoceni prioritas приоритет оценка 优先级 評価 優先度 우선순위',
  form:
    'anredeform formderanrede formofaddress duodersie dusie siedu duzen siezen perdu duzensiezen tuvous vousoutu vousvoiement tutoiement tutoyer tuousted tuusted ' +
    'tratamientodeusted formality formalinformal tuolei jeuu tutoyerenvouvoyer addressform',
  phone:
    'phone phones phonenumbers contactnumber contactno cellnumber telno mobile mobiles cell telephone tel telefon telefono telefone telefonnummer handy handynummer mobil mobilnummer mobiltelefon mobilfunk mobilfunknummer rufnummer ' +
    'festnetz telefoon telefoonnummer mobielnummer mobiel gsm portable telportable telephoneportable mobieletelefoon phonemobile phonecell mobilecell telephonemobile telmobile numerodetelephone celular movil telefonomovil cellulare telemovel ' +
    'telefonnumer telefonszam telefonnicislo telefonnicisla mobilni puhelin puhelinnumero matkapuhelin telefonkomorkowy komorka numertelefonu nrtelefonu nrtelefon telefonmobil ceptelefonu ' +
    'telefonnumarasi whatsapp whatsappnumber телефон мобильныйтелефон номертелефона мобильный τηλεφωνο κινητο nomortelepon nohp telepon hp 电话 手机 手机号 电话号码 電話 電話番号 携帯電話 携帯 전화 전화번호 휴대폰 휴대전화 연락처',
  email:
    'email emails mail emailaddress emailaddresses mailaddress emailid emailaddr eaddress primaryemail secondaryemail additionalemailaddresses additionalemails emailadresse mailadresse ' +
    'emailadres epostadress epost epostadresse mailadress sahkoposti sahkopostiosoite adresemail adresaemail adresdeemail emailcim eposta epostaadresi adresaelectronica courriel adressecourriel ' +
    'adressedemessagerie adresseelectronique adressemail adresseemail correo correoelectronico direcciondecorreo direcciondecorreoelectronico ' +
    'correoelectronicoprincipal enderecodeemail enderecodecorreioeletronico emaildocontato postaelettronica indirizzoemail indirizzopostaelettronica indirizzodipostaelettronica ' +
    'indirizzomail surel alamatemail почта электроннаяпочта адресэлектроннойпочты адресэлпочты електроннапошта пошта 邮箱 电子邮箱 电子邮件 邮件 電子メール メール メールアドレス 이메일 이메일주소 메일 전자우편',
};

/** Read like nothing, whatever they look like: other people, accounts, labels. */
export const NEVER =
  'username userid nickname maidenname companyphone companyemail companymainphone contactowner leadowner owner accountowner buyeremail buyername ' +
  'eventhost memberrating hostname filename loginname screenname emailtype emaillabel phonetype phonelabel memberid preferredname legalname ' +
  'officelocation organization1location organizationlocation userlanguage emaildisplayname emailstatus recordsource contacttype othername alternatename';

/** Words that say whose a column is and no more; taken away before the rest is looked up. */
export const WHOSE =
  'attendee guest participant registrant delegate contact contacts person people customer client lead prospect user member employee staff student candidate ' +
  'applicant subscriber speaker volunteer donor patient alumni invitee visitor your my i am is what whats please enter full current legal professional personal primary main default preferred ' +
  'profile details detail info information fields properties data value the of a an der die das des dem den ihr ihre le la les l de du d del della dei di da do dos ' +
  'el il lo het van op po e teilnehmer teilnehmerin kunde kunden kontakt mitarbeiter mitarbeiterin cliente clientes clienti invite contacto contatto deelnemer klant medewerker haupt';

export const PLACES: Record<'work' | 'home' | 'other', string> = {
  work: 'work business office corporate geschaftlich geschaftliche dienstlich dienstliche beruflich berufliche buero buro bureau pro professionnel professionnelle trabajo profesional laboral uff ufficio lavoro aziendale werk werkadres zakelijk zakelijke praca sluzbowy arbete jobb arbejde tyo',
  home: 'home private privat privato privata personale domicile perso casa domicilio residencia ab abitazione thuis huisadres prive prywatny hem hjem koti residential',
  other:
    'other mailing billing shipping postal alternate alternative alt secondary second weiterer weiteres weitere autre otro otra altra altro ander anders andere invoice delivery',
};

/** Words around a city or country only: "Company City", "Address - City". */
export const ADDRESS_WORDS =
  'address addr adr adresse adres adress indirizzo direccion endereco company organization organisation hq geo current anschrift';

/** Columns taken only where nothing better has a value. */
export const WEAK =
  'role headline jobfunction occupation profession affiliation institution associatedcompany accountname location geolocation profile url source funktion qualification';

/** Keys that carry a meaning only where nothing better is in the header. */
export const AMBIGUOUS: Record<'title' | 'name' | 'scanAt' | 'whole' | 'birthday', string> = {
  // A birthday in Portuguese; in Spanish, beside "cumpleaños", an anniversary.
  birthday: 'aniversario datadeaniversario dataaniversario',
  title: 'title titel titre titulo titolo tytul titul cim titlu unvani titles',
  name: 'nom nombre nome nume',
  scanAt: 'date time datetime timestamp datum',
  whole:
    'contactperson applicant customer client student candidate member user contact person attendee participant guest delegate employee lead speaker contacts people persons attendees participants kontakt mitarbeiter deelnemer participante asistente partecipante',
};
