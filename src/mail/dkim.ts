import DKIM from 'nodemailer/lib/dkim';

/** A key of the owner's domain (RFC 6376): its public half stands in the DNS at `selector._domainkey.domain`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM, RSA: the one algorithm every receiver checks. */
  privateKey: string;
}

/** The key cannot sign. */
export class DkimRefused extends Error {
  constructor() {
    super('the DKIM key cannot sign: it must be an RSA private key in PEM');
    this.name = 'DkimRefused';
  }
}

/**
 * What says who wrote to whom about what, and both headers of one-click unsubscription (RFC 8058 wants them signed). From, To
 * and Subject stand twice, so that none can be added on the way (RFC 6376, 8.15).
 */
const SIGNED =
  'From:From:To:To:Subject:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post';

/**
 * The message with a DKIM-Signature in front.
 * @throws DkimRefused
 */
export async function signed(mime: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const signer = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: SIGNED,
  });
  const pieces: Buffer[] = [];
  for await (const piece of signer.sign(mime) as AsyncIterable<Buffer>) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  if (!whole.subarray(0, 15).toString('latin1').startsWith('DKIM-Signature:')) throw new DkimRefused();
  return whole;
}
