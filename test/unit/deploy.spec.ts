import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig, settingsSchema } from '../../src/config.js';

/** What cannot be run here is at least read: names, shapes, and that it agrees with the settings there are. */
const read = (name: string): string => readFileSync(name, 'utf8');
const known = Object.keys(settingsSchema.shape);

describe('.env.example', () => {
  interface Entry {
    name: string;
    value: string;
    words: string;
  }

  function entries(): Entry[] {
    const found: Entry[] = [];
    let words: string[] = [];
    for (const line of read('.env.example').split('\n')) {
      const setting = /^([A-Z_]+)=(.*)$/.exec(line);
      if (setting) found.push({ name: setting[1]!, value: setting[2]!, words: words.join(' ') });
      words = line.startsWith('# ') ? [...words, line.slice(2)] : [];
    }
    return found;
  }

  it('lists exactly the settings there are, in their order, with their own descriptions', () => {
    expect(entries().map(({ name, words }) => [name, words])).toEqual(
      Object.entries(settingsSchema.shape).map(([name, schema]) => [name, schema.description]),
    );
  });

  it('shows the defaults: copied as it is, it changes nothing', () => {
    const secrets = { API_TOKEN: 'x'.repeat(24), SECRET_KEY: '07'.repeat(32) };
    const copied = Object.fromEntries(entries().map(({ name, value }) => [name, value]));
    expect(readConfig({ ...copied, ...secrets })).toEqual(readConfig(secrets));
    expect(Object.values(copied).filter((value) => value !== '').length).toBeGreaterThan(5);
  });
});

describe('docker-compose.yml', () => {
  interface Service {
    image?: string;
    build?: string;
    environment?: Record<string, string>;
    ports?: string[];
    volumes?: string[];
    depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] };
  }
  const compose = parse(read('docker-compose.yml')) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };
  const { app, postgres, redis, mailpit } = compose.services;

  it('has the app, Postgres, Redis and Mailpit', () => {
    expect(Object.keys(compose.services)).toEqual(['app', 'postgres', 'redis', 'mailpit']);
    expect(app!.build).toBe('.');
    expect(postgres!.image).toMatch(/^postgres:1[5-9]$/);
    expect(redis!.image).toBe('redis:7');
    expect(mailpit!.image).toBe('axllent/mailpit');
  });

  it('names only settings there are, with values they take', () => {
    const environment = app!.environment!;
    for (const name of Object.keys(environment)) expect(known).toContain(name);
    const filled = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace(/\$\{\w+:\?[^}]*\}/g, 'secret').replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
      ]),
    );
    const config = readConfig({ ...filled, API_TOKEN: 'x'.repeat(24), SECRET_KEY: '07'.repeat(32) });
    expect(new URL(config.DATABASE_URL!)).toMatchObject({
      hostname: 'postgres',
      username: postgres!.environment!['POSTGRES_USER'],
      pathname: `/${postgres!.environment!['POSTGRES_DB']}`,
    });
    expect(new URL(config.REDIS_URL!).hostname).toBe('redis');
  });

  it('starts the app after what it needs, and opens nothing beyond this machine', () => {
    for (const [name, { condition }] of Object.entries(app!.depends_on!)) {
      expect(condition).toBe('service_healthy');
      expect(compose.services[name]!.healthcheck?.test[0]).toBe('CMD');
    }
    expect(Object.keys(app!.depends_on!)).toEqual(['postgres', 'redis']);
    const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(ports).toHaveLength(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(app!.ports).toEqual([`127.0.0.1:3210:${readConfig(secretsOnly).PORT}`]);
  });

  it('keeps everything worth keeping in named volumes, and holds no password', () => {
    const mounts = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
    expect(mounts.map((mount) => mount.split(':')[0]).sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(app!.volumes).toContain(`data:${app!.environment!['DATA_DIR']}`);
    expect(postgres!.environment!['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  });
});

const secretsOnly = { API_TOKEN: 'x'.repeat(24), SECRET_KEY: '07'.repeat(32) };

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it('builds with npm ci on a Node that the package takes', () => {
    expect(after('FROM')).toEqual(['node:22-slim AS build', 'node:22-slim']);
    expect(after('RUN')[0]).toMatch(/^npm ci\b/);
  });

  it('copies only what is there, and keeps secrets and data out of the image', () => {
    const sources = after('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources).toContain('src');
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['node_modules', 'data', '.env', '.git']) expect(ignored).toContain(name);
  });

  it('runs the service as an ordinary user, with signals going to Node itself', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(after('USER')).toEqual(['node']);
    expect(lines.indexOf('USER node')).toBeGreaterThan(lines.findIndex((line) => line.includes('chown')));
    expect(JSON.parse(after('CMD')[0]!)).toEqual(scripts.start.split(' '));
    expect(after('EXPOSE')).toEqual([String(readConfig(secretsOnly).PORT)]);
    for (const pair of after('ENV')[0]!.split(' ')) {
      expect([...known, 'NODE_ENV']).toContain(pair.split('=')[0]);
    }
  });

  it.each(['Dockerfile', 'docker-compose.yml'])('%s says that it is untried', (name) => {
    expect(read(name)).toContain('# UNTRIED');
  });
});
