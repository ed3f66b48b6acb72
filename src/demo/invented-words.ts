import { seededFraction } from '../core/schedule.js';

/** What the invented people write. Each answers the one thing the mail was about. */
const ANSWERS: readonly (readonly [about: RegExp, words: readonly string[]])[] = [
  [
    /^Happy birthday/m,
    ['Thank you, how nice of you to think of it! We are off to the hills with a cake in the rucksack.'],
  ],
  [
    /As promised,/,
    [
      'This is exactly what I was after, thank you for remembering. I have passed it to two colleagues already.\n\nMay I come back to you with a question once we have read it?',
      'Thank you! I had thought it was one of those things people say at a stand. It is on my desk for Monday.',
    ],
  ],
  [
    /^You asked /m,
    [
      'Thank you for coming back to it. It came up because we got it wrong in spring, rather publicly, and I would like to do it differently next time.\n\nCould you tell me how you began? A call would be fine too.',
      'Ha, I had forgotten that I asked. It is the question my whole team argues about. The short version: nobody here owns it.\n\nHow many people did it take at your place?',
      'Good of you to write. We have a review in January, and I would like to bring something better than an opinion. I will write more when I am back at a proper keyboard.',
    ],
  ],
  [
    /^Thank you for /m,
    [
      'You are welcome, really. I took home that most of our problems are other people’s problems too, which was a comfort.',
      'That was a pleasure. What stayed with me were the conversations in the queue for coffee. Are you going again next year?',
    ],
  ],
  [
    /stayed with me/,
    [
      'How nice that you remember. It is going slowly, but it is going. The next part is the one I am a little afraid of.\n\nHow did you handle the reports that still read the old tables?',
      'Thank you for asking. We finished the second part last week and nobody noticed, which is the best thing that can happen.',
    ],
  ],
  [
    /have something in common/,
    [
      'Yes! I told my family about it and they laughed. It began by accident, like most good things. I will tell you the long version some day.',
    ],
  ],
  [
    /heard your news/,
    [
      'Thank you, that is kind. I am looking forward to it, and a bit nervous. What helped you when you began?',
    ],
  ],
  [
    /you care about/,
    [
      'I do, very much. At the moment I read more than I build. There is one paper I can send you if you like.',
    ],
  ],
  [
    /impressed me/,
    ['That made my day, thank you. I learned it from a colleague who never once raised her voice.'],
  ],
];

const PLAIN = ['Thank you for your mail, it was good to hear from you. I will write at more length soon.'];

export function answerTo(mail: string, seed: string): string {
  const words = ANSWERS.find(([about]) => about.test(mail))?.[1] ?? PLAIN;
  return words[Math.floor(seededFraction(`${seed} words`) * words.length)] ?? PLAIN[0] ?? '';
}

export const ASSISTANT =
  'Thank you for your message. I look after the calendar and have put your mail at the top of the pile; the answer will come from the desk itself next week.\n\nWould a call in the second week of December suit you?';

export const OPT_OUTS = ['no more', 'Please take me off your list. Nothing personal, I get too much mail.'];

export function optOut(seed: string): string {
  return OPT_OUTS[Math.floor(seededFraction(`${seed} words`) * OPT_OUTS.length)] ?? 'no more';
}
