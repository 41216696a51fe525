import { edit } from '../load/edit/edit.ts';
import { isMapping, obstacleText, type YamlEdit } from '../load/edit/edits.ts';
import type { Desired } from '../model/desired.ts';
import type { Address } from '../model/value.ts';
import { compose, type ImportFacts } from './compose.ts';
import type { Composed, Part } from './part.ts';
import { type LoadText, type Objection, objectionsTo } from './prove.ts';

/** A file that is to get what it lacks. */
export interface Receiver {
  readonly text: string;
  /** What it comes to now. */
  readonly desired: Desired;
  /** As origins name it. */
  readonly path: string;
}

/** The text of a file with what it lacked, and what that is. */
export interface Extended {
  readonly text: string;
  readonly composed: Composed;
  /** What the file says otherwise than it is live, before as after: a plan would change it. */
  readonly differing: readonly Differing[];
}

/** Something that a plan of the file would change. */
export interface Differing {
  readonly address: Address;
  readonly label: string;
  /** In words that follow a colon. */
  readonly why: string;
}

/**
 * Adds to a file what no key, setting or item of it covers, every other byte kept. Proven like a new file: with what is added a plan has
 * nothing to do that it had not to do before.
 */
export async function proveInto(
  facts: Omit<ImportFacts, 'excluded'>,
  receiver: Receiver,
  load: LoadText,
): Promise<Extended> {
  const before = new Set(objectionsTo(await load(receiver.text), facts.live, facts.kinds).map(fingerprint));
  const excluded = new Map<Address, string>();
  for (;;) {
    const composed = compose({ ...facts, excluded });
    const { refused, text } = withParts(receiver, composed.parts);
    const all = objectionsTo(await load(text), facts.live, facts.kinds);
    const objections = all.filter((each) => !before.has(fingerprint(each)));
    if (refused.size === 0 && objections.length === 0)
      return { text, composed, differing: all.flatMap(differingIn) };
    const known = new Set(composed.parts.map(({ address }) => address));
    const size = excluded.size;
    for (const [address, why] of refused) excluded.set(address, why);
    for (const { address, why } of objections)
      if (address !== null && known.has(address)) excluded.set(address, why);
    if (excluded.size > size) continue;
    const [culprit, why] = await firstCulprit(composed.parts, receiver, load, facts, before);
    excluded.set(culprit, why);
  }
}

function differingIn({ address, label, why }: Objection): readonly Differing[] {
  return address === null || label === null ? [] : [{ address, label, why }];
}

/** The same objection wherever it stands now. */
const fingerprint = ({ address, why }: Objection): string => `${address} ${why.replace(/:\d+:\d+/g, '')}`;

/** The first part with which there is something to object to, found by halves. */
async function firstCulprit(
  parts: readonly Part[],
  receiver: Receiver,
  load: LoadText,
  { kinds, live }: Pick<ImportFacts, 'kinds' | 'live'>,
  before: ReadonlySet<string>,
): Promise<readonly [Address, string]> {
  let [good, bad, why] = [0, parts.length, ''];
  while (good + 1 < bad || why === '') {
    const middle = why === '' ? bad : (good + bad) >> 1;
    const { text } = withParts(receiver, parts.slice(0, middle));
    const found = objectionsTo(await load(text), live, kinds).find((each) => !before.has(fingerprint(each)));
    if (!found && middle === bad) throw new Error('what was added to the file objects only now and then');
    if (found) [bad, why] = [middle, found.why];
    else good = middle;
  }
  const culprit = parts[bad - 1];
  if (!culprit) throw new Error(`the file cannot be added to: ${why}`);
  return [culprit.address, why];
}

/** The text with parts added, and the parts that it cannot take. */
function withParts(
  { desired, path, text }: Receiver,
  parts: readonly Part[],
): { readonly text: string; readonly refused: ReadonlyMap<Address, string> } {
  const addressOf = new Map<YamlEdit, Address>(
    parts.map((part) => [editFor(part, desired, path), part.address]),
  );
  const result = edit(text, [...addressOf.keys()]);
  const refused = result.refused.map(
    (each) => [addressOf.get(each.edit) ?? '', `the file cannot take it: ${obstacleText(each.why)}`] as const,
  );
  return { text: result.text, refused: new Map(refused) };
}

/** Entries stand before the first rule, rules behind all there is. */
function editFor(
  { key, notes, path, remark, value }: Part,
  { assignments }: Desired,
  file: string,
): YamlEdit {
  const said = [...notes, ...(remark === null ? [] : [remark])].join('; ');
  if (key !== null) return { type: 'set', path: [...path, key], value, ...(said !== '' && { remark: said }) };
  const all: readonly { readonly type: string; readonly origin: { readonly file: string } }[] =
    path.at(-1) === 'products' ? assignments.products : assignments.lineItems;
  const own = all.filter(({ origin }) => origin.file === file);
  const firstRule = own.findIndex(({ type }) => type === 'rule');
  const isRule = isMapping(value) && Object.hasOwn(value, 'when');
  return { type: 'insert', path, at: isRule || firstRule < 0 ? own.length : firstRule, value };
}
