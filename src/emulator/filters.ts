import { isObject, type Json, type JsonObject, type Stored } from './json.ts';
import type { Organization } from './state.ts';

/** What a filter's name stands for in an object, where it is not the member of that name. */
export type Meanings = Readonly<Record<string, (value: Stored) => Json | undefined>>;

type Test = (value: Stored) => boolean;

/** A test for the filters of a list request, such as `status__in` or `created_at__gte`. */
export function filterTest(filters: JsonObject, meanings: Meanings = {}): Test {
  const tests = Object.entries(filters).map(([name, wanted]) => testOf(name, wanted, meanings));
  return (value) => tests.every((test) => test(value));
}

function testOf(name: string, wanted: Json, meanings: Meanings): Test {
  if (name === 'search_text') return (value) => compare('icontains', searched(value), wanted);
  const [field = name, operator = Array.isArray(wanted) ? 'all' : 'is'] = name.split('__');
  const meaning = meanings[field] ?? ((value: Stored) => value[field]);
  return (value) => compare(operator, meaning(value) ?? null, wanted);
}

function compare(operator: string, found: Json, wanted: Json): boolean {
  switch (operator) {
    case 'is':
      return isSame(found, wanted);
    case 'in':
      return listOf(wanted).some((each) => isSame(found, each));
    case 'not_in':
      return !listOf(wanted).some((each) => isSame(found, each));
    case 'all':
      return listOf(wanted).every((each) => isSame(found, each));
    case 'contains':
      return textsOf(found).some((text) => text.includes(String(wanted)));
    case 'icontains':
      return textsOf(found).some((text) => text.toLowerCase().includes(String(wanted).toLowerCase()));
    case 'iexact':
      return textsOf(found).some((text) => text.toLowerCase() === String(wanted).toLowerCase());
    default:
      return inRange(operator, found, wanted);
  }
}

function inRange(operator: string, found: Json, wanted: Json): boolean {
  const [a, b] = [measure(found), measure(wanted)];
  if (a === null || b === null) return false;
  if (operator === 'gt') return a > b;
  if (operator === 'gte') return a >= b;
  if (operator === 'lt') return a < b;
  if (operator === 'lte') return a <= b;
  throw new Error(`no filter operator ${operator}`);
}

/** A number, or the instant of a date or time stamp (UTC where it has no zone). */
function measure(value: Json): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(value) || !value.includes('T') ? value : `${value}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

/** A list matches when one of its items does. */
const isSame = (found: Json, wanted: Json): boolean =>
  Array.isArray(found) ? found.includes(wanted) : found === wanted;

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
const textsOf = (value: Json): readonly string[] => listOf(value).filter((each) => typeof each === 'string');

const counterpartName = (value: Stored): Json | undefined => {
  const counterpart = value.counterpart ?? value.counterpart_raw_data;
  return value.counterpart_name ?? (isObject(counterpart) ? counterpart.name : undefined);
};

const idsIn = (value: Json | undefined, path: readonly string[]): readonly Json[] =>
  listOf(value ?? []).map((each) =>
    path.reduce<Json>((found, member) => (isObject(found) ? (found[member] ?? null) : null), each),
  );

/** What the filters of products stand for. */
export const productMeanings: Meanings = {
  price: (value) => (isObject(value.price) ? value.price.value : null),
  currency: (value) => (isObject(value.price) ? value.price.currency : null),
};

/** What the filters of payables stand for. */
export const payableMeanings = ({ lines }: Organization): Meanings => ({
  line_item_id: ({ id }) => [...(lines.get(id)?.entries() ?? [])].map(({ value }) => value.id),
  amount: (value) => value.total_amount,
  origin: (value) => value.payable_origin,
  counterpart_name: counterpartName,
  tag_ids: (value) => idsIn(value.tags, ['id']),
  has_tags: (value) => listOf(value.tags ?? []).length > 0,
  has_file: (value) => (value.file_id ?? value.file ?? null) !== null,
});

/** What the filters of receivables stand for. */
export const receivableMeanings: Meanings = {
  counterpart_name: counterpartName,
  tag_ids: (value) => idsIn(value.tags, ['id']),
  product_ids: (value) => idsIn(value.line_items, ['product', 'id']),
};

const searched = (value: Stored): Json => [value.document_id ?? null, counterpartName(value) ?? null];
