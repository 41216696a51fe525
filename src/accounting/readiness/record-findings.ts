import { payableLabel, productLabel } from '../../model/labels.ts';
import type { PushType } from '../../model/readiness.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';
import { remedyOf } from '../remedy.ts';
import type { Finding, Judging } from './finding.ts';
import { latestRecords, recordTypes } from './push-state.ts';

/**
 * What was pushed and failed: it stays where it is until it is pushed again, whatever was mended. A customer or vendor that
 * failed may keep documents back, so it warns. Records of what is not to be pushed any more do not count.
 */
export function recordFindings(judging: Judging): readonly Finding[] {
  return judging.types.flatMap((type) => {
    const { before, own } = recordTypes[type];
    const labels = labelsOf(type, judging);
    return [
      ...failedRecords(own, judging).flatMap(([object, record]): readonly Finding[] => {
        const label = labels ? labels.get(object) : `payment ${object}`;
        if (label === undefined && record.object_id !== null) return [];
        const known = record.object_id === null ? null : object;
        return [findingOf(record, { type, severity: 'blocks', object: known, label: label ?? record.id })];
      }),
      ...before.flatMap((each) =>
        failedRecords(each, judging).map(([object, record]) =>
          findingOf(record, { type, severity: 'warns', object: null, label: `${each} ${object}` }),
        ),
      ),
    ];
  });
}

/** The failed records of one type, by the ids of their objects. */
function failedRecords(type: ObjectType, { records }: Judging): readonly (readonly [string, SyncedRecord])[] {
  return [...latestRecords(records, type)].filter(([, record]) => record.sync_status === 'error');
}

function findingOf(
  record: SyncedRecord,
  { label, object, severity, type }: Pick<Finding, 'type' | 'severity' | 'object' | 'label'>,
): Finding {
  const { errors, id, object_type } = record;
  return {
    code: 'PUSH_FAILED',
    severity,
    type,
    object,
    id,
    label,
    group: `${object_type}: ${errors[0] ?? '(the service names no reason)'}`,
    hint: remedyOf(record)?.text ?? null,
    filled: false,
    about: { what: 'record', id, objectType: object_type },
  };
}

/** What the objects that are to be pushed are called, by id; null where they are not listed anywhere. */
function labelsOf(type: PushType, { live, openInvoices }: Judging): ReadonlyMap<string, string> | null {
  if (type === 'payments') return null;
  if (type === 'products')
    return new Map((live.products ?? []).map((product) => [product.id, productLabel(product)]));
  if (type === 'bills')
    return new Map((live.payables?.read ?? []).map((payable) => [payable.id, payableLabel(payable)]));
  return new Map(openInvoices.map(({ document_id, id }) => [id, document_id?.trim() || id]));
}
