import { writtenText } from '../core/inbound/written.js';
import { htmlToText } from './html-text.js';

const WORDS = 'Yes, gladly.\n\nHow about Tuesday?';
const OWN = '<div>Yes, gladly.</div><div><br></div><div>How about Tuesday?</div>';

describe('the words of an HTML mail', () => {
  it.each([
    [
      'Gmail',
      `${OWN}<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Nov 30, 2026 at 10:00 AM Olga &lt;<a href="mailto:o@example.com">o@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">Shall we?</blockquote></div>`,
    ],
    [
      'Gmail, its signature first',
      `${OWN}<div><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Ada Lovelace<br>Engines</div></div><br><div class="gmail_quote"><div class="gmail_attr">Olga ngai sɔ:<br></div><blockquote class="gmail_quote">Hi</blockquote></div>`,
    ],
    [
      'Apple Mail',
      `<html><body>${OWN}<div><br><blockquote type="cite"><div>On 30 Nov 2026, at 10:00, Olga &lt;o@example.com&gt; wrote:</div><br><div>Shall we?</div></blockquote></div></body></html>`,
    ],
    [
      'Thunderbird',
      `<p>Yes, gladly.</p><p>How about Tuesday?</p><div class="moz-cite-prefix">In words nobody knows, Olga:<br></div><blockquote type="cite" cite="mid:1@example.com"><pre class="moz-quote-pre">Shall we?\n\nOlga</pre></blockquote>`,
    ],
    [
      'Outlook on the web',
      `${OWN}<div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>Mitt&#269;nik:</b> Olga<br><b>Posl:</b> today</div><div>Shall we?</div>`,
    ],
    [
      'Outlook',
      `<style>p{}</style><!-- x --><p class=MsoNormal>Yes, gladly.<o:p></o:p></p><p class=MsoNormal>How about Tuesday?<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Von:</b> Olga &lt;o@example.com&gt;<br><b>Gesendet:</b> Montag, 30. November 2026 10:00<br><b>An:</b> Ada<br><b>Betreff:</b> Hallo<o:p></o:p></p></div><p class=MsoNormal>Shall we?</p>`,
    ],
    [
      'Yahoo',
      `${OWN}<div id="ydp1yahoo_quoted_1" class="ydp1yahoo_quoted"><div>Olga x y z:</div><div>Shall we?</div></div>`,
    ],
    [
      'Proton',
      `${OWN}<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">Ada</div></div><div class="protonmail_quote">Olga:<br><blockquote class="protonmail_quote" type="cite">Shall we?</blockquote></div>`,
    ],
    ['Zoho', `${OWN}<div class="zmail_extra"><br>---- Olga ----<br><blockquote>Shall we?</blockquote></div>`],
    ['GMX', `${OWN}<div name="quote" style="margin:10px"><div>Olga</div><div>Shall we?</div></div>`],
  ])('end where the quote of %s begins', (_name, html) => {
    expect(writtenText(htmlToText(html)).text).toBe(WORDS);
  });

  it('keep what was typed between and below the quotes of Gmail', () => {
    const html =
      '<div class="gmail_quote"><div class="gmail_attr">On 30 Nov 2026 at 10:00 Olga wrote:</div><blockquote class="gmail_quote">One?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Two?<blockquote>old</blockquote></blockquote><div>No.</div></div>';
    expect(writtenText(htmlToText(html)).text).toBe('Yes.\nNo.');
  });

  it('take an indented paragraph of Gmail for no quote', () => {
    expect(
      htmlToText(
        '<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>Mine.</div></blockquote>',
      ),
    ).toBe('Mine.');
  });

  it('keep lists, code, characters and nothing hidden', () => {
    expect(
      htmlToText(
        '<div style="display:none">preview</div><ul><li>one</li><li>two</li></ul><pre>a\n  b</pre>1 &lt; 2 &amp;&nbsp;x &#8364; &#x20ac; &#150; &Oslash; &unknown; a < b<br>',
      ),
    ).toBe('- one\n- two\na\n  b\n1 < 2 & x € € – Ø &unknown; a < b');
    expect(htmlToText('<div>one</div><div>&nbsp;</div><div>&#160; two</div>')).toBe('one\n\ntwo');
  });

  it('end what is not closed, and close what was not opened', () => {
    expect(htmlToText('</div></blockquote>a<blockquote><p>b</div>c</blockquote>d')).toBe('a\n> b\n> c\nd');
  });

  it('cost no more than their length', () => {
    for (const unit of [
      '<',
      '<b>x',
      '<blockquote>',
      '</blockquote>',
      '<pre>',
      '&',
      '<!--',
      '< ',
      '<div class="gmail_attr">',
    ]) {
      const took = (times: number): number => {
        const began = process.cpuUsage();
        htmlToText(unit.repeat(times));
        return process.cpuUsage(began).user / 1e3;
      };
      took(5_000);
      expect(took(50_000)).toBeLessThan(Math.max(1_500, took(5_000) * 60));
    }
  });

  it('reads the beginning of a page without end', () => {
    const text = htmlToText(`<p>Yes, gladly.</p>${'<b>x</b>'.repeat(1_000_000)}<p>the end</p>`);
    expect(text).toMatch(/^Yes, gladly\.\n/);
    expect(text).not.toMatch(/the end/);
  });
});
