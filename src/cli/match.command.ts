import { Command, Option } from 'nest-commander';
import type { MatchPair } from '../core/matching/match-people.js';
import { matchFile } from '../files/match-file.js';
import { Failed } from './exit.js';
import { menu } from './menu.js';
import { HelpfulCommand } from './owned.command.js';
import { table } from './table.js';
import { say, tell } from './terminal.js';

/** Pairs shown without `--json`. */
const SHOWN = 50;

interface MatchFileOptions {
  json?: boolean;
}

@Command({
  name: 'match',
  arguments: '<file>',
  argsDescription: {
    file: 'a CSV table of people; its column rec_id or id names the records, else their lines do',
  },
  description: menu.match,
})
export class MatchCommand extends HelpfulCommand {
  protected readonly examples = ['match people.csv', 'match people.csv --json'];

  @Option({ flags: '--json', description: 'one JSON object per pair and line: a, b, score, verdict' })
  readJson(): boolean {
    return true;
  }

  async run([file = '']: string[], options: MatchFileOptions): Promise<void> {
    const found = await matchFile(file);
    if (found.kind === 'refused') throw new Failed(`${found.reason}.`);
    const { pairs } = found;
    if (options.json) {
      for (let from = 0; from < pairs.length; from += 1000) {
        process.stdout.write(
          pairs
            .slice(from, from + 1000)
            .map(lineOf)
            .join(''),
        );
      }
      return;
    }
    const merges = pairs.filter(({ verdict }) => verdict === 'merge').length;
    say(`${found.records} records: ${merges} pairs to merge, ${pairs.length - merges} to propose.`);
    if (pairs.length === 0) return;
    const shown = [...pairs].sort((x, y) => y.score - x.score).slice(0, SHOWN);
    say(
      table(
        ['a', 'b', 'score', 'verdict', 'agree', 'differ'],
        shown.map((pair) => [pair.a, pair.b, pair.score.toFixed(4), pair.verdict, ...reasons(pair)]),
      ),
    );
    if (pairs.length > shown.length)
      tell(`And ${pairs.length - shown.length} pairs more: --json shows them all.`);
  }
}

function lineOf({ a, b, score, verdict }: MatchPair): string {
  return `${JSON.stringify({ a, b, score: Number(score.toFixed(6)), verdict })}\n`;
}

function reasons({ evidence }: MatchPair): [string, string] {
  const fields = (keep: (weight: number) => boolean): string =>
    evidence.filter(({ weight }) => keep(weight)).map(({ field }) => field).join(', '); // prettier-ignore
  return [fields((weight) => weight > 0), fields((weight) => weight < 0)];
}
