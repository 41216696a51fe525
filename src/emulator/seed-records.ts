import { counterpartName } from './accounting/conversion.ts';
import { recordDefaults } from './accounting/records.ts';
import { counterpartId } from './accounting/synced-object.ts';
import { isObject, type JsonObject, type Stored } from './json.ts';
import { idMaker, listOf, stamps } from './seed-ids.ts';
import { type LookUp, lookUpIn } from './seed-look-up.ts';
import { putAll, type SeedMade } from './seed-made.ts';
import type { Write } from './state.ts';

/** The writes for the payments and synchronization records of a seed. */
export function recordWrites(given: JsonObject, place: string, seed: SeedMade): readonly Write[] {
  const bills = seed.made.get('payables') ?? [];
  const invoices = seed.made.get('receivables') ?? [];
  const paid = lookUpIn([...bills.map(numbered('payable')), ...invoices.map(numbered('receivable'))]);
  const payments = listOf(given.payment_records).map((each, at) =>
    payment(each, at, { place: `${place}.payment_records[${at}]`, paid, seed }),
  );
  const lookUps = lookUpsFor(payments, seed);
  const ids = idMaker(`${seed.organization}/synced_records`);
  const records = listOf(given.synced_records).map((each, at) =>
    record(each, at, { place: `${place}.synced_records[${at}]`, lookUps, ids, seed }),
  );
  return [...putAll('payment_records', payments, seed), ...putAll('synced_records', records, seed)];
}

const numbered =
  (type: 'payable' | 'receivable') =>
  ({ document_id = null, id }: Stored): JsonObject => ({ type, id, document_id });

interface PaymentPlace {
  readonly place: string;
  readonly paid: LookUp<JsonObject>;
  readonly seed: SeedMade;
}

function payment(
  { document, ...members }: JsonObject,
  at: number,
  { place, paid, seed }: PaymentPlace,
): Stored {
  const found = document === undefined ? null : paid(document, `${place}.document`);
  const object = found && { type: found.type ?? null, id: found.id ?? null };
  const id = idMaker(`${seed.organization}/payment_records/${at}`)({
    name: found?.document_id ?? null,
    ...members,
  });
  return { amount: null, currency: null, paid_at: null, object, ...members, ...stamps(members, at), id };
}

interface RecordPlace {
  readonly place: string;
  readonly lookUps: (type: string) => LookUp<JsonObject>;
  readonly ids: (given: JsonObject) => string;
  readonly seed: SeedMade;
}

function record(
  { object, ...members }: JsonObject,
  at: number,
  { place, lookUps, ids, seed }: RecordPlace,
): Stored {
  const type = String(members.object_type ?? 'bill');
  const found = object === undefined ? null : lookUps(type)(object, `${place}.object`);
  const about = found && { object_id: found.id ?? null, object_updated_at: found.updated_at ?? null };
  const times = stamps(members, at);
  const platform = seed.made.get('connections')?.[0]?.platform ?? 'xero';
  const pushed = (members.sync_status ?? 'done') === 'done' ? { platform, provider: 'codat' } : {};
  const id = ids({ name: `${type}/${String(found?.id ?? at)}`, ...members });
  return { ...recordDefaults(times), ...pushed, object_type: type, ...about, ...members, ...times, id };
}

/** For each type of record, what it can be about. */
function lookUpsFor(
  payments: readonly Stored[],
  { made, organization }: SeedMade,
): (type: string) => LookUp<JsonObject> {
  const bills = made.get('payables') ?? [];
  const invoices = made.get('receivables') ?? [];
  const numbers = new Map([...bills, ...invoices].map(({ document_id, id }) => [id, document_id ?? null]));
  const candidates: Readonly<Record<string, () => readonly JsonObject[]>> = {
    bill: () => bills,
    receivable: () => invoices,
    product: () => made.get('products') ?? [],
    vendor: () => parties('vendor', bills, organization),
    customer: () => parties('customer', invoices, organization),
    payment_record: () =>
      payments.map((each) => {
        const object = each.object ?? null;
        return { ...each, document_id: isObject(object) ? (numbers.get(String(object.id)) ?? null) : null };
      }),
  };
  const kept = new Map<string, LookUp<JsonObject>>();
  return (type) => {
    const known = kept.get(type) ?? lookUpIn(candidates[type]?.() ?? []);
    kept.set(type, known);
    return known;
  };
}

/** The vendors or customers whom documents name, each once. */
function parties(
  role: 'vendor' | 'customer',
  documents: readonly Stored[],
  organization: string,
): readonly JsonObject[] {
  const byName = new Map<string, JsonObject>();
  for (const each of documents) {
    const name = counterpartName(each);
    if (name === null || byName.has(name)) continue;
    byName.set(name, { id: each.counterpart_id ?? counterpartId(organization, role, name), name });
  }
  return [...byName.values()];
}
