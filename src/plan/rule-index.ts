import { type Glob, globMatches } from '../model/glob.ts';
import { isWithin, type Span } from '../model/instant.ts';

/** A rule prepared: for each field the texts of which any will do, and perhaps a span of time. */
export interface Compiled {
  readonly texts: Readonly<Record<string, readonly Glob[]>>;
  readonly span: Span | null;
}

/** An object as rules see it: its texts in comparable form, asked for when they are needed. */
export interface Seen {
  readonly text: (field: string) => string;
  readonly moment: () => string | null;
}

/** The conditions of a rule that an object does not meet, by field. */
export function unmetFields({ texts, span }: Compiled, seen: Seen): readonly string[] {
  const unmet = Object.keys(texts).filter((field) => !meets(texts[field] ?? [], seen.text(field)));
  return span && !isWithin(span, seen.moment()) ? [...unmet, momentField] : unmet;
}

/** Only payables have a moment. */
const momentField = 'payable.created_at';

const meets = (globs: readonly Glob[], text: string): boolean =>
  globs.some((glob) => globMatches(glob, text));

function matches({ texts, span }: Compiled, seen: Seen): boolean {
  for (const field in texts) if (!meets(texts[field] ?? [], seen.text(field))) return false;
  return !span || isWithin(span, seen.moment());
}

/** Rules by what one of their fields must be or begin with. */
interface FieldIndex {
  readonly field: string;
  readonly exact: Map<string, number[]>;
  /** Prefixes by their length, so that a text is asked once for each length and not once for each rule. */
  readonly prefixes: Map<number, Map<string, number[]>>;
}

/**
 * The first rule that matches an object, or -1. Each rule stands under one field, the first of `fields` in which all its
 * texts begin with something; an object is compared only with the rules that its own texts lead to, and with the few
 * that begin with `*` everywhere.
 */
export function firstMatch(rules: readonly Compiled[], fields: readonly string[]): (seen: Seen) => number {
  const indexes = fields.map((field): FieldIndex => ({ field, exact: new Map(), prefixes: new Map() }));
  const scanned: number[] = [];
  rules.forEach((rule, at) => {
    const index = indexes.find(({ field }) => isAnchored(rule.texts[field]));
    if (!index) scanned.push(at);
    else for (const glob of rule.texts[index.field] ?? []) file(index, glob, at);
  });
  const used = indexes.filter(({ exact, prefixes }) => exact.size + prefixes.size > 0);
  return (seen) => {
    const leading = used.flatMap((index) => lookUp(index, seen.text(index.field)));
    const candidates = leading.length === 0 ? scanned : [...scanned, ...leading].sort((a, b) => a - b);
    return candidates.find((at) => isMatch(rules[at], seen)) ?? -1;
  };
}

const isMatch = (rule: Compiled | undefined, seen: Seen): boolean =>
  rule !== undefined && matches(rule, seen);

function isAnchored(globs: readonly Glob[] | undefined): boolean {
  return globs?.every((glob) => glob.type === 'exact' || glob.prefix !== '') ?? false;
}

function file({ exact, prefixes }: FieldIndex, glob: Glob, at: number): void {
  if (glob.type === 'exact') addTo(exact, glob.text, at);
  else {
    const { prefix } = glob;
    const ofLength = prefixes.get(prefix.length) ?? new Map<string, number[]>();
    prefixes.set(prefix.length, ofLength);
    addTo(ofLength, prefix, at);
  }
}

function addTo(lists: Map<string, number[]>, text: string, at: number): void {
  const others = lists.get(text);
  if (others) others.push(at);
  else lists.set(text, [at]);
}

function lookUp({ exact, prefixes }: FieldIndex, text: string): readonly number[] {
  const found = [...(exact.get(text) ?? [])];
  for (const [length, ofLength] of prefixes)
    if (length <= text.length) found.push(...(ofLength.get(text.slice(0, length)) ?? []));
  return found;
}
