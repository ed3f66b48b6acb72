import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { MulterModule } from '@nestjs/platform-express';
import { ImportRunner } from './import-runner.js';
import { ImportWorker } from './import.worker.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ImportsSweep } from './imports.sweep.js';
import { FILE_LIMIT, FILES_LIMIT, IntakeService } from './intake.service.js';
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
  controllers: [ImportsController],
  providers: [ImportRunner, ImportWorker, ImportsService, ImportsSweep, IntakeService],
  exports: [ImportsService, IntakeService],
})
export class ImportsModule {}
