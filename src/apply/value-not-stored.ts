import type { CollectionKind } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Fields, Value } from '../model/value.ts';
import { sameValue } from '../plan/canonical.ts';

/** One value that the service stored otherwise than it was sent. */
export interface Otherwise {
  readonly field: string;
  readonly sent: Value;
  readonly stored: Value;
}

/** The values of `sent` that the service did not store. */
export function otherwiseStored(kind: CollectionKind, sent: Fields, stored: Fields): readonly Otherwise[] {
  const found: Otherwise[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const field = kind.fields[name];
    const now = stored[name] ?? null;
    if (!field || !sameValue(field, value, now)) found.push({ field: name, sent: value, stored: now });
  }
  return found;
}

/** Says what was sent, what is stored, and what to write in the file or leave out; null when all is stored as sent. */
export function valueNotStored(
  change: Change,
  differing: readonly Otherwise[],
  identity: string,
): Problem | null {
  if (differing.length === 0) return null;
  const said = differing.map(
    ({ field, sent, stored }) => `${field} was sent as ${show(sent)} and is stored as ${show(stored)}`,
  );
  const fixes = differing.map(({ field, stored }) => fix(field, stored, field === identity));
  return errorProblem('VALUE_NOT_STORED', `${change.label}: ${said.join('; ')}`, {
    address: change.address,
    hint: `${fixes.join(' ')} Then plan again.`,
    origin: change.source,
  });
}

function fix(field: string, stored: Value, identifies: boolean): string {
  const written = `Write \`${field}: ${stored === null ? 'null' : JSON.stringify(stored)}\``;
  return identifies
    ? `${written}: as long as the file says otherwise, the next plan does not find this object.`
    : `${written}, or leave ${field} out so that it is not managed.`;
}

const show = (value: Value): string => (value === null ? 'empty' : JSON.stringify(value));
