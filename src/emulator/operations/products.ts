import type { Call, Handler, World } from '../call.ts';
import { filterTest, productMeanings, receivableMeanings } from '../filters.ts';
import type { Stored } from '../json.ts';
import { invalid, Refusal } from '../refusal.ts';
import { deleted, find, getter, lister, merged, patched, type Resource, shown, writeOf } from './resource.ts';

const products: Resource = {
  collection: 'products',
  noun: 'product',
  param: 'product_id',
  limit: () => 100,
  resend: false,
  sort: ({ products_sort }) => products_sort,
  meanings: () => productMeanings,
};

/** The operations of products. */
export const productOperations: Readonly<Record<string, Handler>> = {
  listProducts: lister(products),
  getProduct: getter(products),
  createProduct: (call, world) => {
    const { seq, id } = world.store.fresh(call.organization, 'products');
    const value = { ...empty(call, id, world.now().toISOString()), ...call.body };
    store(value, seq, call, world);
    return { status: 201, body: shown(value, world.switches) };
  },
  updateProduct: (call, world) => {
    const before = find(products, call, world);
    const after = merged(before, call.body, world);
    store(after, seqOf(before, call, world), call, world);
    return patched(after, world.switches);
  },
  deleteProduct: (call, world) => {
    const before = find(products, call, world);
    const organization = world.store.organization(call.organization);
    const receivables = [...organization.collections.receivables.entries()];
    if (
      world.switches.delete_used_product === '409' &&
      receivables.some(({ value }) => shows(value, before.id))
    ) {
      throw new Refusal(409, 'in_use', 'a receivable still shows this product');
    }
    world.store.commit([writeOf(organization, 'products', before.id, 0, null)]);
    return deleted(before, world.switches);
  },
};

const empty = ({ organization }: Call, id: string, time: string): Stored => ({
  id,
  created_at: time,
  updated_at: time,
  entity_id: organization,
  entity_user_id: null,
  name: '',
  type: 'product',
  description: null,
  external_reference: null,
  ledger_account_id: null,
  measure_unit_id: null,
  price: null,
  smallest_amount: null,
});

const seqOf = ({ id }: Stored, call: Call, world: World): number =>
  world.store.organization(call.organization).collections.products.get(id)?.seq ?? 0;

function store(value: Stored, seq: number, call: Call, { store, switches }: World): void {
  const organization = store.organization(call.organization);
  const { ledger_accounts, products: others } = organization.collections;
  const account = call.body.ledger_account_id;
  if (
    switches.product_account === 'checked' &&
    typeof account === 'string' &&
    !ledger_accounts.get(account)
  ) {
    throw invalid(['body', 'ledger_account_id'], 'The ledger account does not exist', 'value_error');
  }
  const reference = value.external_reference;
  if (switches.product_references === '409' && typeof reference === 'string') {
    const twin = [...others.entries()].find(
      (each) => each.value.external_reference === reference && each.value.id !== value.id,
    );
    if (twin) throw new Refusal(409, 'duplicate', 'another product has this external_reference');
  }
  store.commit([writeOf(organization, 'products', value.id, seq, value)]);
}

const shows = (receivable: Stored, productId: string): boolean =>
  filterTest({ product_ids: productId }, receivableMeanings)(receivable);
