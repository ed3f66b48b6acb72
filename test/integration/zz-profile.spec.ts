import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { IntakeService } from '../../src/imports/intake.service.js';
import { startApp } from '../app.js';

it('profile', async () => {
  const app = await startApp({ now: '2026-11-23T09:00:00Z' });
  const folder = await mkdtemp(join(tmpdir(), 'prof-'));
  const times = new Map<string, { n: number; ms: number }>();
  const proto = pg.Client.prototype as unknown as { query: (...a: unknown[]) => unknown };
  const original = proto.query;
  proto.query = function (this: unknown, ...args: unknown[]) {
    const text = typeof args[0] === 'string' ? args[0] : ((args[0] as { text?: string })?.text ?? '?');
    const key = text.replace(/\s+/g, ' ').trim().slice(0, 70);
    const started = performance.now();
    const note = () => {
      const e = times.get(key) ?? { n: 0, ms: 0 };
      e.n += 1; e.ms += performance.now() - started;
      times.set(key, e);
    };
    const cb = args.at(-1);
    if (typeof cb === 'function') { args[args.length - 1] = (...r: unknown[]) => { note(); (cb as (...x: unknown[]) => void)(...r); }; return original.apply(this, args); }
    const result = original.apply(this, args) as Promise<unknown>;
    if (result && typeof result.then === 'function') void result.then(note, note);
    return result;
  };
  const lines = Array.from({ length: 10_000 }, (_, n) => `Given${n},Family${n},person${n}@example.com,Company ${n % 50},Engineer`);
  await writeFile(join(folder, 'l.csv'), ['First Name,Last Name,Email,Company,Job Title', ...lines].join('\n'));
  const started = performance.now();
  const done = await app.get(IntakeService).importFiles(app.ownerId, [join(folder, 'l.csv')]);
  const total = performance.now() - started;
  console.log(done.created, 'total', Math.round(total), [...times].sort((a, b) => b[1].ms - a[1].ms).slice(0, 14).map(([k, v]) => `${Math.round(v.ms)}ms ${v.n} ${k}`).join('\n'));
  proto.query = original;
  await app.close();
  await rm(folder, { recursive: true, force: true });
}, 200_000);
