import { Queue } from '../../src/queue/queue.service.js';
import { Metrics } from '../../src/metrics.js';
import { startApp, type TestApp } from '../app.js';
import { buildMessage } from '../factories.js';

describe('health and metrics', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  it('is live, and ready while database and queue answer', async () => {
    await app.http.get('/health/live').expect(200);
    const { body } = await app.http.get('/health/ready').expect(200);
    expect(body).toEqual({ status: 'ok', details: { database: { status: 'up' }, queue: { status: 'up' } } });
  });

  it('stays live but is not ready when the queue is gone, and says which part', async () => {
    await app.get(Queue).onApplicationShutdown();
    const { body } = await app.http.get('/health/ready').expect(503);
    expect(body).toMatchObject({ code: 'unavailable', detail: 'Does not answer: queue.' });
    await app.http.get('/health/live').expect(200);
  });

  it('is not ready when the database is gone, and tells nothing of where it was', async () => {
    await app.db.destroy();
    const { body, text } = await app.http.get('/health/ready').expect(503);
    expect(body.detail).toContain('database');
    expect(text).not.toMatch(/127\.0\.0\.1|postgres:/);
  });

  it('counts messages by state, jobs in the queue, and how long sends and jobs took', async () => {
    await buildMessage(app, { state: 'approved' });
    await buildMessage(app, { state: 'approved' });
    await app.get(Queue).wake('tidy', {});
    await app.run('tidy');
    app.get(Metrics).sendSeconds.observe({ result: 'sent' }, 0.3);
    const { text, headers } = await app.http.get('/metrics').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('followthrough_messages{state="approved"} 2');
    expect(text).toContain('followthrough_messages{state="sent"} 0');
    expect(text).toContain('followthrough_queue_jobs{state="waiting"} 1');
    expect(text).toContain('followthrough_tick_seconds_count{job="tidy",result="ok"} 1');
    expect(text).toContain('followthrough_send_seconds_count{result="sent"} 1');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('counts once in a while, however often it is asked', async () => {
    await app.http.get('/metrics').expect(200);
    await buildMessage(app, { state: 'sent' });
    const { text } = await app.http.get('/metrics').expect(200);
    expect(text).toContain('followthrough_messages{state="sent"} 0');
  });
});
