import type { LiveObject, LiveSettings } from '../../model/live.ts';
import { errorProblem } from '../../model/problem.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { Fields } from '../../model/value.ts';
import type { ApiError } from '../contract.ts';
import type { Effect } from './fault.ts';
import { kindOf, type MemoryOrganization, storedObjects } from './organization.ts';

/** The failure that an injected effect stands for. */
export function apiError(effect: Effect, usualStatus: number | null): ApiError {
  const status = 'status' in effect && effect.status !== undefined ? effect.status : usualStatus;
  const code: ProblemCode = status === null || status >= 500 ? 'API_UNREACHABLE' : 'API_REFUSED';
  return {
    problem: errorProblem(code, status === null ? 'no answer came' : `the service answered ${status}`),
    status,
    requestId: null,
    endsRun: 'endsRun' in effect && effect.endsRun === true,
  };
}

const refused = (status: number, message: string): ApiError => ({
  problem: errorProblem('API_REFUSED', message),
  status,
  requestId: null,
  endsRun: false,
});

/** Why the service will not change or delete an object; null when it will. */
export function refusalOfObject(
  organization: MemoryOrganization,
  collection: string,
  id: string,
): ApiError | null {
  const object: LiveObject | undefined = storedObjects(organization, collection).get(id);
  if (!object) return refused(404, `there is no ${kindOf(organization, collection).noun.one} ${id}`);
  return object.external ? refused(409, 'external objects are read-only') : null;
}

/** Why the service will not store these fields; null when it will. A field that the kind does not have is a bug. */
export function refusalOfFields(
  organization: MemoryOrganization,
  collection: string,
  fields: Fields,
  verb: 'create' | 'update',
): ApiError | null {
  const kind = kindOf(organization, collection);
  for (const [name, value] of Object.entries(fields)) {
    const field = kind.fields[name];
    if (!field) throw new Error(`${collection} have no field ${name}`);
    if (value === null && verb === 'create') throw new Error(`${name}: null is never part of a create`);
    if (field.type === 'text' && value !== null && value.length > field.maxLength)
      return refused(422, `${name}: at most ${field.maxLength} characters`);
  }
  return null;
}

/** Settings are never refused; a setting that does not exist is a bug. */
export function refusalOfSettings(organization: MemoryOrganization, ids: LiveSettings): ApiError | null {
  for (const address of Object.keys(ids))
    if (!(address in organization.settings)) throw new Error(`no setting ${address}`);
  return null;
}

/** Why the service will not change a product; null when it will. */
export function refusalOfProduct({ products }: MemoryOrganization, productId: string): ApiError | null {
  return products.some(({ id }) => id === productId)
    ? null
    : refused(404, `there is no product ${productId}`);
}

/** Why the service will not change a line; null when it will. A payable that was sent for approval is locked. */
export function refusalOfLine(
  { payables, lines }: MemoryOrganization,
  payableId: string,
  lineItemId: string,
): ApiError | null {
  const payable = payables.find(({ id }) => id === payableId);
  const line = lines.get(payableId)?.find(({ id }) => id === lineItemId);
  if (!payable || !line) return refused(404, `there is no line ${lineItemId} of payable ${payableId}`);
  if (payable.status === 'draft' || payable.status === 'new') return null;
  return refused(409, 'Payable couldn’t be updated due to current state');
}
