import type { LineConditions, ProductConditions } from '../model/assignment.ts';
import { comparableText, compileGlob, type Glob, globMatches } from '../model/glob.ts';
import { type Span, spanOf } from '../model/instant.ts';

interface Rule {
  readonly when: ProductConditions | LineConditions;
}

/** A rule that never is the first to match anything, and the earlier one that takes everything it could match. */
export interface Covered<R> {
  readonly rule: R;
  readonly by: R;
}

/** About a second of comparing; thousands of sensible rules need less. After that nothing more is told. */
const maxSteps = 50_000_000;

/**
 * The rules, in order of precedence, that one earlier rule covers: whatever meets the later one's conditions meets each of
 * the earlier one's. What only several earlier rules cover together is not told, so that what is told is sure.
 */
export function coveredRules<R extends Rule>(rules: readonly R[]): readonly Covered<R>[] {
  const covered: Covered<R>[] = [];
  const earlier: Earlier<R> = { byText: new Map(), others: [] };
  const work: Work = { steps: 0 };
  for (const [at, rule] of rules.entries()) {
    const each: Ranked<R> = { at, rule, demands: demandsOf(rule) };
    const candidates = candidatesFor(each, earlier);
    work.steps += candidates.length;
    const by = candidates.find(({ demands }) => covers(demands, each.demands, work));
    if (work.steps > maxSteps) break;
    // A rule that is covered covers nothing that the one before it does not cover.
    if (by) covered.push({ rule, by: by.rule });
    else remember(each, earlier);
  }
  return covered;
}

interface Ranked<R> {
  readonly at: number;
  readonly rule: R;
  readonly demands: Demands;
}

/** Earlier rules: those that have a field without patterns by each of its texts, and the others. */
interface Earlier<R> {
  readonly byText: Map<string, Ranked<R>[]>;
  readonly others: Ranked<R>[];
}

const selective = (field: string): boolean => !/\.(?:type|status|currency)$/.test(field);

function remember<R>(rule: Ranked<R>, { byText, others }: Earlier<R>): void {
  const [field, texts] =
    rule.demands.texts.find(([field, { wild }]) => wild.length === 0 && selective(field)) ?? [];
  if (!field || !texts) others.push(rule);
  else
    for (const text of texts.exact) {
      const word = `${field} ${text}`;
      const same = byText.get(word);
      if (same) same.push(rule);
      else byText.set(word, [rule]);
    }
}

/** The earlier rules that may cover one, in their order: of a field without patterns they must know any of its texts. */
function candidatesFor<R>({ demands }: Ranked<R>, { byText, others }: Earlier<R>): readonly Ranked<R>[] {
  const known = demands.texts.flatMap(([field, { exact }]) => {
    const [text] = exact;
    return (text === undefined ? undefined : byText.get(`${field} ${text}`)) ?? [];
  });
  return known.length === 0 ? others : [...others, ...known].sort((a, b) => a.at - b.at);
}

interface Work {
  steps: number;
}

interface Demands {
  readonly texts: readonly (readonly [field: string, Texts])[];
  readonly byField: ReadonlyMap<string, Texts>;
  readonly span: Span;
}

interface Texts {
  readonly exact: ReadonlySet<string>;
  readonly wild: readonly Glob[];
  /** The wild ones with a sign in place of each `*` that no text has, so that only a `*` can match it. */
  readonly widest: readonly string[];
}

const anything = '\udfff';

function demandsOf({ when }: Rule): Demands {
  const isLine = 'payable' in when;
  const { created_at, ...payable } = isLine ? when.payable : { created_at: undefined };
  const fields = isLine
    ? [...named('payable', payable), ...named('line_item', { ...when.line_item })]
    : named('product', { ...when });
  const texts = fields.map(([field, values]) => [field, prepared(values)] as const);
  return { texts, byField: new Map(texts), span: spanOf(created_at ?? {}) };
}

type Field = readonly [field: string, values: readonly string[]];

const named = (
  prefix: string,
  texts: Readonly<Record<string, readonly string[] | undefined>>,
): readonly Field[] =>
  Object.entries(texts).flatMap(([field, values]) =>
    values ? [[`${prefix}.${field}`, values] as const] : [],
  );

function prepared(values: readonly string[]): Texts {
  const texts = values.map(comparableText);
  const wild = texts.filter((text) => text.includes('*'));
  return {
    exact: new Set(texts.filter((text) => !text.includes('*'))),
    wild: wild.map(compileGlob),
    widest: wild.map((text) => text.replaceAll('*', anything)),
  };
}

function covers(earlier: Demands, later: Demands, work: Work): boolean {
  work.steps += 10;
  if (!(later.span.from >= earlier.span.from && later.span.before <= earlier.span.before)) return false;
  return earlier.texts.every(([field, allowed]) => {
    const asked = later.byField.get(field);
    return asked !== undefined && within(asked, allowed, work);
  });
}

/** Whether every text that meets `asked` meets `allowed`, by one of its texts for each. */
function within(asked: Texts, allowed: Texts, work: Work): boolean {
  const matched = (text: string): boolean => {
    work.steps += 1;
    return allowed.wild.some((glob) => {
      work.steps += text.length;
      return globMatches(glob, text);
    });
  };
  for (const text of asked.exact) if (!allowed.exact.has(text) && !matched(text)) return false;
  return asked.widest.every(matched);
}
