import type { Organization } from '../model/desired.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { OwnLimits } from '../providers/tesouro/channel.ts';

/** How an organization is reached. */
export interface Reach {
  readonly concurrency: number;
  /** For one run, with an end of its own. */
  readonly connect: (organization: Organization, limits: OwnLimits) => ConnectedProvider;
}
