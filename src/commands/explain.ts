import { codeFrame } from '../load/code-frame.ts';
import type { Desired, Dropped } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import { errorProblem, type Origin, Stop } from '../model/problem.ts';
import { type Address, payableIdIn, productAddress } from '../model/value.ts';
import { linesOfPayables, productsById } from '../observe/assignment-needs.ts';
import { joinNeeds, type Needs, needsOfDesired } from '../observe/needs.ts';
import { observe } from '../observe/observe.ts';
import { explain as explainAddress } from '../plan/explain.ts';
import type { Explanation } from '../plan/explain-types.ts';
import { nearest } from '../plan/near.ts';
import { partsOf } from '../plan/propose.ts';
import { narrow } from '../plan/target.ts';
import type { Provider } from '../providers/contract.ts';
import { explanationText } from '../render/explanation-text.ts';
import { header } from '../render/header.ts';
import type { BaseOptions } from './base.ts';
import type { CommonOptions } from './common-options.ts';
import { readConfiguration } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { idFilter } from './listing-words.ts';
import { showReading } from './progress.ts';
import type { Shell } from './shell.ts';

const ofProduct = 'assignments.products.';
const ofLine = 'assignments.line_items.';

/** Says where everything at an address comes from, what is live there, and what a plan would do. */
export async function explain(
  address: Address,
  options: CommonOptions & BaseOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { base, desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    const { account, kinds } = provider;
    shell.say(header(account, shell.paint));
    const part = partFor(address, desired, kinds);
    const needs = joinNeeds(needsOfDesired(withoutItems(part), kinds), needsOf(address, kinds));
    const live = await showReading(
      shell,
      () => provider.traffic(),
      (notify) => observe(needs, provider, notify),
    );
    const then = base.base && partFor(address, base.base.desired, kinds);
    const found = find(part, live, kinds, address, then);
    if (found === null) throw unknown(address, desired, kinds, await productsCalled(address, provider));
    const { organization, environment, apiUrl } = account;
    shell.sayJson({ format_version: '1', organization, environment, api_url: apiUrl, ...found });
    const { linesOf, paint } = shell;
    await shell.show(({ columns }) =>
      explanationText(found, { kinds, paint, linesOf, frame: codeFrame, columns }),
    );
    return 0;
  });
}

/** Only what the address is about. Items of assignments say nothing of anything but assignments. */
function partFor(address: Address, desired: Desired, kinds: Kinds): Desired {
  const part = narrow(desired, [address], kinds);
  return address.startsWith('assignments.') ? part : withoutItems(part);
}

const withoutItems = (desired: Desired): Desired => ({
  ...desired,
  assignments: { products: [], lineItems: [] },
});

/** What is live at an address has to be read also where the file says nothing of it; of products and lines nothing else. */
function needsOf(address: Address, kinds: Kinds): Needs {
  const slot = kinds.settings.find((each) => each.address === address);
  const used = kinds.collections.filter(({ collection, usedIn }) => {
    if (address.startsWith(ofProduct)) return usedIn.product !== null;
    if (address.startsWith(ofLine)) return usedIn.line !== null;
    return collection === slot?.collection || address.startsWith(`${collection}[`);
  });
  return {
    collections: new Map(used.map(({ collection }) => [collection, 'all' as const])),
    settings: slot !== undefined,
    products: address.startsWith(ofProduct) ? productsById([address.slice(ofProduct.length)]) : null,
    lines: address.startsWith(ofLine) ? linesOfPayables([payableIdIn(address)]) : null,
  };
}

/** An object goes by its key where it has one, also when it is asked for by its id. */
function find(
  part: Desired,
  live: Live,
  kinds: Kinds,
  address: Address,
  base: Desired | null,
): Explanation | null {
  const found = explainAddress(part, live, kinds, keyedOr(address, part, live, kinds), base);
  // Items that mean other objects than the one that was read find nothing, and that is nothing to tell.
  return found && { ...found, problems: found.problems.filter(({ code }) => code !== 'ASSIGNMENT_NONE') };
}

function keyedOr(address: Address, part: Desired, live: Live, kinds: Kinds): Address {
  const [, collection, id] = /^(\w+)\[(.+)\]$/.exec(address) ?? [];
  if (collection === undefined || id === undefined) return address;
  return partsOf(part, live, kinds).get(collection)?.addressOf(id) ?? address;
}

/** Addresses of the products with this id or external reference; what looks like an address is none. */
async function productsCalled(text: string, provider: Provider): Promise<readonly Address[]> {
  if (/^\w+[.[]/.test(text)) return [];
  const needs = {
    collections: new Map(),
    settings: false,
    products: { lists: [idFilter(text)] },
    lines: null,
  };
  const { products } = await observe(needs, provider);
  return (products ?? []).flatMap(({ id, external_reference }) =>
    id === text || external_reference === text ? [productAddress(id)] : [],
  );
}

const oneOf = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function unknown(address: Address, desired: Desired, kinds: Kinds, products: readonly Address[]): Stop {
  const { dropped = [], entries, externals } = desired;
  const gone = dropped.find((each) => each.address === address);
  if (gone) return droppedThere(gone);
  const known = [...entries, ...externals, ...kinds.settings].map((each) => each.address);
  const near = [...products, ...nearest(address, known)].slice(0, 3);
  const hint = near.length > 0 ? `Did you mean ${oneOf.format(near)}?` : formsOf(kinds);
  return new Stop(3, [errorProblem('TARGET_UNKNOWN', `There is nothing at ${address}.`, { address, hint })]);
}

function droppedThere({ address, origin, stated }: Dropped): Stop {
  const at = ({ column, file, line }: Origin): string => `${file}:${line}:${column}`;
  const message = `There is nothing at ${address}: ${at(stated)} states it, and null drops it at ${at(origin)}.`;
  const hint = 'To have it again, remove that null.';
  return new Stop(3, [errorProblem('TARGET_UNKNOWN', message, { address, origin, hint })]);
}

const formsOf = ({ collections }: Kinds): string =>
  `Addresses are ${collections.map(({ collection }) => `${collection}.KEY or ${collection}[ID]`).join(', ')}, external.…, settings.…, ${ofProduct}ID and ${ofLine}PAYABLE/LINE, as plan and list --json print them.`;
