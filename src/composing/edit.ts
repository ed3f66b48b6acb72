import type { DraftParagraph } from '../core/compose.js';
import { validUntil } from '../core/freshness.js';
import { earliest } from '../core/review.js';

/** The owner's text in paragraphs: what they left keeps its sources, what they changed is its own source (law 4). */
export function editedParagraphs(
  text: string,
  before: readonly DraftParagraph[],
  ownerId: string,
): DraftParagraph[] {
  const left = [...before];
  return text
    .split(/\n[ \t]*\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, index) => {
      const at = left.findIndex((paragraph) => paragraph.text.trim() === part);
      const [same] = at < 0 ? [] : left.splice(at, 1);
      return (
        same ?? {
          id: `owner-${index + 1}`,
          text: part,
          sources: [{ kind: 'owner', id: ownerId, words: part }],
        }
      );
    });
}

/**
 * Until when edited words are true: what the owner typed is seen from now, what they left from when it will leave, as it
 * was written.
 */
export function editedUntil(
  edited: { subject: string; paragraphs: readonly DraftParagraph[]; before: readonly DraftParagraph[] },
  at: { now: Date; leaves: Date; zone: string },
): Date | null {
  const wasThere = ({ text }: DraftParagraph): boolean => edited.before.some((old) => old.text === text);
  const typed = edited.paragraphs.filter((paragraph) => !wasThere(paragraph)).map(({ text }) => text);
  const left = edited.paragraphs.filter(wasThere).map(({ text }) => text);
  return earliest([
    validUntil([edited.subject, ...typed].join('\n\n'), at.now, at.zone),
    validUntil(left.join('\n\n'), at.leaves, at.zone),
  ]);
}
