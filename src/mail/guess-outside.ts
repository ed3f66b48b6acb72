import { lookup, Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import type { SrvRecord } from '../core/mail-srv.js';
import { fetchPublic, type Fetched } from './guess-fetch.js';

/** ms for one question to the DNS. */
const DNS_PATIENCE = 4_000;

/** What guessing asks of the world outside: the DNS, and small public files. Tests put a small world of their own in place. */
@Injectable()
export class OutsideWorld {
  private readonly resolver = new Resolver({ timeout: DNS_PATIENCE, tries: 2 });

  /** Names of the mail exchangers, best first; none where there are none or nobody answers. */
  async mx(domain: string): Promise<string[]> {
    const found = await this.resolver.resolveMx(domain).catch(() => []);
    return found.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
  }

  /** @param name such as `_imaps._tcp.example.com` */
  srv(name: string): Promise<SrvRecord[]> {
    return this.resolver.resolveSrv(name).catch(() => []);
  }

  /** A small text from a public https address. */
  text(url: string): Promise<Fetched> {
    return fetchPublic(url, async (host) =>
      (await lookup(host, { all: true })).map(({ address }) => address),
    );
  }
}
