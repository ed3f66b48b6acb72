import fc from 'fast-check';
import { checkEtiquette, type EtiquetteDraft } from './etiquette.js';

const kind = (text: string): EtiquetteDraft => ({ subject: 'Your talk on Postgres', text, kind: 'first' });
const rules = (draft: EtiquetteDraft): string[] => checkEtiquette(draft).map((finding) => finding.rule);

const good = `Hi Ada,

thank you for your advice on partial indexes at DevConf; I tried it and the query went from two seconds to ten
milliseconds. You asked for the article on locking: https://example.org/locks?lang=en

What do you use for migrations?

Warm regards
Ben

If this is not for you, just answer "no more".`;

describe('checkEtiquette', () => {
  it('has nothing to say about a considerate mail, in English and in German', () => {
    expect(checkEtiquette(kind(good))).toEqual([]);
    expect(
      checkEtiquette(
        kind(
          'Hallo Ada,\n\ndanke für deinen Hinweis auf HTTP und JSON in AWS IAM. Was nutzt du für Migrationen?\n\nViele Grüße\nBen',
        ),
      ),
    ).toEqual([]);
  });

  it.each<[string, Partial<EtiquetteDraft>]>([
    ['fake-thread', { subject: 'Re: our talk' }],
    ['fake-thread', { subject: 'AW: Gespräch' }],
    ['fake-thread', { subject: 'Fwd: slides', kind: 'birthday' }],
    ['empty-subject', { subject: '  ' }],
    ['empty-text', { text: ' \n' }],
    ['placeholder', { text: 'Hi {{ first_name }}, hello' }],
    ['placeholder', { text: 'Hi Ada, greetings to [COMPANY]' }],
    ['placeholder', { text: 'Hi [Name], hello' }],
    ['placeholder', { subject: 'Hello %FIRST_NAME%' }],
    ['placeholder', { text: 'Hi Ada, TODO write this' }],
    ['empty-greeting', { text: 'Hi ,\n\nhello' }],
    ['empty-greeting', { text: 'Dear undefined,\n\nhello' }],
    ['empty-greeting', { text: 'Hi,\n\nhello' }],
    ['empty-greeting', { text: 'Hallo ,\n\nwie geht es?' }],
    ['empty-greeting', { text: 'Sehr geehrte Frau ,\n\nGuten Tag' }],
  ])('refuses: %s %j', (rule, part) => {
    const found = checkEtiquette({ ...kind(good), ...part });
    expect(found.filter((finding) => finding.severity === 'refuse').map((finding) => finding.rule)).toEqual([
      rule,
    ]);
  });

  it.each([
    ['guilt', "I haven't heard back from you."],
    ['guilt', 'Just following up on my mail.'],
    ['guilt', 'Bumping this to the top of your inbox.'],
    ['guilt', 'Did you have a chance to look at it?'],
    ['guilt', 'Leider habe ich noch nichts von Ihnen gehört.'],
    ['guilt', 'Ich wollte nur kurz nachhaken.'],
    ['pressure', 'Please answer ASAP.'],
    ['pressure', 'This is your last chance.'],
    ['pressure', 'Act now and save.'],
    ['pressure', 'Bitte antworte so schnell wie möglich.'],
    ['vague-give', 'I am happy to help.'],
    ['vague-give', 'Happy to help with anything.'],
    ['vague-give', 'Let me know if I can help.'],
    ['vague-give', 'Ich helfe dir gerne.'],
    ['vague-give', 'Melde dich einfach jederzeit.'],
    ['bare-thanks', 'Thank you so much!'],
    ['bare-thanks', 'Vielen Dank.'],
    ['thanks-in-advance', 'Thanks in advance.'],
    ['shouting', 'This is REALLY good.'],
    ['shouting', 'HAPPY BIRTHDAY to you'],
    ['exclamations', 'So good! So nice! So far!'],
    ['exclamations', 'So good!!'],
    ['too-many-questions', 'Who? Where? When? Why?'],
  ])('warns: %s in %j, and names the place', (rule, text) => {
    const found = checkEtiquette(kind(`Hi Ada,\n\n${text}`));
    expect(found.map((finding) => finding.rule)).toEqual([rule]);
    expect(found[0]).toMatchObject({ severity: 'warn' });
    expect(found[0]?.excerpt).not.toBe('');
  });

  it.each([
    'I am happy to help with the migration of your cluster.',
    'Thanks to your tip it runs.',
    'Good morning,\nall is well.',
    'See the todo list [the long version] of FOSDEM.',
    'Thank you for the tea, and for the long walk.',
  ])('does not mind %j', (text) => {
    expect(checkEtiquette(kind(text))).toEqual([]);
  });

  it('measures first mails only by length, and any subject', () => {
    const long = { ...kind('word '.repeat(161)), subject: 'x'.repeat(61) };
    expect(rules(long)).toEqual(['too-long', 'long-subject']);
    expect(rules({ ...kind('word '.repeat(160)), subject: 'x'.repeat(60) })).toEqual([]);
    expect(rules({ ...long, kind: 'follow-up' })).toEqual(['long-subject']);
  });

  it('lets a real thread keep its Re:', () => {
    expect(checkEtiquette({ ...kind(good), subject: 'Re: Your talk', kind: 'follow-up' })).toEqual([]);
  });

  it('never throws, and refuses any unfilled placeholder wherever it stands', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('{{ x }}', '[FIRST NAME]', '{% if x %}'),
        (before, after, hole) => {
          expect(rules({ ...kind(`${before}\n${hole}\n${after}`), subject: before })).toContain(
            'placeholder',
          );
        },
      ),
    );
  });
});
