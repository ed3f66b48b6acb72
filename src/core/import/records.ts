/** What files tell of people, before anything is decided about it. */

export type ImportFormat =
  | 'linkedin-connections'
  | 'linkedin-messages'
  | 'linkedin-invitations'
  | 'badge-scan'
  | 'attendee-list'
  | 'table'
  | 'vcard'
  | 'icalendar'
  /** Our own export. */
  | 'followthrough';

/** A person's name as one source has it. `full` is empty where the source names nobody (an address alone). */
export interface PersonName {
  full: string;
  given?: string;
  family?: string;
  prefix?: string;
  suffix?: string;
}

/** What ties a row to the event: a scan, a LinkedIn connection, or a place on a list. */
export interface Sign {
  kind: 'scan' | 'connection' | 'listed';
  /** An ISO instant where the file tells the zone, else an ISO local date. */
  at?: string;
}

/** An encounter as our own export tells it: the event whole, so that it may be made where it is not known. */
export interface SaidEncounter {
  event: string;
  /** Local dates, both included. */
  startsOn: string;
  endsOn: string;
  /** IANA. */
  zone: string;
  kind: 'met' | 'attended';
  /** An ISO instant. */
  at?: string;
}

/** What one row of one file tells of one person. Absent values are left out. */
export interface Candidate {
  name: PersonName;
  /** The contact's id in our own export: known again by it where nothing else tells. */
  contactId?: string;
  /** As written, trimmed; every one is a valid address. */
  emails: string[];
  /** E.164 where the number can be told, else as written. */
  phones: string[];
  /** Canonical profile slug: lower case, percent-decoded. */
  linkedin?: string;
  company?: string;
  title?: string;
  city?: string;
  country?: string;
  /** '1990-03-15', or '--03-15' without a year. */
  birthday?: string;
  /** BCP 47, only where the file says so. */
  language?: string;
  /** IANA zone, only where the file says so. */
  zone?: string;
  notes?: string;
  /** Where the owner met them, as a column of that meaning says. */
  whereMet?: string;
  sign?: Sign;
  /** The event's name, where the row itself says one. */
  event?: string;
  /** Whether they agreed to be written to, where the file says so; false blocks mail. */
  consent?: boolean;
  /** How they came to be in the file, in its words: "Badge scan", "Referral". */
  origin?: string;
  priority?: Priority;
  /** Form of address (du, tu / Sie, vous), only where the file says so. */
  form?: AddressForm;
  /** The last word exchanged with them elsewhere. */
  message?: Exchange;
  /** Of our own export alone. */
  encounters?: SaidEncounter[];
}

export type Priority = 'hot' | 'warm' | 'cold';
export type AddressForm = 'informal' | 'formal';

/** The last message of a conversation outside our mailboxes: whoever did not write it may owe an answer. */
export interface Exchange {
  /** An ISO instant, or an ISO local date. */
  at: string;
  from: 'them' | 'owner';
  text: string;
}

/** An event as a calendar tells it. Local dates, both included. */
export interface CalendarEvent {
  uid?: string;
  name: string;
  startsOn: string;
  endsOn: string;
  /** IANA zone, where the calendar says so. */
  zone?: string;
  location?: string;
}

export type Reading =
  /** `remark`: what could not be read as it was meant, and where it went instead. */
  | { kind: 'person'; candidate: Candidate; remark?: string }
  /** A row that means a person and cannot be taken: shown to the owner, to correct and import again. */
  | { kind: 'rejected'; reason: string }
  /** No person to take: blank rows, totals and notes under the table, groups, people who declined. */
  | { kind: 'ignored'; reason: string };

/** What a column can mean. `url` is a web page that may happen to be a LinkedIn profile. */
export type Field =
  | 'name'
  | 'given'
  | 'middle'
  | 'family'
  | 'prefix'
  | 'suffix'
  | 'email'
  | 'phone'
  | 'linkedin'
  | 'url'
  | 'company'
  | 'title'
  | 'city'
  | 'country'
  | 'birthday'
  /** A birthday over three columns. */
  | 'birthYear'
  | 'birthMonth'
  | 'birthDay'
  | 'notes'
  | 'connectedOn'
  | 'scanAt'
  | 'interaction'
  | 'checkedIn'
  | 'status'
  | 'language'
  | 'zone'
  | 'whereMet'
  | 'event'
  | 'consent'
  /** Who unsubscribed: a yes or a date here is a consent of "no". */
  | 'optOut'
  | 'origin'
  | 'priority'
  | 'form'
  /** Of our own export alone. */
  | 'contactId';

/** How the owner said a table with this header is to be read; it wins over what we make of the header. */
export interface Mapping {
  /** `headerFingerprint` of the header it is for. */
  header: string;
  /** `headerKey` of a column -> its meaning; null: nothing of it is to be taken. */
  columns: Record<string, Field | null>;
  /** Whether 03/04/2026 is 4 March. */
  monthFirst: boolean | null;
}

/** How the rows of one table are read. */
export interface TablePlan {
  format: Exclude<ImportFormat, 'vcard' | 'icalendar' | 'followthrough'>;
  /**
   * Index from 0 of the header among the rows given to `planTable`; rows after it are the people. -1 where the table has
   * no header: its first row is a person already.
   */
  headerIndex: number;
  /** Column index from 0 -> meaning; columns nobody needs are not in it. */
  columns: Record<number, Field>;
  header: string[];
  /** 0 to 1. */
  confidence: number;
  /** One sentence for the owner: what the table was taken for, and by what. */
  why: string;
  /** Whether 03/04/2026 is 4 March; null where the column leaves it open (such dates are then left out). */
  monthFirst: boolean | null;
  /** The same for single columns (by index), where they contradict each other; it wins over `monthFirst`. */
  monthFirstOf?: Record<number, boolean | null>;
  /** Whether the owner said it: then no column is asked. */
  datesSaid?: boolean;
  /** The product whose export this is, where its columns tell: "Luma guests", "Google Contacts". */
  product?: string;
  /** What only the owner can decide, one sentence each. */
  asks?: string[];
  /** A country (two letters or its name) for phone numbers without one, where the row names none. */
  region?: string;
  /** Whether the owner's mapping had a part in it. */
  mapped?: boolean;
}
