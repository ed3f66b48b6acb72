import type { TemplateParagraph } from './compose.js';

/** The sequence every owner begins with, as data. From then on its rows are the owner's, to be edited by API. */
export interface StepSeed {
  kind: 'first' | 'follow-up' | 'by-hand';
  /** Working days in the contact's zone. */
  offsetDays: number;
  spreadDays: number;
  /** Days after the event's end; later than that the owner is asked first. Null: never too late. */
  askAfterDays: number | null;
  /** Name of its template. */
  template: string;
}

export interface TemplateSeed {
  name: string;
  /** BCP 47. */
  language: string;
  subject: string;
  paragraphs: TemplateParagraph[];
}

/** The template of congratulations is found by this name. */
export const BIRTHDAY_TEMPLATE = 'birthday';

export const DEFAULT_SEQUENCE: { name: string; steps: StepSeed[] } = {
  name: 'After an event',
  steps: [
    { kind: 'first', offsetDays: 1, spreadDays: 1, askAfterDays: 14, template: 'first' },
    { kind: 'follow-up', offsetDays: 5, spreadDays: 0, askAfterDays: null, template: 'follow-up' },
    { kind: 'by-hand', offsetDays: 5, spreadDays: 0, askAfterDays: null, template: 'by-hand' },
  ],
};

const GREETING: TemplateParagraph = { id: 'greeting', needs: [], text: 'Hi {{ contact.given }},' };
const SIGN_OFF: TemplateParagraph = { id: 'sign-off', needs: [], text: 'Best wishes,\n{{ owner.name }}' };

/** What the owner owes is said plainly, with its day, and asks nothing. */
const PROMISE: TemplateParagraph = {
  id: 'promise',
  needs: ['promise'],
  text: 'I promised to {{ promise.text }}. I have not forgotten, and you can count on it by {{ promise.by }}.',
};

/** One of these carries the mail, with the one question it asks. What each fact completes: core/facts.ts. */
const PARTICULARS: TemplateParagraph[] = [
  {
    id: 'kept',
    needs: ['kept'],
    text: 'As promised, {{ kept.text }}',
  },
  {
    id: 'kept-question',
    needs: ['kept'],
    text: 'Have a look whenever it suits you. Is it what you had in mind, or were you after something else?',
  },
  {
    id: 'asked',
    needs: ['asked'],
    text: 'You asked {{ asked.text }}. I would like to come back to that properly, and it would help me to know where the question comes from. What made it come up for you?',
  },
  {
    id: 'gratitude',
    needs: ['gratitude'],
    text: 'Thank you for {{ gratitude.text }}. It was kind of you, and I wanted to say so in writing rather than let it pass.',
  },
  {
    id: 'gratitude-question',
    needs: ['gratitude', 'met'],
    text: 'And what did you take home from {{ event.name }} yourself? I am curious what stood out for you.',
  },
  {
    id: 'said',
    needs: ['said'],
    text: 'What you told me stayed with me: {{ said.text }}. I would like to hear more about it, whenever you have a quiet moment. What is the story behind it?',
  },
  {
    id: 'shared',
    needs: ['shared'],
    text: 'We have something in common: {{ shared.text }}. I would like to hear your side of it, whenever you have a quiet moment. How did it start for you?',
  },
  {
    id: 'news',
    needs: ['news'],
    text: 'I heard your news: {{ news.text }}. If you feel like telling, I would like to hear your side of it. What does it change for you?',
  },
  {
    id: 'interest',
    needs: ['interest'],
    text: 'I remember that you care about {{ interest.text }}, and I would like to learn from how you go about it. What are you looking into there at the moment?',
  },
  {
    id: 'strength',
    needs: ['strength'],
    text: 'What impressed me: {{ strength.text }}. I wanted you to know that it was noticed, and I would like to learn from it. How did you come to it?',
  },
];

export const DEFAULT_TEMPLATES: TemplateSeed[] = [
  {
    name: 'first',
    language: 'en',
    subject: 'After {{ event.name }}',
    paragraphs: [
      GREETING,
      {
        id: 'met',
        needs: ['met', '!again'],
        text: 'It was good to meet you at {{ event.name }}{% if event.when %} {{ event.when }}{% endif %}.',
      },
      {
        id: 'again',
        needs: ['again'],
        text: 'It was good to see you again at {{ event.name }}{% if event.when %} {{ event.when }}{% endif %}.',
      },
      {
        id: 'attended',
        needs: ['attended', '!met'],
        text: 'I saw on the list of participants that you, too, were at {{ event.name }}{% if event.when %} {{ event.when }}{% endif %}.',
      },
      PROMISE,
      ...PARTICULARS,
      SIGN_OFF,
    ],
  },
  {
    name: 'follow-up',
    language: 'en',
    // Only where there is no thread to answer in; else it is "Re:" and the thread's own subject.
    // What is new since may have nothing to do with the event, so no words say that it comes from there.
    subject: 'After {{ event.name }}',
    paragraphs: [
      GREETING,
      {
        id: 'more',
        needs: ['!kept'],
        text: 'There is one more thing that I did not want to leave unsaid.',
      },
      PROMISE,
      ...PARTICULARS,
      SIGN_OFF,
    ],
  },
  {
    name: 'by-hand',
    language: 'en',
    subject: 'Since {{ event.name }}',
    paragraphs: [
      GREETING,
      { id: 'met', needs: ['met'], text: 'Some time has passed since we met at {{ event.name }}.' },
      {
        id: 'attended',
        needs: ['attended', '!met'],
        text: 'Some time has passed since {{ event.name }}, where your name stood on the list of participants.',
      },
      PROMISE,
      ...PARTICULARS,
      SIGN_OFF,
    ],
  },
  {
    name: BIRTHDAY_TEMPLATE,
    language: 'en',
    subject: 'Happy birthday, {{ contact.given }}',
    paragraphs: [
      GREETING,
      {
        id: 'wish',
        needs: ['birthday'],
        text: 'Happy {{ birthday.text | default: "birthday" }}! I hope the day goes the way you like it, with the people you want around you, and that the year ahead brings you good work and good company.',
      },
      { id: 'no-answer', needs: ['birthday'], text: 'No need to answer; enjoy the day.' },
      SIGN_OFF,
    ],
  },
];
