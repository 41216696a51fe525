import type { Covered, Live, SeenConnections, SeenPushes, Use } from '../model/live.ts';
import type { AccountingSystem } from '../providers/accounting-contract.ts';
import { type Provider, ReadFailed } from '../providers/contract.ts';
import type { Notify } from './each-payable.ts';
import { type Ids, observeUses } from './uses.ts';

/** What is worth a second look once the changes are known. */
export interface Wanted {
  /** Everything that uses one of these has to be known. */
  readonly searched: Ids;
  /** Of these it is told what uses them, where that is read anyway. */
  readonly besides: Ids;
  /** Whether an accounting system is connected. */
  readonly connections: boolean;
  /** How many payment records were pushed already. */
  readonly pushedPayments: boolean;
}

/** What the second look has seen. */
export interface SecondLook {
  readonly live: Live;
  readonly uses: readonly Use[];
  readonly covered: Covered;
  /** Null: not looked at. */
  readonly connections: SeenConnections | null;
  readonly pushedPayments: SeenPushes | null;
}

/** Who is asked. Without an accounting system nothing is counted in it. */
export interface Asked {
  readonly provider: Provider;
  readonly accounting?: Pick<AccountingSystem, 'records'>;
  readonly notify?: Notify;
}

/** Reads what the changes make worth knowing, all of it at once, and what was read before not again. */
export async function lookAgain(
  { searched, besides, connections, pushedPayments }: Wanted,
  live: Live,
  { accounting, notify = () => {}, provider }: Asked,
): Promise<SecondLook> {
  const [settings, found, seen, pushed] = await Promise.all([
    live.settings ?? (searched.size > 0 ? provider.settings() : null),
    observeUses(searched, provider, live, notify, besides),
    connections ? seeConnections(provider) : null,
    pushedPayments && accounting ? countPushed(accounting, notify) : null,
  ]);
  return {
    live: { ...live, settings },
    uses: found.uses,
    covered: { ...found.covered, setting: settings !== null },
    connections: seen,
    pushedPayments: pushed,
  };
}

/** A plan says what it does not know of connections; it does not fail for them, but with everything else. */
async function seeConnections(provider: Provider): Promise<SeenConnections> {
  try {
    return { status: 'read', connections: await provider.connections() };
  } catch (error) {
    if (!(error instanceof ReadFailed) || error.error.endsRun) throw error;
    return { status: 'failed', why: error.error.problem };
  }
}

/** A number that a warning would tell is no reason to have no plan. */
async function countPushed(
  accounting: Pick<AccountingSystem, 'records'>,
  notify: Notify,
): Promise<SeenPushes> {
  notify({ type: 'pages', what: 'the synchronization records of payments', requests: 1 });
  let count = 0;
  try {
    for await (const { sync_status } of accounting.records({ object_type: 'payment_record' }))
      if (sync_status === 'done') count += 1;
  } catch (error) {
    if (!(error instanceof ReadFailed) || error.error.endsRun) throw error;
    return { status: 'failed', why: error.error.problem };
  }
  return { status: 'read', count };
}
