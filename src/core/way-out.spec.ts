import { readOptOut } from './inbound/opt-out.js';
import { wayOut, wayOutLine, WAY_OUT_LANGUAGES } from './way-out.js';

describe('the way out', () => {
  it.each(WAY_OUT_LANGUAGES)(
    'in %s, the answer it asks for is understood, and the sentence itself is no such answer',
    (language) => {
      for (const occasion of ['mail', 'birthday'] as const) {
        const sentence = wayOut(language, occasion);
        const answer =
          /[“„«”「](?<words>[^“„«»”」]+)[“”»」]/u.exec(sentence)?.groups?.['words']?.trim() ?? '';
        expect(readOptOut(answer).wants).toBe(true);
        expect(readOptOut(sentence).wants).toBe(false);
      }
    },
  );

  it('is said in the language of the mail, and in English where we have none', () => {
    expect(wayOut('de-AT', 'mail')).toMatch(/keine Mails mehr/);
    expect(wayOut('EN', 'birthday')).toMatch(/birthdays/);
    expect(wayOut('tlh', 'mail')).toBe(wayOut('en', 'mail'));
    expect(wayOut('', 'mail')).toBe(wayOut('en', 'mail'));
    expect(wayOut('constructor', 'mail')).toBe(wayOut('en', 'mail'));
  });

  it('leads to the page', () => {
    expect(wayOutLine('fr', 'https://out.example.org/x')).toMatch(
      /^Ou choisissez .* https:\/\/out\.example\.org\/x$/,
    );
  });

  it('knows the eleven languages that answers are understood in', () => {
    expect([...WAY_OUT_LANGUAGES].sort()).toEqual('de en es fr it ja nl pl pt sv zh'.split(' '));
  });
});
