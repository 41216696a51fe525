import { keepsNothing, keepsPayable, type PayableFilter } from '../../../model/list-filter.ts';
import type { LivePayable } from '../../../model/live.ts';
import { type Api, isObject, reply, type Unchecked } from '../api.ts';
import { requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';
import { pages } from '../pages.ts';

type Schemas = components['schemas'];

/** Every payable that the filter lets through; lines are not part of it. */
export async function* readPayables(
  { client, headers }: Api,
  filter: PayableFilter,
): AsyncGenerator<LivePayable> {
  if (keepsNothing(filter)) return;
  const query = queryOf(filter);
  const list = pages((page) =>
    reply(client.GET('/payables', { params: { header: headers, query: { ...query, ...page, limit: 100 } } })),
  );
  const keeps = keepsPayable(filter);
  for await (const payables of list) yield* payables.map(payableOf).filter(keeps);
}

function queryOf(filter: PayableFilter) {
  const { ids, status, document_id, counterpart_id, counterpart_name, currency } = filter;
  const { created_from, created_to } = filter;
  return {
    ...(ids && { id__in: [...ids] }),
    // A status that the description does not have is left for the service to judge.
    ...(status && { status__in: [...status] as Schemas['PayableStatus'][] }),
    // The same.
    ...(currency !== undefined && { currency: currency as Schemas['CurrencyCode'] }),
    ...(document_id !== undefined && { document_id }),
    ...(counterpart_id !== undefined && { counterpart_id }),
    ...(counterpart_name !== undefined && { counterpart_name }),
    ...(created_from !== undefined && { created_at__gte: created_from }),
    ...(created_to !== undefined && { created_at__lte: created_to }),
  };
}

const payableOf = (wire: Unchecked<Schemas['Payable']>): LivePayable => ({
  id: requiredText(wire.id, 'a payable’s id'),
  status: requiredText(wire.status, 'a payable’s status'),
  document_id: textOf(wire.document_id, 'document_id'),
  counterpart_id: textOf(wire.counterpart_id, 'counterpart_id'),
  counterpart_name: nameIn(wire.counterpart_raw_data) ?? nameIn(wire.counterpart),
  currency: textOf(wire.currency, 'currency'),
  created_at: textOf(wire.created_at, 'created_at'),
  ...(typeof wire.updated_at === 'string' && { updated_at: wire.updated_at }),
  ...(typeof wire.total_amount === 'number' && { total_amount: wire.total_amount }),
});

/** The name of a counterpart: as it stands on the document, or of the organization or person that it was matched with. */
function nameIn(counterpart: unknown): string | null {
  if (!isObject(counterpart)) return null;
  const { name, organization, individual } = counterpart;
  if (typeof name === 'string' && name !== '') return name;
  if (isObject(organization)) return textOf(organization.legal_name, 'legal_name');
  if (!isObject(individual)) return null;
  const names = [individual.first_name, individual.last_name].filter((each) => typeof each === 'string');
  return names.length === 0 ? null : names.join(' ');
}
