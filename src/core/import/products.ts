/** Whose export a table is, by columns that only that product writes. */
import { headerKey } from './columns.js';
import type { TablePlan } from './records.js';

export type TableFormat = TablePlan['format'];

export interface Product {
  name: string;
  /** What its rows are, where the columns alone would not say. */
  format?: TableFormat;
  /** 0 to 1. */
  confidence?: number;
}

interface Signature extends Product {
  /** Keys that must all be there; "a|b" is one of several, a trailing * any ending. */
  keys: string;
  /** The header is exactly these keys, in this order. */
  exact?: boolean;
}

/** What we write ourselves comes back as it was: nothing is made of it that it does not say. */
export const OUR_EXPORT = 'Followthrough contacts';

/** The first that fits is taken. */
const PRODUCTS: Signature[] = [
  { name: OUR_EXPORT, keys: 'circle encounters formofaddress' },
  {
    name: 'LinkedIn messages',
    format: 'linkedin-messages',
    keys: 'conversationid from date content',
    confidence: 0.98,
  },
  // Of before 2019: without conversations and profiles.
  {
    name: 'LinkedIn messages',
    format: 'linkedin-messages',
    keys: 'from to date subject content direction folder',
    exact: true,
    confidence: 0.95,
  },
  {
    name: 'LinkedIn invitations',
    format: 'linkedin-invitations',
    keys: 'from to sentat direction',
    confidence: 0.98,
  },
  {
    name: 'LinkedIn recommendations',
    format: 'table',
    keys: 'firstname lastname company jobtitle text creationdate status',
  },
  {
    name: 'LinkedIn imported contacts',
    format: 'table',
    keys: 'firstname lastname companies emails phonenumbers',
  },
  {
    name: 'Luma guests',
    format: 'attendee-list',
    keys: 'approvalstatus|guestapprovalstatus apiid|qrcodeurl|checkedinat|ethaddress|guestid',
  },
  {
    name: 'Eventbrite attendees',
    format: 'attendee-list',
    keys: 'ordernumber|orderid attendeenumber|attendeestatus',
  },
  {
    name: 'Meetup attendees',
    format: 'attendee-list',
    keys: 'userid rsvp urlofmemberprofile|rsvpedon|joinedgroupon',
  },
  { name: 'Meetup members', format: 'table', keys: 'memberid joinedgroupon' },
  { name: 'Meetup members', format: 'table', keys: 'userid joinedgroupon rsvpedyes' },
  {
    name: 'Black Hat badge scans',
    format: 'badge-scan',
    keys: 'interactiontype assignedrep joblevel|industry',
  },
  { name: 'Popl leads', format: 'badge-scan', keys: 'capturemethod eventname|scantimestamputc' },
  {
    name: 'talque lead list',
    format: 'badge-scan',
    keys: 'firstname lastname email companyname jobtitle origin country',
    exact: true,
    confidence: 0.85,
  },
  {
    name: 'Swapcard/Validar badge scans',
    format: 'badge-scan',
    keys: 'firstname lastname jobtitle company emailaddress country',
    exact: true,
    confidence: 0.6,
  },
  {
    name: 'HubSpot contacts',
    keys: 'recordid lifecyclestage|leadstatus|contactowner|associatedcompany|associateddeal* email|firstname|lastname',
  },
  { name: 'HubSpot contacts', keys: 'contactid lifecyclestage|associatedcompany email|firstname|lastname' },
  {
    name: 'Google Contacts',
    keys: 'email1value|email1label|email1type|groupmembership|phoneticfirstname firstname|givenname|name',
  },
  {
    name: 'Outlook contacts',
    keys: 'givenyomi|surnameyomi|emaildisplayname|internetfreebusy|email2displayname',
  },
  { name: 'Outlook contacts', keys: 'internetfreigebucht|emailangezeigtername|email2adresse|emailtyp' },
  {
    name: 'Outlook contacts',
    keys: 'nomcompletdeladressedemessagerie|typedemessagerie|villebureau|telephonebureau',
  },
  { name: 'Outlook contacts', keys: 'nomevisualizzatopostaelettronica|tipopostaelettronica|cittauff' },
  {
    name: 'Outlook contacts',
    keys: 'tipodecorreoelectronico|tipodecorreo|nombreparamostrardelcorreoelectronico|nombredepantalladecorreoelectronico',
  },
  { name: 'Outlook contacts', keys: 'emailweergavenaam|emailtype|werkadresplaats achternaam' },
  {
    name: 'Outlook contacts',
    keys: 'firstname lastname emailaddress businesscity|businessphone|businessfax homephone|homecity|mobilephone',
  },
  {
    name: 'Thunderbird address book',
    keys: 'displayname primaryemail secondaryemail birthyear|screenname|custom1',
  },
  { name: 'Yahoo contacts', keys: 'first last messengerid|alternateemail1' },
  { name: 'Mailchimp audience', keys: 'emailaddress memberrating|optintime|leid|euid' },
  {
    name: 'Pipedrive people',
    keys: 'personname personemail*|personphone*|personorganization|personowner|personid',
  },
  { name: 'Zoho CRM', keys: 'leadid|contactid|recordid leadowner|contactowner lastname' },
  {
    name: 'Salesforce',
    keys: 'lastname accountname mailingcity|mailingcountry|salutation|contactid|accountid|leadsource',
  },
  { name: 'Apollo contacts', keys: 'personlinkedinurl' },
  {
    name: 'LinkedIn Sales Navigator',
    keys: 'defaultprofileurl|salesnavigatorurl|linkedinprofileurl|linkedinurl companyname|companyurl firstname',
  },
];

/** LinkedIn's other files: of the owner alone, or of nobody. Exact: every key of the header is one of these. */
const OF_NOBODY: { what: string; keys: string; exact?: boolean }[] = [
  { what: 'your own LinkedIn profile', keys: 'firstname lastname headline summary|geolocation|maidenname' },
  { what: 'your own identity verification at LinkedIn', keys: 'firstname lastname verificationtype' },
  { what: 'your own e-mail addresses at LinkedIn', keys: 'emailaddress confirmed primary updatedon' },
  { what: 'your own phone numbers at LinkedIn', keys: 'extension number type', exact: true },
  { what: 'your own phone numbers at LinkedIn', keys: 'number extension iswhatsappnumber' },
  {
    what: 'your registration at LinkedIn',
    keys: 'registeredat|registrationdate registrationip|registrationipaddress',
  },
  { what: 'the history of your account at LinkedIn', keys: 'time event', exact: true },
  { what: 'your videos', keys: 'description link', exact: true },
  { what: 'your education', keys: 'schoolname startdate enddate degreename' },
  { what: 'your positions', keys: 'companyname title startedon finishedon' },
  { what: 'your volunteering', keys: 'companyname role cause' },
  { what: 'your certifications', keys: 'name authority licensenumber' },
  { what: 'your courses', keys: 'name number', exact: true },
  { what: 'your languages', keys: 'name proficiency', exact: true },
  { what: 'your publications', keys: 'name publishedon publisher' },
  { what: 'your organisations', keys: 'name description startedon finishedon' },
  { what: 'your projects', keys: 'title description url startedon|startdate finishedon|enddate' },
  { what: 'your honours', keys: 'title description issuedon|issuedate' },
  { what: 'your patents', keys: 'title patentnumber|applicationnumber' },
  { what: 'your test scores', keys: 'name score testdate|description|dateon' },
  {
    what: 'LinkedIn endorsements, of people your connections list holds already',
    keys: 'endorsementdate skillname',
  },
  {
    what: 'people and pages you follow, whom you need not have met',
    keys: 'date status fullname',
    exact: true,
  },
  { what: 'companies you follow', keys: 'organization followedon' },
  { what: 'your learning', keys: 'contenttitle contenttype' },
  {
    what: 'what LinkedIn targets advertisements by',
    keys: 'memberage|membergender companyfollowerof|membergender|memberinterests|jobtitles',
  },
  { what: 'what LinkedIn targets advertisements by', keys: 'agegroup companysizes followedcompanies' },
  { what: 'advertisements you clicked', keys: 'adclickeddate' },
  { what: 'what LinkedIn infers about you', keys: 'category typeofinference' },
  {
    what: 'your receipts',
    keys: 'transactioncreateddate|invoicenumber transactionamount|subtotal|totalamount|invoicenumber',
  },
  { what: 'your job applications', keys: 'applicationdate resumename|joburl' },
  { what: 'your saved jobs', keys: 'savedate|saveddate joburl' },
  { what: 'your saved answers', keys: 'question answer', exact: true },
  { what: 'your job alerts', keys: 'alertparameters|savedsearchid|queryurl|savedsearchdate' },
  { what: 'your job preferences', keys: 'jobtitles jobtypes|industries|preferredjobtypes' },
  { what: 'your LinkedIn events', keys: 'eventname eventtime externalurl|status' },
  { what: 'your media', keys: 'mediadescription medialink' },
  { what: 'your shares', keys: 'date sharelink' },
  { what: 'your reactions', keys: 'date type link', exact: true },
  { what: 'your comments', keys: 'date link message', exact: true },
  { what: 'your votes', keys: 'date link optiontext' },
  { what: 'your searches', keys: 'time searchquery' },
  { what: 'your logins', keys: 'logindate ipaddress' },
  { what: 'security challenges', keys: 'challengedate ipaddress' },
  { what: 'causes you care about', keys: 'supportedcause' },
  { what: 'hashtags you follow', keys: 'hashtag|hashtagname followedon|createdtime|state' },
  { what: 'your saved items', keys: 'saveditem createdtime|savedat' },
  { what: 'your profile summary', keys: 'profilesummary' },
];

function fits(signature: { keys: string; exact?: boolean }, keys: readonly string[]): boolean {
  const wanted = signature.keys.split(' ');
  const named = keys.filter((key) => key !== '');
  if (signature.exact === true) return named.join(' ') === signature.keys;
  return wanted.every((one) =>
    one
      .split('|')
      .some((key) =>
        key.endsWith('*') ? keys.some((each) => each.startsWith(key.slice(0, -1))) : keys.includes(key),
      ),
  );
}

/** The product that writes such a header; null for a table of anybody's. */
export function productOf(header: readonly string[]): Product | null {
  const keys = header.map(headerKey);
  return PRODUCTS.find((signature) => fits(signature, keys)) ?? null;
}

/** What a file holds that tells nothing of people to write to, where the header says so. */
export function ofNobody(header: readonly string[]): string | null {
  const keys = header.map(headerKey);
  return OF_NOBODY.find((signature) => fits(signature, keys))?.what ?? null;
}

const SKILL =
  /\b(?:management|development|marketing|learning|analysis|analytics|design|software|engineering|programming|strategy|sales|communication|leadership|planning|speaking|research|data|microsoft|python|java|javascript|sql|linux|project|business|social media|english|excel|teamwork|negotiation|customer service)\b/i;

/** LinkedIn's Skills.csv is one column called "Name", of skills. */
export function isSkillList(header: readonly string[], rows: readonly string[][]): boolean {
  const named = header.filter((cell) => cell.trim() !== '');
  if (named.length !== 1 || headerKey(named[0] ?? '') !== 'name') return false;
  const values = rows.map((row) => (row[0] ?? '').trim()).filter((value) => value !== '');
  return (
    values.length > 0 &&
    values.filter((value) => SKILL.test(value)).length >= Math.max(1, values.length * 0.15)
  );
}
