import type { LivePayable } from '../../../model/live.ts';
import type { PayableFilter } from '../../contract.ts';
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
  // A status that the description does not have is left for the service to judge.
  const statuses = filter.status as Schemas['PayableStatus'][] | undefined;
  const status = statuses === undefined ? {} : { status__in: statuses };
  const list = pages((page) =>
    reply(
      client.GET('/payables', { params: { header: headers, query: { ...page, ...status, limit: 100 } } }),
    ),
  );
  for await (const payables of list) yield* payables.map(payableOf);
}

const payableOf = (wire: Unchecked<Schemas['Payable']>): LivePayable => ({
  id: requiredText(wire.id, 'a payable’s id'),
  status: requiredText(wire.status, 'a payable’s status'),
  document_id: textOf(wire.document_id, 'document_id'),
  counterpart_id: textOf(wire.counterpart_id, 'counterpart_id'),
  counterpart_name: nameIn(wire.counterpart_raw_data) ?? nameIn(wire.counterpart),
  currency: textOf(wire.currency, 'currency'),
  created_at: textOf(wire.created_at, 'created_at'),
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
