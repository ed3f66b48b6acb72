/**
 * The words of a language from which a wish to be left alone is made; `opt-out-shapes.ts` says how they go together, once
 * for all languages. Each field holds alternatives for folded text (see `folded`). Verbs are given as one speaks to
 * somebody (imperative, infinitive, "that you write"), not as one tells of oneself: "I have not written" is no wish.
 */
export interface Lexicon {
  /** "not", "never", "no". */
  no: string;
  /** "any more", "again", "further". */
  more: string;
  /** To write to somebody, to contact or bother them; "be contacted" too. */
  write: string;
  /** To send, which needs a thing sent. */
  send: string;
  /** Mails, messages, contact; "anything", "these" where something is sent or received. */
  mail: string;
  things: string;
  /** To receive, to hear from. */
  get: string;
  /** "I want", "I would appreciate", "please". */
  want: string;
  stop: string;
  /** "No need to", "you need not". */
  needless: string;
  remove: string;
  me: string;
  list: string;
  /** My data, my address. */
  mine: string;
  /** "Less often", "at most". */
  less: string;
  /** "Once a year", which asks for less only where it is `enough`. */
  rate: string;
  enough: string;
  /** Sayings that are the wish by themselves: "leave me alone", "I object to the processing". */
  out: string;
  /** Sayings that may be the wish: "not interested", "let us leave it at that". */
  hint: string;
  /** Whoever speaks tells of themselves, or means the opposite: "don't stop writing", "I can no longer write". */
  other: string;
  /** Other things, days, channels and lists, which make the same words another wish: the contract, Thursday, the guest list. */
  apart: string;
  /** What follows upon the next mail: a lawyer, the authority. */
  threat: string;
}
