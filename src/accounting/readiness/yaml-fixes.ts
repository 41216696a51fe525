import type { CollectionKind, Kinds, SettingSlot } from '../../model/kind.ts';
import { editableStatuses } from '../../model/payable-status.ts';
import type { About } from './finding.ts';
import { pattern, quoted, yamlAt } from './yaml.ts';

/** Names, rules and entries that are written out; of more, whoever asks one by one is the better way. */
const mostNames = 20;
const mostRules = 3;
const mostEntries = 5;

/** A setting that points to an object by its code. */
export function settingLines({ address, collection }: SettingSlot, { collections }: Kinds): string {
  const kind = collections.find((each) => each.collection === collection);
  const path = address.split('.');
  return yamlAt(path.slice(0, -1), [`${path.at(-1)}: { ${kind?.identity ?? 'id'}: "CODE" }`]);
}

/** Rules that fill the gaps of products, and of lines of payables. */
export function ruleLines(abouts: readonly About[], account: CollectionKind): readonly string[] {
  const names = unique(
    abouts.flatMap((about) => (about.what === 'product' ? (pattern(about.name) ?? []) : [])),
  );
  const products =
    names.length === 0 || names.length > mostNames
      ? []
      : [`- when: { name: [${names.join(', ')}] }`, `  ${pointing(account)}`];
  return sections(products, lineRules(abouts));
}

/** Entries for single products and lines: a rule that overwrites would reach more than what is wrong. */
export function specificLines(abouts: readonly About[], account: CollectionKind): readonly string[] {
  const products = abouts.flatMap((about) =>
    about.what === 'product' ? [[`- product: { id: ${quoted(about.id)} }`, `  ${pointing(account)}`]] : [],
  );
  const lines = abouts.flatMap((about) =>
    about.what === 'line'
      ? [
          [
            `- payable: { id: ${quoted(about.payable)} }`,
            `  line_item: { id: ${quoted(about.id)} }`,
            `  ${pointing(about.kind)}`,
          ],
        ]
      : [],
  );
  return sections(products.slice(0, mostEntries).flat(), lines.slice(0, mostEntries).flat());
}

const pointing = ({ identity, name }: CollectionKind): string => `${name}: { ${identity}: "CODE" }`;

const sections = (products: readonly string[], lines: readonly string[]): readonly string[] => [
  ...(products.length === 0 ? [] : [yamlAt(['assignments', 'products'], products)]),
  ...(lines.length === 0 ? [] : [yamlAt(['assignments', 'line_items'], lines)]),
];

/**
 * A rule for each vendor and name; without a name it would reach too far. It names no status: by itself a rule means what is
 * draft or new, which is all that can be changed, and so also the bills to come.
 */
function lineRules(abouts: readonly About[]): readonly string[] {
  const rules = new Map<string, Line>();
  for (const about of abouts) {
    if (about.what !== 'line' || lineOf(about) === '') continue;
    const key = `${about.kind.name} ${conditions(about)}`;
    if (!rules.has(key)) rules.set(key, about);
  }
  return [...rules.values()].slice(0, mostRules).flatMap((about) => {
    // Conditions of lines need one on the payable beside them.
    const payable = vendorOf(about) || `status: [${editableStatuses.join(', ')}]`;
    return [
      `- when: { payable: { ${payable} }, line_item: { ${lineOf(about)} } }`,
      `  ${pointing(about.kind)}`,
    ];
  });
}

type Line = Extract<About, { readonly what: 'line' }>;

const conditions = (about: Line): string => `${vendorOf(about)}${lineOf(about)}`;

const vendorOf = ({ counterpart }: Line): string => condition('counterpart_name', counterpart);

const lineOf = ({ description, name }: Line): string =>
  condition('name', name) || condition('description', description);

function condition(field: string, text: string | null): string {
  const matching = pattern(text ?? '');
  return matching === null ? '' : `${field}: ${matching}`;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
