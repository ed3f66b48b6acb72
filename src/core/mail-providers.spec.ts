import { PROVIDERS, providerOfDomain, providerOfMx, providerOfServer } from './mail-providers.js';

describe('mail providers', () => {
  it.each([
    ['gmail.com', 'Gmail', 'smtp.gmail.com'],
    ['Hotmail.DE', 'Outlook.com', 'smtp-mail.outlook.com'],
    ['web.de', 'WEB.DE', 'smtp.web.de'],
    ['163.com', 'NetEase 163', 'smtp.163.com'],
    ['contoso.onmicrosoft.com', 'Microsoft 365', 'smtp.office365.com'],
  ])('knows %s', (domain, name, host) => {
    expect(providerOfDomain(domain)).toMatchObject({ name, smtp: { host } });
  });

  it.each([
    [['ASPMX.L.GOOGLE.com.', 'alt1.aspmx.l.google.com'], 'Google Workspace', 'smtp.gmail.com'],
    [['example-com.mail.protection.outlook.com'], 'Microsoft 365', 'smtp.office365.com'],
    [['example-com.olc.protection.outlook.com'], 'Outlook.com', 'smtp-mail.outlook.com'],
    [['w0123456.kasserver.com'], 'all-inkl', 'w0123456.kasserver.com'],
    [['in1-smtp.messagingengine.com'], 'Fastmail', 'smtp.fastmail.com'],
  ])('knows an own domain by %s', (mx, name, host) => {
    expect(providerOfMx(mx)).toMatchObject({ name, smtp: { host } });
  });

  it('takes nobody for another: not by a piece of a name, not by a backup exchanger', () => {
    expect(providerOfMx(['mx.notgoogle.com'])).toBeNull();
    expect(providerOfMx(['google.com.example.org'])).toBeNull();
    expect(providerOfMx(['mx.example.org', 'aspmx.l.google.com'])).toBeNull();
    expect(providerOfMx([])).toBeNull();
    expect(providerOfDomain('mail.gmail.com')).toBeNull();
  });

  it('is known again by its servers', () => {
    expect(providerOfServer({ host: 'IMAP.gmail.com', port: 993 })?.oauth).toBe('google');
    expect(providerOfServer({ host: 'mail.example.org', port: 465 })).toBeNull();
    // Proton's bridge is one program of this machine among others.
    expect(providerOfServer({ host: '127.0.0.1', port: 1025 })?.name).toBe('Proton Mail');
    expect(providerOfServer({ host: '127.0.0.1', port: 25 })).toBeNull();
  });

  it('has a table that says each thing once and completely', () => {
    const domains = PROVIDERS.flatMap((one) => one.domains);
    expect(new Set(domains).size).toBe(domains.length);
    for (const { name, smtp, imap, appPassword, domains: own, mx, first } of PROVIDERS) {
      expect(name).not.toBe('');
      expect([...own, ...mx].length).toBeGreaterThan(0);
      for (const server of [smtp, ...(imap ? [imap] : [])]) {
        expect(server.host).toMatch(/^(\{mx\}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/);
        expect([465, 587, 993, 143, 1025, 1143]).toContain(server.port);
      }
      if (appPassword !== null) expect(appPassword).toMatch(/^https:\/\//);
      if (first !== null) expect(first).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says that Microsoft takes no passwords and Gmail wants one of its own kind', () => {
    expect(providerOfDomain('outlook.com')).toMatchObject({ oauth: 'microsoft', oauthOnly: true });
    expect(providerOfDomain('gmail.com')).toMatchObject({
      oauth: 'google',
      oauthOnly: false,
      appPassword: 'https://myaccount.google.com/apppasswords',
      savesSent: true,
    });
  });
});
