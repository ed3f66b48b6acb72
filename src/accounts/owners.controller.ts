import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { type Page, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { NoOwner } from '../http/token.guard.js';
import {
  createOwner,
  type CreateOwner,
  editOwner,
  type EditOwner,
  ownerAnswer,
  type OwnerAnswer,
  ownerPage,
  stopAnswer,
  type StopAnswer,
} from './accounts.schemas.js';
import { OwnersService } from './owners.service.js';

@ApiTags('owners')
@Controller('owners')
@NoOwner()
export class OwnersController {
  constructor(private readonly owners: OwnersService) {}

  @Get()
  @ApiOperation({ summary: 'All owners.' })
  @Answers(ownerPage)
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<OwnerAnswer>> {
    return this.owners.list(query);
  }

  @Post()
  @ApiOperation({ summary: 'Adds an owner, with a sandbox mailbox and the default sequence.' })
  @Answers(ownerAnswer, { status: 201 })
  add(@Body({ schema: createOwner }) body: CreateOwner): Promise<OwnerAnswer> {
    return this.owners.add(body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One owner.' })
  @Answers(ownerAnswer)
  get(@Param('id', { schema: idSchema }) id: string): Promise<OwnerAnswer> {
    return this.owners.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes name, zone, language or drafts per day.' })
  @Answers(ownerAnswer)
  edit(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
    @Body({ schema: editOwner }) body: EditOwner,
  ): Promise<OwnerAnswer> {
    return this.owners.edit(id, version, body);
  }
}

/** Stop everything, and go on. */
@ApiTags('owners')
@Controller()
export class StopController {
  constructor(private readonly owners: OwnersService) {}

  @Post('stop')
  @ApiOperation({ summary: 'Stops everything: from now on nothing is sent.' })
  @Answers(stopAnswer)
  stop(@OwnerId() ownerId: string): Promise<StopAnswer> {
    return this.owners.stop(ownerId);
  }

  @Post('resume')
  @ApiOperation({ summary: 'Lets sending go on.' })
  @Answers(stopAnswer)
  resume(@OwnerId() ownerId: string): Promise<StopAnswer> {
    return this.owners.resume(ownerId);
  }
}
