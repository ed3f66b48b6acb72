import { wayOutChoices } from '../core/way-out-choices.js';
import type { WayOutView } from './way-out.service.js';
import { wordsFor } from './way-out-words.js';

/** What the last POST came to: saved, or nothing that can be. */
export type Outcome = 'saved' | 'unclear' | null;

/**
 * The page. Works without script, style sheet or picture from anywhere; the form posts to its own address.
 * @param accepted the browser's Accept-Language
 */
export function wayOutPage(
  view: WayOutView,
  { accepted, outcome }: { accepted: string; outcome: Outcome },
): string {
  const { lang, words } = wordsFor(accepted, view.language);
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
    outcome === 'saved' ? `<p class="saved" role="status">${words.done}</p>` : '',
    outcome === 'unclear' ? `<p class="unclear" role="alert">${words.choose}</p>` : '',
    `<p>${escaped(words.lead(view.ownerName))}</p>`,
    `<form method="post"><fieldset aria-labelledby="title">${choices.join('')}</fieldset><button>${words.button}</button></form>`,
    `<h2>${words.heldTitle}</h2><ul>${held.join('')}</ul><p>${escaped(words.erase(view.ownerName))}</p>`,
  ]);
}

/** For a token that is not ours, or of somebody of whom nothing is held any more. */
export function noWayOutPage(accepted: string): string {
  const { lang, words } = wordsFor(accepted, 'en');
  return page(lang, words.title, [`<p>${words.gone}</p>`]);
}

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:34rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2.5rem}label{display:flex;gap:.6rem;padding:.5rem 0;cursor:pointer}
button{font:inherit;margin-top:.8rem;padding:.5rem 1.4rem}fieldset{border:0;margin:0;padding:0}
.saved{border-left:4px solid #2a7;padding-left:.8rem}.unclear{border-left:4px solid #c60;padding-left:.8rem}small,em{opacity:.7}`;

/** Its hash is in the Content-Security-Policy, so that no other style or script can be slipped in. */
export const WAY_OUT_STYLE = STYLE;

function page(lang: string, title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1 id="title">${title}</h1>${parts.join('\n')}</main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
