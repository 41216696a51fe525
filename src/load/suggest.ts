/** The candidate that the word was most likely meant to be, or null when none is close. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
    if (least === 0) break;
  }
  return best ?? longer(word, candidates);
}

/** The only candidate of which the word is a part, or which is a part of the word: `rate` for `effective_tax_rate`. */
function longer(word: string, candidates: Iterable<string>): string | null {
  if (word.length < 3) return null;
  const short = word.toLowerCase();
  const found: string[] = [];
  for (const candidate of candidates) {
    const long = candidate.toLowerCase();
    if (isPart(short, long) || (long.length > 2 && isPart(long, short))) found.push(candidate);
    if (found.length > 1) return null;
  }
  return found[0] ?? null;
}

const isPart = (part: string, whole: string): boolean => whole.startsWith(part) || whole.endsWith(`_${part}`);

/** `did you mean …?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  const found = suggest(word, candidates);
  return found === null ? null : `Did you mean \`${found}\`?`;
}

/** Levenshtein's distance, where it is below `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (a.length > 80 || b.length > 80) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return row[b.length] ?? limit;
}
