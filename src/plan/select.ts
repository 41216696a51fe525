import type { LineSelector, PayableSelector, ProductSelector } from '../model/assignment.ts';
import { lineLabel, payableLabel, productLabel } from '../model/labels.ts';
import type { LiveLine, LivePayable, LiveProduct } from '../model/live.ts';
import { errorProblem, type Origin, type Problem } from '../model/problem.ts';
import { comparePoints } from './compare-points.ts';
import { selectorText } from './match.ts';
import { nearest } from './near.ts';
import { listText } from './words.ts';

/** The one object that a specific entry means, or why there is not exactly one. */
export type Selected<T> = { readonly object: T } | { readonly problem: Problem };

/** The members of an entry that a message is about: where it stands, and how its candidates are called. */
interface Words<T> {
  readonly noun: { readonly one: string; readonly many: string };
  readonly member: string;
  readonly label: (object: T) => string;
}

type Selector = { readonly by: string; readonly text: string };

/** Candidates that a message lists. */
const most = 20;

const products: Words<LiveProduct> = {
  noun: { one: 'product', many: 'products' },
  member: 'product',
  label: (product) => `${productLabel(product)} (id ${product.id})`,
};
const payables: Words<LivePayable> = {
  noun: { one: 'payable', many: 'payables' },
  member: 'payable',
  label: (payable) => `${payableLabel(payable)} (id ${payable.id})`,
};
const lines: Words<LiveLine> = {
  noun: { one: 'line', many: 'lines' },
  member: 'line_item',
  label: ({ payable, line }) => `${lineLabel(payable, line)} (id ${line.id})`,
};

/** What was found for a selector, and what is near it. */
interface Found<T> {
  readonly objects: readonly T[];
  /** Labels of what its author may have meant. */
  readonly near: () => readonly string[];
}

/** Near texts are looked for among all objects, so only for so many entries. */
const suggestions = 20;

/** Finds objects by what can select them; each kind of selector is indexed when it is first asked for. */
function finder<S extends Selector, T>(
  words: Words<T>,
  objects: readonly T[],
  textOf: (by: S['by'], object: T) => string | null,
): (selector: S) => Found<T> {
  const indexes = new Map<S['by'], Map<string, T[]>>();
  let left = suggestions;
  return ({ by, text }) => {
    const index = indexes.get(by) ?? groupBy(objects, (object) => selectorText(by, textOf(by, object)));
    indexes.set(by, index);
    const wanted = selectorText(by, text);
    const near = (): readonly string[] => {
      left -= 1;
      const texts = left < 0 ? [] : nearest(text, index.keys());
      return texts.flatMap((each) => labels(words, index.get(each) ?? []));
    };
    return { objects: (wanted !== null && index.get(wanted)) || [], near };
  };
}

/** Objects under a text; those that have none are left out. */
export function groupBy<T>(objects: readonly T[], textOf: (object: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const text = textOf(object);
    if (text === null) continue;
    const others = groups.get(text);
    if (others) others.push(object);
    else groups.set(text, [object]);
  }
  return groups;
}

/** Finds the products that specific entries name. */
export function productSelector(
  all: readonly LiveProduct[],
): (selector: ProductSelector, origin: Origin) => Selected<LiveProduct> {
  const find = finder<ProductSelector, LiveProduct>(products, all, (by, product) => product[by]);
  return (selector, origin) => exactlyOne(products, selector, find(selector), origin);
}

/** Finds the lines that specific entries name: exactly one payable, then exactly one line of it. */
export function lineSelector(
  allPayables: readonly LivePayable[],
  allLines: readonly LiveLine[],
): (payable: PayableSelector, line: LineSelector, origin: Origin) => Selected<LiveLine> {
  const find = finder<PayableSelector, LivePayable>(payables, allPayables, (by, payable) => payable[by]);
  const linesOf = groupBy(allLines, ({ payable }) => payable.id);
  return (payable, line, origin) => {
    const found = exactlyOne(payables, payable, find(payable), origin);
    if ('problem' in found) return found;
    const among = linesOf.get(found.object.id) ?? [];
    const wanted = selectorText(line.by, line.text);
    const objects = among.filter((each) => selectorText(line.by, each.line[line.by]) === wanted);
    const near = (): readonly string[] => labels(lines, among);
    return exactlyOne(lines, line, { objects, near }, origin, found.object);
  };
}

/** A line is looked for within its payable, and all that payable's lines are near. */
function exactlyOne<T>(
  words: Words<T>,
  { by, text }: Selector,
  { objects, near }: Found<T>,
  origin: Origin,
  within: LivePayable | null = null,
): Selected<T> {
  const [object] = objects;
  if (object && objects.length === 1) return { object };
  const { one, many } = words.noun;
  const place = within ? ` of ${payables.label(within)}` : '';
  const what = `${by}: ${JSON.stringify(text)}`;
  if (object) {
    const message = `${objects.length} ${many}${place} have ${what}: ${listText(labels(words, objects), most)}.`;
    const hint = `Name the one that is meant by its id: \`${words.member}: { id: … }\`.`;
    return { problem: errorProblem('ASSIGNMENT_SEVERAL', message, { origin, hint }) };
  }
  const candidates = near();
  const listed = candidates.length === 0 ? null : listText(candidates, most);
  const message = `No ${one}${place} has ${what}.${listed === null ? '' : ` ${within ? 'It has' : 'Near'}: ${listed}.`}`;
  const hint =
    within && listed === null
      ? 'This payable has no lines: correct the payable, or remove the item.'
      : 'Correct it, name it by its id, or remove the item.';
  return { problem: errorProblem('ASSIGNMENT_NONE', message, { origin, hint }) };
}

/** Labels in an order that does not depend on the order of reading. */
function labels<T>({ label }: Words<T>, objects: readonly T[]): readonly string[] {
  return objects.map(label).sort(comparePoints);
}
