import { Command } from 'nest-commander';
import { OwnersService } from '../accounts/owners.service.js';
import { menu } from './menu.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { say } from './terminal.js';

@Command({ name: 'stop', description: menu.stop })
export class StopCommand extends OwnedCommand {
  protected readonly examples = ['stop'];

  async run(_: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const { underWay } = await desk.get(OwnersService).stop(desk.ownerId);
    say('Stopped. Nothing is sent until: followthrough resume');
    if (underWay > 0) say(`${underWay} were on the wire already and cannot be called back.`);
  }
}

@Command({ name: 'resume', description: menu.resume })
export class ResumeCommand extends OwnedCommand {
  protected readonly examples = ['resume'];

  async run(_: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    await desk.get(OwnersService).resume(desk.ownerId);
    say('Going on. What fell due meanwhile is looked at again, each by its own rules.');
    await desk.remind('It is looked at');
  }
}
