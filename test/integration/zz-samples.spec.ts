import { rows } from '../../src/database/rows.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { startApp } from '../app.js';
it('samples', async () => {
  const app = await startApp({ now: '2026-11-23T09:00:00Z' });
  const done = await app.get(IntakeService).importFiles(app.ownerId, ['samples/devconf-2026'], { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' });
  const rej = await app.get(ImportsService).rejections(app.ownerId, done.id, { limit: 100 });
  console.log(JSON.stringify({ ...done, rej: rej.items.map(({ line, file, reason }) => [file, line, reason]) }, null, 1));
  console.log(await rows(app.db, `select full_name, given_name, zone_source, zone, (select string_agg(distinct kind || '/' || source_kind, ',') from encounter e where e.contact_id=c.id) from contact c where given_name is null or zone_source='owner' order by 1`));
  console.log(await rows(app.db, `select lower(full_name), count(*) from contact group by 1 having count(*)>1`), await rows(app.db, `select conflicts from contact where conflicts <> '[]' limit 10`));
  console.log(await rows(app.db, `select kind, source_kind, count(*) from encounter group by 1,2`));
  await app.close();
});
