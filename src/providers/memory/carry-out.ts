import type { Fields } from '../../model/value.ts';
import type { ApiError, Written } from '../contract.ts';
import type { Effect } from './fault.ts';
import type { MemoryOrganization } from './organization.ts';
import { apiError } from './refusal.ts';

/** One write: why the service refuses it, null when it does not, and how it stores it, some values otherwise than sent. */
export interface Write<T> {
  readonly refusal: (organization: MemoryOrganization) => ApiError | null;
  readonly commit: (organization: MemoryOrganization, otherwise: Fields) => T;
}

/** Carries out a write as far as what goes wrong with it allows. */
export function carryOut<T>(
  organization: MemoryOrganization,
  effect: Effect | null,
  write: Write<T>,
): Written<T> {
  if (effect?.type === 'refused') return { status: 'refused', error: apiError(effect, 422) };
  if (effect?.type === 'lost_before') return { status: 'lost', error: apiError(effect, null) };
  const refusal = write.refusal(organization);
  if (refusal) return { status: 'refused', error: refusal };
  if (effect?.type === 'late') {
    // What comes late may find an organization that no longer takes it; nobody is told.
    const commit = (later: MemoryOrganization): void => {
      if (write.refusal(later) === null) write.commit(later, {});
    };
    organization.late = [...organization.late, { reads: effect.reads, commit }];
    return { status: 'lost', error: apiError(effect, null) };
  }
  const otherwise = effect && 'fields' in effect ? (effect.fields ?? {}) : {};
  const stored = write.commit(organization, otherwise);
  if (effect?.type === 'lost_after') return { status: 'lost', error: apiError(effect, null) };
  return { status: 'stored', stored, requestId: null };
}
