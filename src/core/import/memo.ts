/**
 * A pure function of a text that remembers its last answers: files of a million rows ask the same of the same words,
 * and each layer asks again. Forgets everything when it holds `limit` answers, so memory stays flat.
 */
export function remembered<T>(limit: number, compute: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text);
    if (text.length <= 300) {
      if (answers.size >= limit) answers.clear();
      answers.set(text, answer);
    }
    return answer;
  };
}
