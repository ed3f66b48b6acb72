import { createHash } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { wayOutChoices, type WayOutChoice } from '../core/way-out-choices.js';
import { readBody } from '../http/read-body.js';
import { Open } from '../http/token.guard.js';
import { formFields } from './form-fields.js';
import { noWayOutPage, type Outcome, WAY_OUT_STYLE, wayOutPage } from './way-out-page.js';
import { WayOutService } from './way-out.service.js';

/** A form of one field, or `List-Unsubscribe=One-Click`; in bytes. */
const BODY_LIMIT = 2_000;
const STYLE_HASH = createHash('sha256').update(WAY_OUT_STYLE).digest('base64');

/**
 * The way out: a page by GET, which changes nothing (mail scanners follow links), a choice by POST, and one-click
 * unsubscription by POST (RFC 8058). No sign-in, no cookie; the token in the path is all.
 */
@Controller('out')
@ApiExcludeController()
@Open()
export class WayOutController {
  constructor(private readonly wayOut: WayOutService) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer(token, request, response, null);
  }

  @Post(':token')
  async choose(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const body = (await readBody(request, BODY_LIMIT)).toString('utf8');
    const form = formFields(request.header('content-type') ?? '', body);
    if (form.get('List-Unsubscribe') === 'One-Click') {
      const known = await this.wayOut.choose(token, ONE_CLICK, 'one-click');
      response
        .status(known ? 200 : 404)
        .set(HEADERS)
        .type('text/plain')
        .send(known ? 'unsubscribed\n' : 'unknown\n');
      return;
    }
    const choice = wayOutChoices.find((one) => one === form.get('choice'));
    const saved = choice !== undefined && (await this.wayOut.choose(token, choice, 'page'));
    await this.answer(token, request, response, saved ? 'saved' : 'unclear');
  }

  private async answer(token: string, request: Request, response: Response, outcome: Outcome): Promise<void> {
    const accepted = request.header('accept-language') ?? '';
    const view = await this.wayOut.view(token);
    response
      .status(view ? (outcome === 'unclear' ? 400 : 200) : 404)
      .set(HEADERS)
      .type('text/html')
      .send(view ? wayOutPage(view, { accepted, outcome }) : noWayOutPage(accepted));
  }
}

/** Unsubscribing from bulk mail leaves room for a personal answer. */
const ONE_CLICK: WayOutChoice = 'only-answers';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
};
