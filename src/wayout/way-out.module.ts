import { Module } from '@nestjs/common';
import { WayOutController } from './way-out.controller.js';
import { WayOutService } from './way-out.service.js';

/** The page behind the link in a mail, and one-click unsubscription. */
@Module({ controllers: [WayOutController], providers: [WayOutService] })
export class WayOutModule {}
