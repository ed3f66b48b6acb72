import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { MulterModule } from '@nestjs/platform-express';
import { CapturesController } from './captures.controller.js';
import { CapturesService } from './captures.service.js';
import { ImportRunner } from './import-runner.js';
import { ImportWorker } from './import.worker.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ImportsSweep } from './imports.sweep.js';
import { FILE_LIMIT, FILES_LIMIT, IntakeService } from './intake.service.js';
import { MappingsController } from './mappings.controller.js';
import { MappingsService } from './mappings.service.js';
import { MatchScans } from './match-scans.service.js';
import { MatchService } from './match.service.js';
import { MatchWorker } from './match.worker.js';
import { PeopleService } from './people.service.js';
import { PositionsController } from './positions.controller.js';
import { PositionsService } from './positions.service.js';
import { ProposalsController } from './proposals.controller.js';
import { ProposalsService } from './proposals.service.js';
import { UndoController } from './undo.controller.js';
import { UndoService } from './undo.service.js';
import { ChunkStorage } from './upload.js';

/** Files in: what people bring home, read into source records. */
@Module({
  imports: [
    MulterModule.registerAsync({
      inject: [ModuleRef],
      useFactory: (modules: ModuleRef) => ({
        storage: new ChunkStorage(() => modules.get(IntakeService, { strict: false })),
        limits: { fileSize: FILE_LIMIT, files: FILES_LIMIT, fields: 20, fieldSize: 10_000 },
        defParamCharset: 'utf8',
      }),
    }),
  ],
  controllers: [
    ImportsController,
    ProposalsController,
    PositionsController,
    CapturesController,
    MappingsController,
    UndoController,
  ],
  providers: [
    ImportRunner,
    ImportWorker,
    ImportsService,
    ImportsSweep,
    IntakeService,
    MatchScans,
    MatchService,
    MatchWorker,
    PeopleService,
    ProposalsService,
    PositionsService,
    CapturesService,
    MappingsService,
    UndoService,
  ],
  exports: [
    ImportsService,
    IntakeService,
    MatchScans,
    MatchService,
    ProposalsService,
    PositionsService,
    CapturesService,
    UndoService,
  ],
})
export class ImportsModule {}
