import type { Account } from '../../model/account.ts';
import { readinessCodes } from '../../model/problem-codes.ts';
import {
  type Gap,
  type PushType,
  pushTypes,
  type Readiness,
  type TypeReadiness,
} from '../../model/readiness.ts';
import { billFindings } from './bill-findings.ts';
import { connectionGaps, mainConnection } from './connection-gaps.ts';
import type { Facts } from './facts.ts';
import type { Finding, Judging } from './finding.ts';
import { gapsOf, severities } from './gaps.ts';
import { invoiceFindings, productFindings } from './product-findings.ts';
import { changedSincePush, latestRecords, pushedIds, recordTypes, stagesIn } from './push-state.ts';
import { recordFindings } from './record-findings.ts';
import { referenceFindings } from './reference-findings.ts';
import { settingFindings } from './setting-findings.ts';
import { targetsOf } from './targets.ts';
import { unusedFindings } from './unused-findings.ts';
import { wishesOf } from './wishes.ts';

/*
 * Ready means that nothing blocks. Every check tells findings: one place where something is missing, and which object of
 * which type it keeps back. An object without a blocking finding can be pushed, which gives the percentage; findings of
 * one code are one gap. The connection is beside that: without it nothing is pushed, but what the objects lack is worth
 * knowing before it is there.
 */

/** Whether everything that is to be pushed can be, and what is missing. */
export function judge(facts: Facts, account: Account, requests: number): Readiness {
  const judging: Judging = {
    ...facts,
    targets: targetsOf(facts),
    wishes: wishesOf(facts),
    openInvoices: openInvoicesOf(facts),
    pushed: pushedByType(facts),
  };
  const findings = findingsIn(judging);
  const gaps = [...connectionGaps(facts), ...gapsOf(findings, facts.kinds)].sort(inOrder);
  const main = mainConnection(facts.connections);
  const { environment, organization, apiUrl } = account;
  return {
    format_version: '1',
    organization,
    environment,
    api_url: apiUrl,
    checked_at: facts.now.toISOString(),
    ready: !gaps.some(({ severity }) => severity === 'blocks'),
    connection: main && {
      id: main.id,
      platform: main.platform,
      status: main.status,
      last_pull: main.last_pull,
    },
    max_age_minutes: facts.maxAgeMinutes,
    types: pushTypes
      .filter((type) => facts.types.includes(type))
      .map((type) => typeReadiness(type, judging, findings, gaps)),
    gaps,
    requests,
  };
}

/** What blocks first, then in the order of the checks. */
const inOrder = (a: Gap, b: Gap): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  codes.indexOf(a.code) - codes.indexOf(b.code);

const codes: readonly string[] = readinessCodes;

function findingsIn(judging: Judging): readonly Finding[] {
  const { types } = judging;
  const found = [
    ...(types.includes('bills') ? billFindings(judging) : []),
    ...(types.includes('invoices') ? invoiceFindings(judging) : []),
    ...(types.includes('products') ? productFindings(judging) : []),
    ...settingFindings(judging),
    ...recordFindings(judging),
    ...referenceFindings(judging),
  ];
  return [...found, ...unusedFindings(judging, found)];
}

function openInvoicesOf({ connections, invoices, records }: Facts): Judging['openInvoices'] {
  const stageOf = stagesIn('receivables', records, connections);
  return invoices.filter((each) => stageOf(each) === 'open');
}

/** How many are not pushed by themselves, because they were there before the connection. */
function pastOf(type: PushType, { connections, invoices, pastBills, records }: Judging): number {
  if (type === 'bills') return pastBills;
  if (type !== 'invoices') return 0;
  const stageOf = stagesIn('receivables', records, connections);
  return invoices.filter((each) => stageOf(each) === 'past').length;
}

function changedOf(type: PushType, { invoices, live, pushedBills, records }: Judging): number {
  const pushed = { bills: pushedBills, invoices, payments: [], products: live.products ?? [] }[type];
  return changedSincePush(pushed, records, recordTypes[type].own);
}

function pushedByType({ records }: Facts): Judging['pushed'] {
  const of = (type: PushType): ReadonlySet<string> => pushedIds(records, recordTypes[type].own);
  return {
    bills: of('bills'),
    invoices: of('invoices'),
    payments: of('payments'),
    products: of('products'),
  };
}

function typeReadiness(
  type: PushType,
  judging: Judging,
  findings: readonly Finding[],
  gaps: readonly Gap[],
): TypeReadiness {
  const blocking = findings.filter((each) => each.type === type && each.severity === 'blocks');
  const all = blocking.some(({ object }) => object === null);
  const kept = new Set(blocking.flatMap(({ object }) => object ?? []));
  const open = openIds(type, judging);
  const can = all ? 0 : open.filter((id) => !kept.has(id)).length;
  const none = blocking.length === 0 ? 100 : 0;
  return {
    type,
    ready: !gaps.some(({ severity, types }) => severity === 'blocks' && types.includes(type)),
    percent: type === 'payments' ? null : open.length === 0 ? none : Math.floor((100 * can) / open.length),
    to_push: open.length,
    can_push: can,
    pushed: judging.pushed[type].size,
    changed: changedOf(type, judging),
    past: pastOf(type, judging),
  };
}

/** What is to be pushed and is not there yet. Payments are known by their records alone. */
function openIds(type: PushType, { live, openInvoices, pushed, records }: Judging): readonly string[] {
  const ids = {
    bills: () => (live.payables?.read ?? []).map(({ id }) => id),
    invoices: () => openInvoices.map(({ id }) => id),
    payments: () => [...latestRecords(records, recordTypes.payments.own).keys()],
    products: () => (live.products ?? []).map(({ id }) => id),
  }[type]();
  return ids.filter((id) => !pushed[type].has(id));
}
