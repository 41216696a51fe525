import { compose } from '../../src/import/compose.ts';
import { coveredBy, coveredByNothing } from '../../src/import/covered.ts';
import { importNeeds } from '../../src/import/needs.ts';
import { type LoadText, type ProvenFile, proveNew } from '../../src/import/prove.ts';
import { type Extended, proveInto } from '../../src/import/prove-into.ts';
import { load } from '../../src/load/load.ts';
import { withTexts } from '../../src/load/with-texts.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Live } from '../../src/model/live.ts';
import { joinNeeds, needsOfDesired } from '../../src/observe/needs.ts';
import { observe } from '../../src/observe/observe.ts';
import { type Proposal, propose } from '../../src/plan/propose.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import type { MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

/** How an import is asked for. */
export interface Asked {
  readonly rules: boolean;
  readonly allExternal: boolean;
}

const root = '/nowhere';
const path = 'ledgerform.yaml';
const organization = { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme: #1' };

const loadText: LoadText = async (text) =>
  load(
    {
      ...{ path, environment: null, variables: {}, allowOutside: false, root, cwd: root },
      source: await withTexts(root, new Map([[path, text]])),
    },
    kinds,
  );

const skip: ReadonlySet<never> = new Set();

/** What is live, in memory or behind a service. */
export type From = MemoryOrganization | Provider;

const providerOf = (from: From): Provider => ('list' in from ? from : memoryProvider({ organization: from }));

/** Reads what an import reads. */
export const readAll = (from: From): Promise<Live> => observe(importNeeds(kinds, skip), providerOf(from));

/** A new file of what is live. */
export const importNew = async (from: From, asked: Asked): Promise<ProvenFile> =>
  proveNew(
    { live: await readAll(from), kinds, manner: { ...asked, skip }, covered: coveredByNothing },
    { organization, environment: 'sandbox', schema: './schemas/ledgerform.v1.schema.json' },
    loadText,
  );

/** A file with what it lacks. */
export async function importInto(text: string, from: MemoryOrganization, asked: Asked): Promise<Extended> {
  const desired = await desiredOf(text);
  const needs = joinNeeds(needsOfDesired(desired, kinds), importNeeds(kinds, skip));
  const live = await observe(needs, memoryProvider({ organization: from }));
  const covered = coveredBy(desired, live, kinds, path);
  return proveInto({ live, kinds, manner: { ...asked, skip }, covered }, { text, desired, path }, loadText);
}

/** What a text comes to as a configuration. */
export async function desiredOf(text: string): Promise<Desired> {
  const { desired, problems } = await loadText(text);
  if (!desired) throw new Error(`${problems.map(({ message }) => message).join('\n')}\n${text}`);
  return desired;
}

/** What `plan` would propose: it reads what the file asks for, and no more. */
export async function planOf(text: string, from: From): Promise<Proposal> {
  const desired = await desiredOf(text);
  const live = await observe(needsOfDesired(desired, kinds), providerOf(from));
  return propose(desired, live, kinds);
}

/** What would be written without a proof. */
export const composed = async (from: MemoryOrganization, asked: Asked) =>
  compose({
    live: await readAll(from),
    kinds,
    manner: { ...asked, skip },
    covered: coveredByNothing,
    excluded: new Map(),
  });
