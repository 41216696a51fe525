import type { LineConditions, ProductConditions } from '../model/assignment.ts';
import { comparableText } from '../model/glob.ts';
import { isReference } from './sayable.ts';
import type { Thing } from './thing.ts';

/** Conditions that may hold together many things, and which things meet them. */
export interface RuleIdea {
  readonly when: ProductConditions | LineConditions;
  readonly members: readonly Thing[];
  /** Its texts, to name it by. */
  readonly words: string;
  /** The same conditions have the same. */
  readonly key: string;
}

/** Fewer are clearer as entries. */
export const fewest = 3;

const open = ['draft', 'new'];

/** Every idea for things of one list: what they share by type, name, reference or vendor, or how their names begin. */
export function ruleIdeas(things: readonly Thing[]): readonly RuleIdea[] {
  const ideas = [
    ...alike(things, typeOf, (type) => ({ type: [type] })),
    ...alike(things, nameOfProduct, (name) => ({ name: [name] })),
    ...beginning(things, nameOfProduct, words, (name) => ({ name: [name] })),
    ...beginning(things, referenceOf, marks, (reference) => ({ external_reference: [reference] })),
    ...alike(things, vendorOf, (vendor) => onLines({ counterpart_name: [vendor] }, {})),
    ...alike(things, nameOfLine, (name) => onLines({}, { name: [name] })),
    ...beginning(things, nameOfLine, words, (name) => onLines({}, { name: [name] })),
    ...ofVendors(things),
  ];
  const once = new Map(ideas.map((idea) => [idea.key, idea]));
  return [...once.values()].sort((a, b) => clumsiness(a) - clumsiness(b) || (a.key < b.key ? -1 : 1));
}

/** Of ideas that save as much, the one with the fewest conditions is the clearest, then a whole text, then a beginning, then a type. */
const clumsiness = ({ key, when }: RuleIdea): number => {
  const conditions = 'payable' in when ? { ...when.payable, ...when.line_item } : when;
  return 3 * Object.keys(conditions).length + ('type' in when ? 2 : key.includes('*') ? 1 : 0);
};

type TextOf = (thing: Thing) => string | null;
type When = RuleIdea['when'];

const typeOf: TextOf = (thing) => (thing.list === 'products' ? thing.object.type : null);
const nameOfProduct: TextOf = (thing) => (thing.list === 'products' ? thing.object.name : null);
const referenceOf: TextOf = (thing) => (thing.list === 'products' ? thing.object.external_reference : null);
const vendorOf: TextOf = (thing) =>
  thing.list === 'line_items' ? thing.object.payable.counterpart_name : null;
const nameOfLine: TextOf = (thing) => (thing.list === 'line_items' ? thing.object.line.name : null);

const onLines = (
  payable: Omit<LineConditions['payable'], 'status'>,
  line_item: LineConditions['line_item'],
): LineConditions => ({ payable: { status: open, ...payable }, line_item });

const idea = (when: When, members: readonly Thing[], words: string): RuleIdea => ({
  when,
  members,
  words,
  key: comparableText(JSON.stringify(when)),
});

/** A text that a rule can ask for, and that means nothing but itself. */
const isAsked = (text: string | null): text is string => isReference(text) && !text.includes('*');

/** Things with the same text, upper and lower case alike. */
function alike(things: readonly Thing[], textOf: TextOf, when: (text: string) => When): readonly RuleIdea[] {
  return [...grouped(things, textOf).values()].flatMap((members) => {
    const text = members.map(textOf).filter(isAsked).sort()[0];
    return members.length < fewest || text === undefined ? [] : [idea(when(text), members, text)];
  });
}

/** Things whose texts begin alike, cut where `cuts` says. */
function beginning(
  things: readonly Thing[],
  textOf: TextOf,
  cuts: (text: string) => readonly string[],
  when: (text: string) => When,
): readonly RuleIdea[] {
  const sorted = things
    .flatMap((thing) => {
      const text = textOf(thing);
      return text === null ? [] : [{ thing, text, folded: comparableText(text) }];
    })
    .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.text < b.text ? -1 : 1));
  const prefixes = new Map<string, string>();
  for (const { text } of sorted)
    for (const cut of isAsked(text) ? cuts(text) : [])
      if (!prefixes.has(comparableText(cut))) prefixes.set(comparableText(cut), cut);
  return [...prefixes].flatMap(([folded, text]) => {
    const from = firstAt(sorted, folded);
    let to = from;
    while (sorted[to]?.folded.startsWith(folded)) to += 1;
    const members = sorted.slice(from, to).map(({ thing }) => thing);
    return members.length < fewest ? [] : [idea(when(`${text}*`), members, text)];
  });
}

/** The place of the first text that is not before another one. */
function firstAt(sorted: readonly { readonly folded: string }[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.folded ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines of one vendor with one name, or whose names begin alike. */
function ofVendors(things: readonly Thing[]): readonly RuleIdea[] {
  return [...grouped(things, vendorOf).values()].flatMap((members) => {
    const vendor = members.map(vendorOf).filter(isAsked).sort()[0];
    if (members.length < fewest || vendor === undefined) return [];
    const named = (name: string): When => onLines({ counterpart_name: [vendor] }, { name: [name] });
    return [...alike(members, nameOfLine, named), ...beginning(members, nameOfLine, words, named)].map(
      (each) => ({ ...each, words: `${vendor} ${each.words}` }),
    );
  });
}

function grouped(things: readonly Thing[], textOf: TextOf): ReadonlyMap<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const text = comparableText(textOf(thing));
    const others = groups.get(text);
    if (text !== '' && others) others.push(thing);
    else if (text !== '') groups.set(text, [thing]);
  }
  return groups;
}

/** The first word, the first two and the first three, where more stands behind them. */
const words = (text: string): readonly string[] => cutBehind(text, /\S{3,}(?=\s)/gu);
/** A reference up to its first marks: `SKU-`. */
const marks = (text: string): readonly string[] => cutBehind(text, /[\p{L}\p{N}]{2,}[-_/.:](?=.)/gu);

function cutBehind(text: string, end: RegExp): readonly string[] {
  return [...text.matchAll(end)].slice(0, 3).map((found) => text.slice(0, found.index + found[0].length));
}
