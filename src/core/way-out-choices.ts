/** What somebody may choose on the way-out page, from the least to the most. */
export const wayOutChoices = ['less-often', 'no-congratulations', 'only-answers', 'never'] as const;
export type WayOutChoice = (typeof wayOutChoices)[number];

/** What an address is spared. */
export const suppressionScopes = ['everything', 'automatic', 'congratulations', 'often'] as const;
export type SuppressionScope = (typeof suppressionScopes)[number];

export const SCOPE_OF: Readonly<Record<WayOutChoice, SuppressionScope>> = {
  'less-often': 'often',
  'no-congratulations': 'congratulations',
  'only-answers': 'automatic',
  never: 'everything',
};
