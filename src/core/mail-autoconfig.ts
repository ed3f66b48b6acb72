import { Parser } from 'saxen';
import type { MailServer } from './mail-provider.types.js';

/** A server that a configuration file names, and the name it wants to be signed in to with. */
export interface NamedServer extends MailServer {
  username: string;
  /** It takes a token and no password. */
  oauthOnly: boolean;
}

export type Autoconfig =
  | { kind: 'config'; name: string | null; smtp: NamedServer; imap: NamedServer | null }
  | { kind: 'unreadable'; why: string };

/** A file of this form has some kilobytes. */
const MOST = 200_000;
const HOST =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

interface Draft {
  protocol: string;
  outgoing: boolean;
  fields: Map<string, string>;
  authentication: string[];
}

/**
 * Reads the form in which providers publish their servers for mail programs (`config-v1.1.xml`,
 * https://www.bucksch.org/1/projects/thunderbird/autoconfiguration/): the first server of each kind that speaks TLS. One
 * without TLS is as good as none.
 * @param address whose name is put in for `%EMAILADDRESS%` and its like
 */
export function readAutoconfig(xml: string, address: string): Autoconfig {
  if (xml.length > MOST) return { kind: 'unreadable', why: 'it is too long' };
  const read = draftsIn(xml);
  if (read.kind === 'unreadable') return read;
  const { drafts, name } = read;
  const servers = drafts.flatMap((draft) => {
    const server = serverOf(draft, address);
    return server ? [{ draft, server }] : [];
  });
  const first = (outgoing: boolean, protocol: string): NamedServer | null => {
    const all = servers.filter(({ draft }) => draft.outgoing === outgoing && draft.protocol === protocol);
    return (all.find(({ server }) => !server.oauthOnly) ?? all[0])?.server ?? null;
  };
  const smtp = first(true, 'smtp');
  if (!smtp) return { kind: 'unreadable', why: 'it names no SMTP server with TLS' };
  return { kind: 'config', name, smtp, imap: first(false, 'imap') };
}

function draftsIn(
  xml: string,
): { kind: 'drafts'; drafts: Draft[]; name: string | null } | Extract<Autoconfig, { kind: 'unreadable' }> {
  const drafts: Draft[] = [];
  const path: string[] = [];
  let text = '';
  let name: string | null = null;
  let root = '';
  let trouble: string | null = null;
  const parser = new Parser();
  parser.on('openTag', (element, attributes) => {
    if (path.length === 0) root = element;
    path.push(element);
    text = '';
    if (element === 'incomingServer' || element === 'outgoingServer') {
      const protocol = (attributes()['type'] ?? '').toLowerCase();
      drafts.push({
        protocol,
        outgoing: element === 'outgoingServer',
        fields: new Map(),
        authentication: [],
      });
    }
  });
  parser.on('text', (piece, decode) => (text += decode(piece)));
  parser.on('cdata', (piece) => (text += piece));
  parser.on('closeTag', (element) => {
    path.pop();
    const value = text.trim();
    text = '';
    const inServer = path.at(-1) === 'incomingServer' || path.at(-1) === 'outgoingServer';
    const draft = drafts.at(-1);
    if (inServer && draft) {
      if (element === 'authentication') draft.authentication.push(value.toLowerCase());
      else if (!draft.fields.has(element)) draft.fields.set(element, value);
    }
    if (element === 'displayName' && path.at(-1) === 'emailProvider') name = value.slice(0, 100) || null;
  });
  parser.on('error', (error) => {
    trouble = error.message;
    parser.stop();
  });
  parser.parse(xml);
  if (trouble !== null || root !== 'clientConfig') {
    return { kind: 'unreadable', why: 'it is not of the form of such a file' };
  }
  return { kind: 'drafts', drafts, name };
}

/** Null: it has no TLS, or is no server at all. */
function serverOf({ fields, authentication }: Draft, address: string): NamedServer | null {
  const at = address.lastIndexOf('@');
  const put = (text: string): string =>
    text
      .replaceAll('%EMAILADDRESS%', () => address)
      .replaceAll('%EMAILLOCALPART%', () => address.slice(0, at))
      .replaceAll('%EMAILDOMAIN%', () => address.slice(at + 1));
  const host = put(fields.get('hostname') ?? '').toLowerCase();
  const port = Number(fields.get('port'));
  const socket = (fields.get('socketType') ?? '').toUpperCase();
  if (!HOST.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (socket !== 'SSL' && socket !== 'STARTTLS') return null;
  const username = put(fields.get('username') ?? '%EMAILADDRESS%');
  if (username.includes('%') || /\p{Cc}/u.test(username) || username.length > 320) return null;
  const tls = socket === 'SSL' ? 'implicit' : 'starttls';
  const oauthOnly = authentication.length > 0 && authentication.every((one) => one === 'oauth2');
  return { host, port, tls, username: username === '' ? address : username, oauthOnly };
}
