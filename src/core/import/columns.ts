/** What a header cell means, by the names people and products give their columns. */
import { cleanText } from '../text.js';
import type { Field } from './records.js';

/** A header cell as it is compared: letters and digits only, lower case, without accents; "firstName" = "First name*". */
export function headerKey(cell: string): string {
  return cleanText(cell.slice(0, 200))
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/#/g, 'number')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

const NAMES: Record<string, string> = {
  name:
    'name fullname displayname contactname attendeename leadname participantname guestname personname registrantname delegatename nameofattendee ' +
    'yourname vollstandigername teilnehmer teilnehmername nomcomplet nombrecompleto nombreyapellidos nomecompleto nominativo volledigenaam naam ' +
    '姓名 名前 氏名 имя фио',
  given:
    'firstname givenname given forename vorname rufname prenom primernombre voornaam fornamn fornavn etunimi imie keresztnev attendeefirstname ' +
    'guestfirstname contactfirstname leadfirstname fname first yourfirstname registrantfirstname delegatefirstname 名',
  middle: 'middlename additionalname middle middleinitial zweitername',
  family:
    'lastname familyname surname family nachname familienname zuname nomdefamille apellido apellidos cognome sobrenome apelido achternaam ' +
    'efternamn etternavn efternavn sukunimi nazwisko vezeteknev attendeelastname guestlastname contactlastname leadlastname registrantlastname delegatelastname lname last 姓',
  prefix: 'nameprefix prefix salutation anrede titelanrede civilite tratamiento aanhef honorific',
  suffix: 'namesuffix suffix credentials',
  linkedin:
    'linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinprofil linkedinlink linkedinid linkedinhandle linkedinaddress ' +
    'linkedinprofilelink publicprofileurl linkedinpublicurl linkedinusername whatisyourlinkedinprofile whatsyourlinkedinprofile yourlinkedinprofile',
  url: 'url profileurl profile website webpage personalwebpage website1value website2value homepage webseite',
  company:
    'company companyname organization organisation organizationname organisationname organization1name employer firm firma unternehmen ' +
    'firmenname arbeitgeber societe entreprise empresa azienda societa ditta bedrijf organisatie bedrijfsnaam foretag firmanavn firmanavn yritys ' +
    'companyorganization companyorganisation organizationcompany affiliation institution accountname companyaffiliation 公司 会社名 компания',
  title:
    'jobtitle position role jobrole jobposition organizationtitle organization1title occupation professionaltitle jobfunction beruf berufsbezeichnung ' +
    'stellenbezeichnung funktion jobbezeichnung poste fonction intitulduposte cargo puesto qualifica ruolo posizione mansione functie functietitel befattning stilling 职位 役職 должность',
  city: 'city town location businesscity workcity homecity address1city cityname stadt ort wohnort ville ciudad citta cidade plaats woonplaats stad by kaupunki miasto 城市 город',
  country:
    'country countryregion businesscountryregion businesscountry workcountry homecountry homecountryregion address1country countryname land pays pais paese nazione staat maa kraj 国家 страна',
  birthday:
    'birthday birthdate dateofbirth bday dob geburtstag geburtsdatum datedenaissance anniversairedenaissance fechadenacimiento datadinascita datadenascimento geboortedatum cumpleanos',
  notes:
    'notes note comment comments remark remarks memo leadnotes leadcomments exhibitornotes meetingnotes salesnotes notesfrommeeting conversationnotes ' +
    'whatwespokeabout whatwetalkedabout whatwediscussed whatwasdiscussed spokeabout talkedabout discussed discussion conversation followupnotes ' +
    'wherewemet howwemet notiz notizen bemerkung bemerkungen kommentar kommentare anmerkung anmerkungen gesprach gesprachsnotiz gesprachsnotizen ' +
    'woruberwirsprachen commentaire commentaires remarque remarques notas comentario comentarios nota appunti commenti opmerking opmerkingen notities anteckningar 备注 メモ',
  connectedOn:
    'connectedon verbundenam kontaktseit connecteele enrelationdepuis miseenrelationle conectadoel fechadeconexion conectadoem collegatoil collegamentoeffettuatoil ' +
    'verbondenop connectieop ansluten kontaktenknyttet',
  scanAt:
    'scantime scandate scantimestamp scantimestamputc scandatetime scannedat scannedon scantimeutc scanneddate scannedtime timescanned datescanned scanned scanneddatetime ' +
    'timeofscan dateofscan capturedat capturedate capturetime captured captureddate leadcapturedat datecaptured timecaptured scanzeit scanzeitpunkt scandatum gescanntam ' +
    'datescan datedescan fechadeescaneo datascansione badgescantime badgescanned badgescandate leaddate leadcreated leadtime interactiondate interactiontime',
  interaction:
    'interactiontype interaction capturemethod captyp leadtype interaktion interaktionstyp leadsource2 scantype',
  checkedIn:
    'checkedin checkedinat checkin checkintime checkindate checkedinon attended attendance eingecheckt checkinstatus checkinzeit',
  status:
    'attendeestatus approvalstatus rsvp rsvpstatus registrationstatus guestrsvpstatus ticketstatus bookingstatus orderstatus teilnahmestatus anmeldestatus attendancestatus',
  language:
    'language preferredlanguage sprache langue idioma lingua taal correspondencelanguage korrespondenzsprache locale',
  zone: 'timezone zeitzone fuseauhoraire zonahoraria fusoorario tijdzone iana ianatimezone tz',
};

const BY_NAME = new Map<string, Field>();
for (const [field, names] of Object.entries(NAMES)) {
  for (const name of names.split(' ')) BY_NAME.set(headerKey(name), field as Field);
}

const EMAIL =
  /^(?:attendee|registrant|delegate|contact|lead|guest|participant|work|business|private|primary|personal|corporate|professional|your|geschaftliche|private|dienstliche|whatisyour|addresse|adresse|indirizzo|correo)?(?:e?mail|courriel|correo|correoelectronico|postaelettronica|электроннаяпочта|邮箱|メールアドレス)(?:s|address|addresses|adresse|adres|adress|id|professionnel|profesional|aziendale)?\d?(?:value|address|adresse)?$/u;
const PHONE =
  /^(?:attendee|registrant|delegate|contact|lead|guest|home|business|work|mobile|cell|office|direct|primary|other|private|your|numerode|numerodi|numero)?(?:phone|mobile|mobilephone|cell|cellphone|telephone|tel|telefon|telefono|telefone|handy|mobil|mobiltelefon|rufnummer|telefoon|gsm|portable|celular|cellulare|movil|电话|電話番号|телефон)(?:number|nummer|nr|no)?\d?(?:value)?$/u;
const NOTES = /^(?:whatdidwe|whatwe|whatyou|whatdidyou).*(?:about|discuss|spoke|talk)/u;

/** The meaning of a header cell by itself; null where it has none for us. */
export function fieldOf(key: string): Field | null {
  if (key === '') return null;
  const field = BY_NAME.get(key);
  if (field !== undefined) return field;
  if (EMAIL.test(key)) return 'email';
  if (PHONE.test(key)) return 'phone';
  return NOTES.test(key) ? 'notes' : null;
}

/** Signs of a scanner in the exhibitor's hand. */
export const SCAN_SIGNS =
  /^(?:scan|scanned|scanner|badge|leadcapture|leadrating|leadqualification|interactiontype|capturemethod|capturedby|gescannt|assignedrep)/;
/** Signs of an organiser's list. */
export const LIST_SIGNS =
  /^(?:ticket|rsvp(?!ed(?:yes|no|maybe))|checkedin|checkin|attendeestatus|attendeenumber|approvalstatus|registrationstatus|registrationdate|registeredat|ordernumber|orderdate|ordertype|attendance|guests$|eingecheckt|anmeldestatus|qrcodeurl)/;

/** Keys that carry a meaning only where nothing better is in the header. */
export const AMBIGUOUS = {
  title: new Set(['title', 'titel', 'titre', 'titulo', 'titolo']),
  name: new Set(['nom', 'nombre', 'nome']),
  scanAt: new Set(['date', 'time', 'datetime', 'timestamp', 'datum']),
};
