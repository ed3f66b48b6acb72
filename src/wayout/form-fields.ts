/**
 * The fields of a posted form. RFC 8058 (3.2) asks mail programs to send theirs as `multipart/form-data` and allows the form
 * a browser sends; neither brings files here. Of a field named twice, the first.
 */
export function formFields(contentType: string, body: string): Map<string, string> {
  const boundary = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const pairs = boundary
    ? partsOf(body, boundary[1] ?? boundary[2] ?? '')
    : [...new URLSearchParams(body.trim()).entries()];
  return new Map(pairs.reverse());
}

function partsOf(body: string, boundary: string): [name: string, value: string][] {
  return `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .flatMap((part): [string, string][] => {
      const end = part.indexOf('\r\n\r\n');
      const name = /^content-disposition:\s*form-data\b.*?;\s*name=(?:"([^"]*)"|([^\s;"]+))/im.exec(
        part.slice(0, Math.max(end, 0)),
      );
      return name ? [[name[1] ?? name[2] ?? '', part.slice(end + 4)]] : [];
    });
}
