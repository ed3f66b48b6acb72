import fc from 'fast-check';
import { claimsIn, type Claim } from './claims.js';

describe('claimsIn', () => {
  it.each<[string, Claim[]]>([
    ['It was nice to meet you at DevConf.', ['met']],
    ['Great meeting you!', ['met']],
    ['It was a pleasure to have met you.', ['met']],
    ['Since we met in Berlin I have read your paper.', ['met']],
    ['Schön, Sie in Berlin kennengelernt zu haben.', ['met']],
    ['Es hat mich gefreut, dich zu treffen.', ['met']],
    ['I enjoyed our talk about Postgres.', ['talked']],
    ['I keep thinking about our long conversation.', ['talked']],
    ['You told me about your garden.', ['talked']],
    ['you mentioned that you look for a tester', ['talked']],
    ['As you said, {{ topic }} is hard.', ['talked']],
    ['It was good talking to you.', ['talked']],
    ['Unser Gespräch über Datenbanken hat mir gefallen.', ['talked']],
    ['Du hast mir von deinem Garten erzählt.', ['talked']],
    ['Sie erwähnten ein Buch.', ['talked']],
    ['You asked for the slides.', ['asked']],
    ['About your question: yes.', ['asked']],
    ['Sie haben nach den Folien gefragt.', ['asked']],
    ['Hier ist der Artikel, nach dem du gefragt hast.', ['asked']],
    ['I promised to send you the link.', ['promised']],
    ['As promised, here are the slides.', ['promised']],
    ['I said I would send the paper.', ['promised']],
    ['Wie versprochen, hier die Folien.', ['promised']],
    ['Ich hatte Ihnen den Artikel versprochen.', ['promised']],
    ['Thank you for the tea.', ['thanked-for']],
    ['Vielen Dank für den Hinweis.', ['thanked-for']],
    ['It was good to see you again.', ['met', 'again']],
    ['Looking forward to seeing you again.', ['again']],
    ['Schön, Sie wiederzusehen.', ['again']],
    ['I will send you the link we discussed.', ['talked']],
    ['I would like to continue our talk.', ['talked']],
    ['I want to say it was great to meet you.', ['met']],
    ['I enjoyed the chance to talk with you.', ['talked']],
    ['If you want the slides you asked for, here they are.', ['asked']],
    ['Es hat mich gefreut, dich zu treffen, und ich würde gern mehr hören.', ['met']],
    ['Du hast mir nicht nur von Rust erzählt.', ['talked']],
    ['Thank you for our conversation; I promised a link.', ['talked', 'promised', 'thanked-for']],
  ])('%s', (text, claims) => {
    expect(claimsIn(text)).toEqual(claims);
  });

  it.each([
    'I hope to meet you in May.',
    'I am looking forward to meeting you.',
    'I would love to talk to you about Postgres.',
    'We have not met yet.',
    'Sorry that we never met at DevConf.',
    'It would be great to meet you next year.',
    'I saw that you were on the list of DevConf.',
    'Ich würde mich freuen, Sie kennenzulernen.',
    'Ich hoffe, dich einmal zu treffen.',
    'Leider haben wir uns nicht getroffen.',
    'If you are curious, here is an article.',
    'I would love to meet you one day.',
    "I'd be happy to meet you for a coffee.",
    'I did not get to meet you at DevConf.',
    'Sie kennenzulernen, wäre mir eine Freude.',
    'Happy birthday, and a good year!',
    '',
  ])('hears no claim in %j', (text) => {
    expect(claimsIn(text)).toEqual([]);
  });

  it('hears it in any case and across a line break', () => {
    expect(claimsIn('IT WAS NICE TO\nMEET YOU')).toEqual(['met']);
  });

  it('hears a claim in the middle of anything, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        expect(claimsIn(`${before}.\n\nAs promised, the slides.\n\n${after}`)).toContain('promised');
      }),
    );
  });
});
