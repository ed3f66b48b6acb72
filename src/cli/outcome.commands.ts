import { Command, Option } from 'nest-commander';
import { groupings, type Grouping, type OutcomeRow } from '../outcomes/outcomes.schemas.js';
import { OutcomesService } from '../outcomes/outcomes.service.js';
import type { Why, WhyMessage } from '../outcomes/why.schemas.js';
import { why } from '../outcomes/why.schemas.js';
import { WhyService } from '../outcomes/why.service.js';
import { sourcesLine } from './draft-text.js';
import { WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { readCount } from './read-as.js';
import { contactId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, plainBlock, say, sayJson } from './terminal.js';

interface RatesOptions extends ListOptions {
  by?: Grouping;
  minimum?: number;
}

@Command({ name: 'rates', description: menu.rates })
export class RatesCommand extends ListingCommand {
  protected readonly examples = ['rates', 'rates --by step', 'rates --by event --json'];

  @Option({ flags: '--by <what>', description: `group by one of ${groupings.join(', ')}` })
  readBy(text: string): Grouping {
    const by = groupings.find((one) => one === text);
    if (!by) throw new WrongUsage(`--by: "${text}" is none of ${groupings.join(', ')}.`);
    return by;
  }

  @Option({
    flags: '--minimum <n>',
    description: 'arrived mails below which no rate is shown; 10 by default',
  })
  readMinimum(text: string): number {
    return readCount(text, '--minimum');
  }

  async run(_: string[], { by = 'all', minimum = 10, ...options }: RatesOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await desk.get(OutcomesService).rates(desk.ownerId, { by, minimum });
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('Nothing was sent yet: not enough data.');
    say(ratesTable(items, by));
  }
}

function ratesTable(items: readonly OutcomeRow[], by: Grouping): string {
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const headings = [
    by,
    'sent',
    'arrived',
    'answered',
    'opted out',
    'rate',
    '95 % interval',
    'median time to answer',
  ];
  return table(
    headings,
    items.map(({ group, sent, arrived, answered, optedOut, rate, medianHours }) => [
      group,
      sent,
      arrived,
      answered,
      optedOut,
      rate ? percent(rate.value) : 'not enough data',
      rate ? `${percent(rate.low)} to ${percent(rate.high)}` : '-',
      hours(medianHours),
    ]),
  );
}

function hours(count: number | null): string {
  if (count === null) return '-';
  return count < 48 ? `${count.toFixed(1)} h` : `${(count / 24).toFixed(1)} days`;
}

@Command({
  name: 'why',
  arguments: '<contact>',
  argsDescription: { contact: 'a name, an e-mail address, or the end of an id' },
  description: menu.why,
})
export class WhyCommand extends ListingCommand {
  protected readonly examples = ['why mira@example.org', 'why "Mira Okafor" --json'];

  async run([given = '']: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const found = await desk.get(WhyService).why(desk.ownerId, await contactId(desk, given));
    if (options.json) return sayJson(why.parse(found));
    say(whyText(found, desk.zone));
  }
}

function whyText({ contact, messages, enrollments, inbound, next }: Why, zone: string): string {
  const lines = [`${plain(contact.fullName)}, zone ${contact.zone} (from ${plain(contact.zoneSource)})`];
  for (const one of enrollments) {
    const event = one.event === null ? '' : ` for ${plain(one.event)}`;
    lines.push(
      `In ${plain(one.sequence)}${event}: ${one.state}${one.why === null ? '' : `, ${plain(one.why)}`}`,
    );
  }
  if (messages.length === 0) lines.push('No message yet.');
  for (const message of messages) lines.push('', ...messageLines(message, zone));
  if (inbound.length > 0) lines.push('', 'Came in:');
  for (const one of inbound) lines.push(`  ${when(one.at, zone)}  ${one.kind}: ${plain(one.subject)}`);
  lines.push('', next.length === 0 ? 'Nothing is planned.' : 'Next:');
  for (const one of next) {
    lines.push(
      `  ${plain(one.what)}: ${one.verdict}${one.at ? ` ${when(one.at, zone)}` : ''}, ${plain(one.why)}`,
    );
  }
  return lines.join('\n');
}

function messageLines(message: WhyMessage, zone: string): string[] {
  const { id, kind, channel, state, sentAt, dueAt, sandbox } = message;
  const time = sentAt ? `sent ${when(sentAt, zone)}` : `due ${when(dueAt, zone)}`;
  const lines = [
    `${short(id)}  ${kind} (${channel}), ${state}${sandbox ? ' to the sandbox only' : ''}, ${time}`,
  ];
  if (message.why !== null) lines.push(`  why: ${plain(message.why)}`);
  if (message.subject) lines.push(`  Subject: ${plain(message.subject)}`);
  for (const { text, sources } of message.paragraphs) {
    lines.push(
      ...plainBlock(text)
        .split('\n')
        .map((line) => `  | ${line}`),
    );
    lines.push(`    from ${sourcesLine(sources)}`);
  }
  for (const one of message.reasons) lines.push(`  reason: ${one.kind}: ${plain(one.words)}`);
  if (message.serverReply !== null) lines.push(`  server: ${plain(message.serverReply)}`);
  return lines;
}
