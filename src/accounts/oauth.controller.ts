import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AppError } from '../http/errors.js';
import { Open } from '../http/token.guard.js';
import { MailboxSignInService } from './mailbox-sign-in.service.js';
import { signInPage } from './sign-in-page.js';

/**
 * Where a provider sends the owner's browser back to. No token can come with it: the state is what shows that we asked, and
 * it is good once. The page names nobody beyond the mailbox.
 */
@Controller('oauth')
@ApiExcludeController()
@Open()
export class OAuthController {
  constructor(private readonly signIns: MailboxSignInService) {}

  @Get('callback')
  async callback(@Query() query: Record<string, unknown>, @Res() response: Response): Promise<void> {
    const given = Object.entries(query).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    );
    let status = 200;
    let words: string;
    try {
      const { address } = await this.signIns.finish(new URLSearchParams(given));
      words = `${address} is signed in. You can close this window.`;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      status = error.status;
      words = error.message;
    }
    // The code in the address must not travel on.
    response
      .status(status)
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      })
      .send(signInPage(words));
  }
}
