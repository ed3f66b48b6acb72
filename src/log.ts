import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** JSON logs on standard error. What may hold words of mail or secrets is never handed in; addresses are cut anyway. */
export class Log implements LoggerService {
  private readonly logger: Logger;

  constructor(level: string) {
    this.logger = pino(
      {
        level,
        base: { service: 'followthrough' },
        redact: {
          paths: [
            'password',
            'token',
            'authorization',
            'text',
            'body',
            'raw',
            'subject',
            '*.password',
            '*.text',
            '*.body',
          ],
          censor: '[cut]',
        },
      },
      pino.destination({ dest: 2, sync: true }),
    );
  }

  info(fields: Record<string, unknown>, message: string): void {
    this.logger.info(fields, message);
  }

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context: String(context) }, String(message));
  }

  error(message: unknown, context?: unknown): void {
    if (typeof message === 'object' && message !== null && !(message instanceof Error)) {
      this.logger.error(message, String(context));
    } else this.logger.error({ context: String(context) }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    if (typeof message === 'object' && message !== null) this.logger.warn(message, String(context));
    else this.logger.warn({ context: String(context) }, String(message));
  }
}
