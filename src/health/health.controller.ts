import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck } from '@nestjs/terminus';
import type { Response } from 'express';
import { Answers } from '../http/answers.js';
import { NoOwner, Open } from '../http/token.guard.js';
import { healthAnswer, type HealthAnswer } from './health.schemas.js';
import { HealthService } from './health.service.js';

/** Open to all: it says up or down, and nothing about anybody. */
@ApiTags('operations')
@Controller('health')
@Open()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs.' })
  @Answers(healthAnswer)
  live(): HealthAnswer {
    return { status: 'ok', details: {} };
  }

  @Get('ready')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  @ApiOperation({ summary: 'Database and queue answer; 503 when one does not.' })
  @Answers(healthAnswer)
  ready(): Promise<HealthAnswer> {
    return this.health.ready();
  }
}

/** Behind the token: counts of mails are nobody else's business. */
@ApiTags('operations')
@Controller('metrics')
@NoOwner()
export class MetricsController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @ApiOperation({ summary: 'Metrics of this process and counts of messages, for Prometheus.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async metrics(@Res({ passthrough: true }) response: Response): Promise<string> {
    const { type, body } = await this.health.metrics();
    response.setHeader('Content-Type', type);
    return body;
  }
}
