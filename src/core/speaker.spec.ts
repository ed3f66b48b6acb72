import { speakerOf } from './speaker.js';

const GRACE = { fullName: 'Grace Hop', addresses: ['grace@example.com'] };

describe('who speaks in a thread', () => {
  it.each([
    ['person', 'grace@example.com', 'G.', 'Thanks!', ''],
    ['person', 'gracehop@example.net', 'Hop, Grace', 'Thanks!', ''],
    ['person', 'gracehop@example.net', 'Grace B. Hop', 'Thanks!', ''],
    ['assistant', 'desk@example.net', 'Desk', 'Grace asked me to answer you.', ''],
    [
      'assistant',
      'joan@example.com',
      'Joan Bright',
      'She is free on Monday.',
      'Joan Bright\nExecutive Assistant to Grace Hop',
    ],
    ['assistant', 'joan@example.com', 'Joan Bright', 'Im Auftrag von Frau Hop danke ich Ihnen.', ''],
    ['colleague', 'joan@example.com', 'Joan Bright', 'I take over from here.', 'Joan Bright\nEngineer'],
    ['other', 'joan@example.net', 'Joan Bright', 'Grace sent this on to me.', ''],
    ['other', 'grace@example.net', 'Grace', 'Thanks!', ''],
  ])('%s: %s (%s)', (by, address, name, text, signature) => {
    expect(speakerOf({ from: { address, name }, text, signature }, GRACE).by).toBe(by);
  });
});
