/** What files tell of people, before anything is decided about it. */

export type ImportFormat = 'linkedin-connections' | 'badge-scan' | 'attendee-list' | 'table' | 'vcard';

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

/** What one row of one file tells of one person. Absent values are left out. */
export interface Candidate {
  name: PersonName;
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
  sign?: Sign;
}

export type Reading =
  | { kind: 'person'; candidate: Candidate }
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
  | 'notes'
  | 'connectedOn'
  | 'scanAt'
  | 'interaction'
  | 'checkedIn'
  | 'status'
  | 'language'
  | 'zone';

/** How the rows of one table are read. */
export interface TablePlan {
  format: Exclude<ImportFormat, 'vcard'>;
  /** Index from 0 of the header among the rows given to `planTable`; rows after it are the people. */
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
}
