import type { CollectionKind, Kinds, SettingSlot } from '../../model/kind.ts';
import type { About } from './finding.ts';
import { quoted, yamlAt } from './yaml.ts';

/** Names and rules that are written out; of more the tool that asks is the better way. */
const mostNames = 20;
const mostRules = 3;

/** A setting that points to an object by its code. */
export function settingLines({ address, collection }: SettingSlot, { collections }: Kinds): string {
  const kind = collections.find((each) => each.collection === collection);
  const path = address.split('.');
  return yamlAt(path.slice(0, -1), [`${path.at(-1)}: { ${kind?.identity ?? 'id'}: "CODE" }`]);
}

/** Rules that give products, and lines of payables, an account by its code. */
export function assignmentLines(
  abouts: readonly About[],
  account: CollectionKind,
  overwrite: boolean,
): readonly string[] {
  const target = [
    `${account.name}: { ${account.identity}: "CODE" }`,
    ...(overwrite ? ['overwrite: true'] : []),
  ];
  const names = unique(abouts.flatMap((about) => (about.what === 'product' ? [quoted(about.name)] : [])));
  const products =
    names.length === 0 || names.length > mostNames
      ? []
      : [`- when: { name: [${names.join(', ')}] }`, ...target.map((line) => `  ${line}`)];
  const lines = lineRules(abouts).flatMap((when) => [
    `- when: ${when}`,
    ...target.map((line) => `  ${line}`),
  ]);
  return [
    ...(products.length === 0 ? [] : [yamlAt(['assignments', 'products'], products)]),
    ...(lines.length === 0 ? [] : [yamlAt(['assignments', 'line_items'], lines)]),
  ];
}

/** The conditions of a rule for each vendor and name, with every status in which such lines stand. */
function lineRules(abouts: readonly About[]): readonly string[] {
  const statuses = new Map<string, Set<string>>();
  for (const about of abouts) {
    if (about.what !== 'line') continue;
    const { counterpart, description, name, status } = about;
    const line = name?.trim()
      ? `name: ${quoted(name)}`
      : description?.trim()
        ? `description: ${quoted(description)}`
        : '';
    const vendor = counterpart?.trim() ? `, counterpart_name: ${quoted(counterpart)}` : '';
    if (line === '' && vendor === '') continue;
    const key = JSON.stringify([vendor, line]);
    statuses.set(key, (statuses.get(key) ?? new Set()).add(status));
  }
  return [...statuses].slice(0, mostRules).map(([key, found]) => {
    const [vendor = '', line = '']: readonly string[] = JSON.parse(key);
    const item = line === '' ? '' : `, line_item: { ${line} }`;
    return `{ payable: { status: [${[...found].sort().join(', ')}]${vendor} }${item} }`;
  });
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
