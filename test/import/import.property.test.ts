import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { format } from '../../src/load/format/format.ts';
import type { Proposal } from '../../src/plan/propose.ts';
import type { MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { printable } from '../../src/render/printable.ts';
import { importInto, importNew, planOf, readAll } from './importing.ts';
import { turned, world } from './worlds.ts';

/*
 * Any organization: names that are alike, empty, of any script or nothing but trouble, ids that point to nothing, what is archived. What is
 * imported plans empty, whatever the service's order, and says nothing that is not live.
 */

const test = suite('imports of random organizations');
const asked = fc.record({ rules: fc.boolean(), allExternal: fc.boolean() });
const runs = { numRuns: Number(process.env.LEDGERFORM_RUNS ?? 60) };

/** Everything in a proposal that would make `plan --detailed-exitcode` say something else than 0. */
const said = ({ changes, problems, refusals }: Proposal): readonly unknown[] => [
  ...changes,
  ...problems,
  ...refusals,
];

test('a plan of what is imported is empty', () =>
  fc.assert(
    fc.asyncProperty(world, asked, async (organization, how) => {
      const { text } = await importNew(organization, how);
      assert.equal(said(await planOf(text, organization)), [], text);
      // Printed with `--out -` it moves no cursor and orders a CI runner nothing.
      for (const line of text.split('\n')) assert.is(printable(line), line);
      assert.equal(format({ path: 'a.yaml', text, modeline: null }), { text, divided: false });
    }),
    runs,
  ));

test('the order in which the service lists things changes no byte, and neither does a second import', () =>
  fc.assert(
    fc.asyncProperty(world, asked, async (organization, how) => {
      const { text } = await importNew(organization, how);
      assert.is((await importNew(organization, how)).text, text);
      assert.is((await importNew(turned(organization), how)).text, text);
    }),
    runs,
  ));

test('where nothing was assigned yet, the items assign exactly what is live and fill no gap of today', () =>
  fc.assert(
    fc.asyncProperty(world, async (organization) => {
      const { composed, text } = await importNew(organization, { rules: true, allExternal: false });
      const live = await readAll(organization);
      const ids = new Set(
        [...live.collections.values()].flatMap(({ objects }) => objects.map(({ id }) => id)),
      );
      const expected = [
        ...(live.products ?? []).map((product) => [product.id, product.ledger_account_id, null] as const),
        ...(live.lines ?? []).map(
          ({ line }) => [line.id, line.ledger_account_id, line.accounting_tax_rate_id] as const,
        ),
      ]
        .map(
          ([id, ...points]) => [id, ...points.map((each) => (each && ids.has(each) ? each : null))] as const,
        )
        .filter(([id, ...points]) => points.some((each) => each) && !leftOut(id));
      function leftOut(id: string): boolean {
        return composed.leftOut.some(({ address, why }) => address.endsWith(id) && !why.includes('no such'));
      }
      const { changes, managed, references } = await planOf(text, unassigned(organization));
      const idAt = (address: string | null | undefined): string | null =>
        address
          ? (references[address]?.id ?? [...managed].find(([, at]) => at === address)?.[0] ?? null)
          : null;
      const found = changes
        .filter(({ kind }) => kind.endsWith('_assignment'))
        .map(({ after, id }) => [id, idAt(after?.ledger_account), idAt(after?.tax_rate)]);
      assert.equal(found.sort(), [...expected].sort(), text);
    }),
    runs,
  ));

test('what a file lacks is added, a plan has nothing to do, and the file’s own lines stay as they are', () =>
  fc.assert(
    fc.asyncProperty(world, world, asked, async (before, organization, how) => {
      const { text } = await importNew(part(before, organization), how);
      // What was made since may be a second one with a code that the file knows: then the file has to be mended first.
      fc.pre(said(await planOf(text, organization)).length === 0);
      const into = await importInto(text, organization, how);
      assert.equal(said(await planOf(into.text, organization)), [], into.text);
      assert.ok(isWithin(text.split('\n'), into.text.split('\n')), into.text);
      assert.is((await importInto(into.text, organization, how)).text, into.text);
    }),
    runs,
  ));

test.run();

/** The organization as it was when it had a part of its objects, of which one may have had another name. */
function part(before: MemoryOrganization, { objects, ...rest }: MemoryOrganization): MemoryOrganization {
  const some = [...objects].map(([collection, all]) => {
    const kept = before.objects.get(collection)?.size ?? 0;
    return [collection, new Map([...all].slice(0, kept))] as const;
  });
  return {
    ...rest,
    seen: new Map(),
    objects: new Map(some),
    products: rest.products.slice(0, before.products.length),
    payables: rest.payables.slice(0, before.payables.length),
  };
}

function isWithin(lines: readonly string[], more: readonly string[]): boolean {
  let at = 0;
  for (const line of more) if (line === lines[at]) at += 1;
  return at === lines.length;
}

function unassigned(organization: MemoryOrganization): MemoryOrganization {
  const { lines, products } = organization;
  return {
    ...organization,
    seen: new Map(),
    products: products.map((product) => ({ ...product, ledger_account_id: null })),
    lines: new Map(
      [...lines].map(([id, all]) => [
        id,
        all.map((line) => ({ ...line, ledger_account_id: null, accounting_tax_rate_id: null })),
      ]),
    ),
  };
}
