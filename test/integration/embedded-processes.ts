import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { transpile } from '../transpile.js';

/**
 * A process that uses the server until its standard input says or comes to the end. SIGINT it hears and outlives,
 * as a service that drains. With `rounds` it comes and goes that often, asking something each time.
 */
const PROGRAM = `
  import pg from 'pg';
  const [home, dataDir, rounds] = process.argv.slice(1);
  const { enterEmbeddedServer } = await import(home + '/server.js');
  process.on('SIGINT', () => {});
  const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
  const use = async () => {
    const server = await enterEmbeddedServer({ dataDir, durable: false });
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    const { rows } = await client.query("select pg_postmaster_start_time()::text as started, lower('É') as lower");
    await client.end();
    return { server, ...rows[0] };
  };
  try {
    for (let round = 0; round < Number(rounds); round++) await (await use()).server.leave();
    const { server, started, lower } = await use();
    say({ url: server.url('postgres'), port: server.port, notices: server.notices, started, lower });
    for await (const _ of process.stdin) break;
    await server.leave();
    process.exit(0);
  } catch (error) {
    say({ refused: String(error.message), kind: error.name });
    process.exit(3);
  }
`;

/** What a process says once it is in, or that it was refused. */
export type Report =
  | { url: string; port: number; notices: string[]; started: string; lower: string }
  | { refused: string; kind: string };

/** One child process that uses an embedded server; a process group of its own, as from a terminal. */
export class UserProcess {
  readonly pid: number;
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    readonly firstLine: Promise<Report>,
  ) {
    this.pid = child.pid!;
    this.ended = once(child, 'exit');
  }

  static async spawn(dataDir: string, rounds = 0): Promise<UserProcess> {
    const home = await transpile('src/database/embedded');
    const child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', PROGRAM, home, dataDir, String(rounds)],
      { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
    );
    const line = new Promise<Report>((resolve, reject) => {
      createInterface({ input: child.stdout })
        .once('line', (text) => resolve(JSON.parse(text) as Report))
        .once('close', () => reject(new Error('The child process ended without a word.')));
    });
    line.catch(() => undefined); // A story may kill the child and not ask.
    return new UserProcess(child, line);
  }

  /** Waits until it is in. */
  async entered(): Promise<Exclude<Report, { refused: string }>> {
    const report = await this.firstLine;
    if ('refused' in report) throw new Error(`refused: ${report.refused}`);
    return report;
  }

  /** Lets it leave in order and waits for its end; its exit code. */
  async leave(): Promise<number | null> {
    this.child.stdin?.end('leave\n');
    await this.ended;
    return this.child.exitCode;
  }

  /** Ctrl-C of a terminal: to the whole process group. */
  interruptGroup(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  async killHard(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }
}
