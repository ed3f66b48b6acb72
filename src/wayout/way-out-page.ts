import type { WayOutChoice } from '../core/way-out-choices.js';
import { wayOutChoices } from '../core/way-out-choices.js';
import type { HeldKind } from './held.js';
import type { WayOutView } from './way-out.service.js';

interface PageWords {
  title: string;
  lead: (owner: string) => string;
  choices: Record<WayOutChoice, string>;
  button: string;
  chosen: string;
  heldTitle: string;
  held: Record<HeldKind, string>;
  since: (date: string) => string;
  done: string;
  erase: (owner: string) => string;
  gone: string;
}

const EN: PageWords = {
  title: 'What would you like to get?',
  lead: (owner) => `${owner} wrote to you with Followthrough. Choose what suits you; no account is needed.`,
  choices: {
    'less-often': 'Less often: at most one mail in thirty days',
    'no-congratulations': 'No congratulations',
    'only-answers': 'Only after I write: nothing that starts by itself',
    never: 'Never: no mail at all',
  },
  button: 'Save',
  chosen: 'chosen',
  heldTitle: 'What is kept about you',
  held: {
    address: 'Ways to reach you',
    person: 'Your name and where you work',
    birthday: 'Your birthday',
    meetings: 'Where you met',
    notes: 'Notes of what was said',
    promises: 'Things promised to you',
    mails: 'Mails sent to you',
    answers: 'Your answers',
  },
  since: (date) => `since ${date}`,
  done: 'Saved. It holds from this moment.',
  erase: (owner) => `To have all of it erased, just answer the mail and ask ${owner}.`,
  gone: 'This link leads nowhere: it is mistyped, or nothing is kept about you any more.',
};

const DE: PageWords = {
  title: 'Was möchten Sie bekommen?',
  lead: (owner) =>
    `${owner} hat Ihnen mit Followthrough geschrieben. Wählen Sie, was Ihnen recht ist; ein Konto brauchen Sie nicht.`,
  choices: {
    'less-often': 'Seltener: höchstens eine Mail in dreißig Tagen',
    'no-congratulations': 'Keine Glückwünsche',
    'only-answers': 'Nur wenn ich schreibe: nichts, was von selbst kommt',
    never: 'Nie: gar keine Mail',
  },
  button: 'Speichern',
  chosen: 'gewählt',
  heldTitle: 'Was über Sie aufbewahrt wird',
  held: {
    address: 'Wege, Sie zu erreichen',
    person: 'Ihr Name und wo Sie arbeiten',
    birthday: 'Ihr Geburtstag',
    meetings: 'Wo Sie sich begegnet sind',
    notes: 'Notizen zu Gesprächen',
    promises: 'Was Ihnen versprochen wurde',
    mails: 'Mails an Sie',
    answers: 'Ihre Antworten',
  },
  since: (date) => `seit ${date}`,
  done: 'Gespeichert. Es gilt ab sofort.',
  erase: (owner) =>
    `Soll alles gelöscht werden, antworten Sie einfach auf die Mail und bitten ${owner} darum.`,
  gone: 'Dieser Link führt nirgendwohin: Er ist vertippt, oder über Sie ist nichts mehr gespeichert.',
};

/** @param accepted the browser's Accept-Language (RFC 9110, 12.5.4): German where it comes first, else English */
function wordsFor(accepted: string): { lang: string; words: PageWords } {
  return /^\s*de\b/i.test(accepted) ? { lang: 'de', words: DE } : { lang: 'en', words: EN };
}

/** The page. Works without script, style sheet or picture from anywhere; the form posts to its own address. */
export function wayOutPage(
  view: WayOutView,
  { accepted, saved }: { accepted: string; saved: boolean },
): string {
  const { lang, words } = wordsFor(accepted);
  const choices = wayOutChoices.map((choice) => {
    const chosen = view.chosen.includes(choice);
    return `<label><input type="radio" name="choice" value="${choice}" required> <span>${escaped(words.choices[choice])}${
      chosen ? ` <em>(${words.chosen})</em>` : ''
    }</span></label>`;
  });
  const held = view.held.map(
    ({ kind, since }) =>
      `<li>${escaped(words.held[kind])} <small>${escaped(words.since(since))}</small></li>`,
  );
  return page(lang, words.title, [
    saved ? `<p class="saved" role="status">${words.done}</p>` : '',
    `<p>${escaped(words.lead(view.ownerName))}</p>`,
    `<form method="post">${choices.join('')}<button>${words.button}</button></form>`,
    `<h2>${words.heldTitle}</h2><ul>${held.join('')}</ul><p>${escaped(words.erase(view.ownerName))}</p>`,
  ]);
}

/** For a token that is not ours, or of somebody of whom nothing is held any more. */
export function noWayOutPage(accepted: string): string {
  const { lang, words } = wordsFor(accepted);
  return page(lang, words.title, [`<p>${words.gone}</p>`]);
}

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:34rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2.5rem}label{display:flex;gap:.6rem;padding:.5rem 0;cursor:pointer}
button{font:inherit;margin-top:.8rem;padding:.5rem 1.4rem}.saved{border-left:4px solid #2a7;padding-left:.8rem}small,em{opacity:.7}`;

/** Its hash is in the Content-Security-Policy, so that no other style or script can be slipped in. */
export const WAY_OUT_STYLE = STYLE;

function page(lang: string, title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${parts.join('\n')}</main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
