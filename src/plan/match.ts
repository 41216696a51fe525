import type {
  LineConditions,
  PayableConditions,
  PayableSelector,
  ProductConditions,
} from '../model/assignment.ts';
import { comparableText, compileGlob, type Glob } from '../model/glob.ts';
import { spanOf } from '../model/instant.ts';
import type { LiveLine, LivePayable, LiveProduct } from '../model/live.ts';
import { canonicalText } from './canonical.ts';
import { type Compiled, firstMatch, type Seen, unmetFields } from './rule-index.ts';

/*
 * What a rule matches. All its conditions must hold, and of a list any value. In texts `*` is the only special sign; the
 * whole trimmed text must match, upper and lower case alike. A text that an object does not have is empty: `*` matches it.
 */

/** The first of several rules that matches an object, by its place among them; -1 where none does. */
export type FirstMatch<T> = (object: T) => number;

/** Prepares rules for products. */
export function compileProductRules(rules: readonly ProductConditions[]): FirstMatch<LiveProduct> {
  const first = firstMatch(rules.map(compileProduct), productFields);
  return (product) => first(seenProduct(product));
}

/** Prepares rules for lines of payables. */
export function compileLineRules(rules: readonly LineConditions[]): FirstMatch<LiveLine> {
  const first = firstMatch(rules.map(compileLine), lineFields);
  return (line) => first(seenLine(line));
}

/** Prepares the conditions of rules on payables: whether any of them may match lines of a payable. */
export function compilePayableRules(rules: readonly PayableConditions[]): (payable: LivePayable) => boolean {
  const first = firstMatch(rules.map(compilePayable), payableFields);
  return (payable) => first(seenPayable(payable)) >= 0;
}

/**
 * A text by which a specific entry names its object, in the form in which it is compared: exactly, but for surrounding
 * white space and Unicode form; an id also whatever its case. Null where there is none.
 */
export function selectorText(by: string, text: string | null): string | null {
  if (text === null) return null;
  const exact = canonicalText(text);
  if (exact === '') return null;
  return by === 'id' || (by.endsWith('_id') && by !== 'document_id') ? exact.toLowerCase() : exact;
}

/** Prepares the payables that specific entries name: whether any of them may mean a payable. */
export function compilePayableSelectors(
  selectors: readonly PayableSelector[],
): (payable: LivePayable) => boolean {
  const wanted = new Set(selectors.map(({ by, text }) => `${by} ${selectorText(by, text)}`));
  const ways = [...new Set(selectors.map(({ by }) => by))];
  return (payable) => ways.some((by) => wanted.has(`${by} ${selectorText(by, payable[by])}`));
}

/** The conditions of a rule that a product does not meet, as the file calls them; none means that it matches. */
export function unmetByProduct(conditions: ProductConditions, product: LiveProduct): readonly string[] {
  return unmetFields(compileProduct(conditions), seenProduct(product));
}

/** The conditions of a rule that a line or its payable does not meet: `line_item.name`, `payable.status`. */
export function unmetByLine(conditions: LineConditions, line: LiveLine): readonly string[] {
  return unmetFields(compileLine(conditions), seenLine(line));
}

// The most telling first: an index stands under one of them.
const productFields = ['external_reference', 'name', 'currency', 'type'];
const ofPayable = ['document_id', 'counterpart_name', 'counterpart_id', 'currency', 'status'];
const payableFields = ofPayable.map((field) => `payable.${field}`);
const lineFields = ['line_item.name', 'line_item.description', ...payableFields];

type Texts = Readonly<Record<string, readonly string[] | undefined>>;

function compileProduct(conditions: ProductConditions): Compiled {
  return { texts: compileTexts('', { ...conditions }), span: null };
}

function compilePayable({ created_at, ...texts }: PayableConditions): Compiled {
  return { texts: compileTexts('payable.', texts), span: created_at ? spanOf(created_at) : null };
}

function compileLine({ payable, line_item }: LineConditions): Compiled {
  const { texts, span } = compilePayable(payable);
  return { texts: { ...texts, ...compileTexts('line_item.', { ...line_item }) }, span };
}

function compileTexts(prefix: string, texts: Texts): Readonly<Record<string, readonly Glob[]>> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([field, values]) =>
      values ? [[`${prefix}${field}`, values.map(compileGlob)]] : [],
    ),
  );
}

const seenProduct = (product: LiveProduct): Seen => seen('', { ...product, amount: null }, null);

const seenPayable = (payable: LivePayable): Seen =>
  seen('payable.', { ...payable, total_amount: null }, payable.created_at);

function seenLine({ payable, line }: LiveLine): Seen {
  const ofLine = seen('line_item.', { ...line, amount: null, tax: null }, null);
  const ofPayableOfLine = seenPayable(payable);
  return {
    text: (field) => (field.startsWith('line_item.') ? ofLine : ofPayableOfLine).text(field),
    moment: ofPayableOfLine.moment,
  };
}

function seen(prefix: string, fields: Readonly<Record<string, string | null>>, moment: string | null): Seen {
  const known = new Map<string, string>();
  return {
    text(field) {
      const found = known.get(field);
      if (found !== undefined) return found;
      const text = comparableText(fields[field.slice(prefix.length)] ?? null);
      known.set(field, text);
      return text;
    },
    moment: () => moment,
  };
}
