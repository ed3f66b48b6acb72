/** Web addresses in running text, without what ends the sentence, in whatever script. */
const ADDRESS =
  /https?:\/\/[^\s<>"'。、，．！？；：）」』】》”’»]*[^\s<>"'.,;:!?)\]。、，．！？；：）」』】》”’»]/g;

/**
 * The HTML that says what the plain text says, word for word: paragraphs, line breaks and links, no picture, no style sheet,
 * nothing that calls home; each paragraph runs the way its script does. A receiver that shows either part shows the same.
 */
export function htmlBody(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p dir="auto">${linked(paragraph).replace(/\n/g, '<br>\n')}</p>`);
  return `<!doctype html>\n<html><body>\n${paragraphs.join('\n')}\n</body></html>\n`;
}

function linked(text: string): string {
  let html = '';
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    html += `${escaped(text.slice(from, index))}<a href="${escaped(address)}">${escaped(address)}</a>`;
    from = index + address.length;
  }
  return html + escaped(text.slice(from));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
