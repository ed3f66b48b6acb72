import type { Moment, ScriptedSmtp } from '../mail/scripted-smtp.js';
import type { FaultGround, Worker } from './ground.js';
import { startFaultProxy, type FaultProxy } from './proxy.js';

/** One worker whose Postgres is reached through a proxy; the service itself and the test reach it directly. */
export interface FarWorker {
  proxy: FaultProxy;
  far: Worker;
  server: ScriptedSmtp;
  mailboxId: string;
}

/** Heal the proxy before the ground is cleared: the worker closes through it. */
export async function startFarWorker(ground: FaultGround): Promise<FarWorker> {
  const proxy = ground.lent(await startFaultProxy(Number(new URL(ground.databaseUrl).port)));
  const far = await ground.worker({ databaseUrl: proxy.url(ground.databaseUrl) });
  const server = await ground.server();
  return { proxy, far, server, mailboxId: await ground.mailbox(server.settings.port) };
}

/** The worker comes so far with one of its messages, not the same in every round; then `act`. Resolves when it has been done. */
export function comesTo(
  server: ScriptedSmtp,
  moment: Moment,
  round: number,
  act: () => unknown,
): Promise<void> {
  return new Promise((resolve) => {
    let passed = 0;
    server.script.at = {
      [moment]: async () => {
        passed += 1;
        if (passed !== 1 + ((round - 1) % 2)) return;
        await act();
        resolve();
      },
    };
  });
}
