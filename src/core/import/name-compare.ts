/** Single names against each other. */

/** Lower case without accents; the German digraphs are left to `fits`. */
export function foldName(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

const NICKNAMES = [
  'william bill will billy liam wilhelm willi',
  'robert bob rob bobby bert',
  'richard rick dick rich',
  'elizabeth liz beth lisa betty eliza elisabeth',
  'margaret maggie peggy meg greta',
  'james jim jimmy jamie',
  'john jack johnny jon johannes hans',
  'jonathan jon',
  'michael mike mick michel',
  'edward ed ted eddie ned',
  'charles charlie chuck',
  'katherine kate kathy katie cathy kathryn catherine',
  'alexander alex sasha sascha xander',
  'alexandra alex sasha sandra',
  'anthony tony',
  'andrew andy drew',
  'thomas tom tommy',
  'joseph joe sepp jupp',
  'david dave',
  'daniel dan danny',
  'steven steve stephen',
  'patricia pat patty tricia trish',
  'rebecca becky',
  'susan sue suzanne',
  'deborah debbie deb',
  'jennifer jen jenny',
  'jessica jess',
  'samuel sam',
  'samantha sam',
  'benjamin ben',
  'gregory greg',
  'nicholas nick niklas klaus',
  'peter pete',
  'francis frank',
  'franziska franzi',
  'francisco paco pancho',
  'jose pepe',
  'maximilian max',
  'sebastian basti',
  'matthew matt',
  'christopher chris',
  'christina chris tina',
  'ignacio nacho',
  'dmitri dima',
  'mikhail misha',
  'ivan vanya',
  'yevgeny zhenya',
  'friedrich fritz',
  'heinrich heinz',
  'josef sepp',
  'lawrence larry',
  'gerald jerry',
  'henry harry hank',
  'abigail abby',
  'victoria vicky tori',
  'theodore ted theo',
].map((names) => new Set(names.split(' ')));

/** At most one letter wrong, missing, too many, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const withoutDigraphs = (text: string): string =>
  text.replace(/ae/g, 'a').replace(/oe/g, 'o').replace(/ue/g, 'u');

/** Whether two folded single names can be one: equal, an initial, a short form, a nickname, a slip of one letter. */
export function fits(a: string, b: string): boolean {
  if (a === b || withoutDigraphs(a) === withoutDigraphs(b)) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1 || short.length >= 3) {
    if (long.startsWith(short)) return true;
  }
  if (NICKNAMES.some((names) => names.has(a) && names.has(b))) return true;
  return short.length >= 5 && isOneSlip(a, b);
}
