/** The one sentence at the end of a sign-in, as a page. @param words shown as they are, whatever is in them */
export function signInPage(words: string): string {
  const text = words.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Followthrough</title><body style="font:1.1rem/1.5 system-ui;margin:4rem auto;max-width:36rem;padding:0 1rem"><p>${text}</p></body></html>
`;
}
