import { WAY_OUT_LANGUAGES } from '../core/way-out.js';
import { noWayOutPage, wayOutPage } from './way-out-page.js';
import { PAGE_LANGUAGES, wordsFor } from './way-out-words.js';

describe('the language of the way-out page', () => {
  it('can be that of every mail', () => {
    expect([...PAGE_LANGUAGES].sort()).toEqual([...WAY_OUT_LANGUAGES].sort());
  });

  it.each([
    ['', 'de-CH', 'de'],
    ['tlh, x-pig', 'pl', 'pl'],
    ['fr-CH, de;q=0.9, en;q=0.8', 'it', 'fr'],
    ['tlh;q=1, ja;q=0.3, sv;q=0.7', 'en', 'sv'],
    ['de;q=0, *;q=0.1', 'nl', 'nl'],
    ['', 'tlh', 'en'],
    [','.repeat(9_000), 'zh-Hans', 'zh'],
  ])('asked for "%s" about a mail in %s, it is %s', (accepted, mail, lang) => {
    expect(wordsFor(accepted, mail).lang).toBe(lang);
  });

  it.each(PAGE_LANGUAGES)('says in %s all there is to say, and leaves no markup open', (language) => {
    const held = [
      'address',
      'person',
      'birthday',
      'meetings',
      'notes',
      'promises',
      'mails',
      'answers',
    ] as const;
    const view = {
      ownerName: 'Ada <b>',
      language,
      held: held.map((kind) => ({ kind, since: '2026-11-20' })),
      chosen: ['never' as const],
    };
    const page = wayOutPage(view, { accepted: '', outcome: 'saved' });
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).not.toMatch(/undefined|<b>|\[object/);
    expect(page.match(/2026-11-20/g)).toHaveLength(8);
    expect(new Set(page.match(/<span>[^<]+/g)).size).toBe(4);
    expect(noWayOutPage(language)).toContain(`<html lang="${language}">`);
  });
});
