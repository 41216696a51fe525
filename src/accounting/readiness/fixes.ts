import type { CollectionKind, Kinds } from '../../model/kind.ts';
import { isEditable } from '../../model/payable-status.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { Fix, GapSeverity } from '../../model/readiness.ts';
import { listText } from '../../plan/words.ts';
import { accountKind, rateKind } from '../needed-kinds.ts';
import { type About, type Finding, slotNamed } from './finding.ts';
import { ruleLines, settingLines, specificLines } from './yaml-fixes.ts';

const sync = 'ledgerform connection sync --wait';
/** Records that are named one by one; of more all failed ones are pushed again. */
const fewRecords = 3;

/** What mends the places of one gap, the easiest first. What the next apply mends anyway needs nothing else. */
export function fixesOf(
  code: ProblemCode,
  severity: GapSeverity,
  places: readonly Finding[],
  kinds: Kinds,
): readonly Fix[] {
  if (severity === 'covered') return [];
  const left = places.filter(({ filled }) => !filled);
  const apply = left.length < places.length ? [command('ledgerform apply')] : [];
  return left.length === 0 ? apply : [...apply, ...withCodes(mending(code, left, kinds), kinds)];
}

/** Lines to paste need a code that exists: what lists them stands before the first. */
function withCodes(fixes: readonly Fix[], { collections }: Kinds): readonly Fix[] {
  const first = fixes.findIndex(({ type }) => type === 'yaml');
  if (first === -1) return fixes;
  const lists = collections.filter(({ identity }) =>
    fixes.some(({ text, type }) => type === 'yaml' && text.includes(`{ ${identity}: "CODE" }`)),
  );
  const commands = lists.map(({ collection }) => command(`ledgerform list ${collection}`));
  return [...fixes.slice(0, first), ...commands, ...fixes.slice(first)];
}

function mending(code: ProblemCode, places: readonly Finding[], kinds: Kinds): readonly Fix[] {
  const all = places.flatMap(({ about }) => about ?? []);
  // What an apply cannot change needs another way than lines for the file.
  const abouts = all.filter((about) => !isLocked(about));
  const locked = all.filter(isLocked);
  if (locked.length > 0) {
    const open = places.filter(({ about }) => about === null || !isLocked(about));
    return [...(open.length === 0 ? [] : mending(code, open, kinds)), lockedFix(code, locked)];
  }
  switch (code) {
    case 'PRODUCT_WITHOUT_ACCOUNT':
      return [
        command('ledgerform assign'),
        ...written(abouts, kinds, ruleLines),
        yaml(settingLines(slotNamed(kinds, 'products'), kinds)),
      ];
    case 'INLINE_WITHOUT_ACCOUNT':
      return [yaml(settingLines(slotNamed(kinds, 'products'), kinds))];
    case 'LINE_WITHOUT_ACCOUNT':
      return [command('ledgerform assign'), ...written(abouts, kinds, ruleLines)];
    case 'PAYMENTS_ACCOUNT_UNSET':
      return [command('ledgerform assign'), ...written(abouts, kinds, ruleLines)];
    case 'TAX_VALUE_UNKNOWN': {
      const values = [...new Set(places.map(({ group }) => group))];
      return [
        byHand(`create a ${rateKind(kinds).noun.one} of ${listText(values, 10)} in the accounting system`),
        command(sync),
        // Or the lines of bills name one that is there: that stands in for their value.
        ...written(abouts, kinds, ruleLines),
      ];
    }
    case 'EXTERNAL_MISSING': {
      const labels = [...new Set(places.map(({ about, group }) => `${group}${rateText(about)}`))];
      return [
        byHand(`create in the accounting system, with this code and name: ${listText(labels, 10)}`),
        command(sync),
      ];
    }
    case 'REFERENCE_BROKEN':
      return [
        command('ledgerform plan'),
        byHand('correct these places in the file: until then no apply runs'),
      ];
    case 'PUSH_FAILED':
      return retries(abouts);
    case 'TARGET_ARCHIVED':
      return orByHand(written(abouts, kinds, specificLines));
    default:
      return orByHand(written(abouts, kinds, ruleLines));
  }
}

/** A line of a bill that was submitted already: an apply would fail for it. */
const isLocked = (about: About): boolean => about.what === 'line' && !isEditable(about.status);

/** What is left to do for lines of bills that can no longer be changed from here. */
function lockedFix(code: ProblemCode, abouts: readonly About[]): Fix {
  const statuses = abouts.flatMap((about) => (about.what === 'line' ? [about.status] : []));
  const which = `of bills that can no longer be changed from here (${[...new Set(statuses)].sort().join(', ')})`;
  return code === 'TAX_VALUE_UNKNOWN'
    ? byHand(`lines ${which} need the rate in the accounting system: create it there, then pull`)
    : byHand(`correct the lines ${which} in Tesouro, or enter these bills in the accounting system`);
}

/** A rate is told with its value. */
function rateText(about: About | null): string {
  const value = about?.what === 'object' && about.kind.rate && about.object.fields[about.kind.rate.field];
  return value ? ` of ${value}` : '';
}

/** What stands on an invoice cannot be changed from here. */
const orByHand = (fixes: readonly Fix[]): readonly Fix[] =>
  fixes.length > 0 ? fixes : [byHand('correct it on the invoice, in Tesouro')];

/** Lines for the file: settings as they are, products and lines as `items` has them. `CODE` stands for a code of one's own choice. */
function written(
  abouts: readonly About[],
  kinds: Kinds,
  items: (abouts: readonly About[], account: CollectionKind) => readonly string[],
): readonly Fix[] {
  const settings = abouts.flatMap((about) => (about.what === 'setting' ? [about.address] : []));
  const slots = kinds.settings.filter(({ address }) => settings.includes(address));
  return [
    ...slots.map((slot) => yaml(settingLines(slot, kinds))),
    ...items(abouts, accountKind(kinds)).map(yaml),
  ];
}

function retries(abouts: readonly About[]): readonly Fix[] {
  const records = abouts.flatMap((about) => (about.what === 'record' ? [about] : []));
  if (records.length <= fewRecords)
    return records.map(({ id }) => command(`ledgerform records retry ${id} --wait`));
  const types = [...new Set(records.map(({ objectType }) => objectType))].sort();
  return [
    command(`ledgerform records retry --failed ${types.map((type) => `--type ${type}`).join(' ')} --wait`),
  ];
}

const command = (text: string): Fix => ({ type: 'command', text });
const yaml = (text: string): Fix => ({ type: 'yaml', text });
const byHand = (text: string): Fix => ({ type: 'by_hand', text });
