import fc from 'fast-check';
import { htmlBody } from './html-body.js';
import { htmlToText } from './html-text.js';

describe('the HTML beside the text', () => {
  it('says the same in paragraphs, lines and links', () => {
    expect(htmlBody('Hello Grace,\n\nsee https://example.org/a?b=1&c=2.\nAda')).toContain(
      '<p dir="auto">Hello Grace,</p>\n<p dir="auto">see <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.<br>\nAda</p>',
    );
  });

  it('lets no markup in', () => {
    const html = htmlBody('<script>alert(1)</script> & "x" https://example.org/"onclick="y <img src=x>');
    expect(html).not.toMatch(/<(?:script|img)|onclick="/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('links to the web alone', () => {
    expect(htmlBody('javascript:alert(1) file:///etc/passwd')).not.toContain('href');
  });

  it.each([
    'https://example.org/x。次',
    '(https://example.org/x)',
    '«https://example.org/x»',
    'https://example.org/x！',
  ])('leaves what ends the sentence out of the link in %s', (text) => {
    expect(htmlBody(text)).toContain('<a href="https://example.org/x">https://example.org/x</a>');
  });

  it('read back, is the same words', () => {
    const words = fc.array(
      fc.constantFrom('good', 'talk', '<b>', '&amp;', '"', 'Zürich', 'https://example.org/x', '3 < 4', '.'),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), (paragraphs) => {
        const text = paragraphs.map((each) => each.join(' ')).join('\n\n');
        const bare = (of: string) => of.replace(/\s+/g, ' ').trim();
        expect(bare(htmlToText(htmlBody(text)))).toBe(bare(text));
      }),
    );
  });
});
