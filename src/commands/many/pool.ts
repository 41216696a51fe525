import type { Traffic } from '../../model/account.ts';
import type { Problem } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { type Channel, openChannel } from '../../providers/tesouro/channel.ts';
import type { CommonOptions } from '../common-options.ts';
import { channelOptions, type Place, placeOf, type Whose } from '../connect.ts';
import { endpointOf } from '../endpoint.ts';
import type { Shell } from '../shell.ts';
import { statsText } from '../stats.ts';

/** An organization that is reached, and why nothing more can be expected of its API. */
export interface Reached {
  readonly provider: ConnectedProvider;
  readonly ended: () => Problem | null;
}

/** The connections of a run over many organizations: one queue, one budget and one token for each URL, and one local environment for each repository. */
export interface Pool {
  /** Stop where there are no credentials, no usable URL, or no local environment. */
  reach(whose: Whose, root: string): Promise<Reached>;
  traffic(): Traffic;
  /** Why nothing more can be expected of one of them; null while all go on. */
  ended(): Problem | null;
}

interface Open {
  readonly place: Place;
  readonly channel: Channel;
}

/** Does something with many organizations, and ends every connection whatever happens. With `--stats` it says what the run took. */
export async function withPool<T>(
  options: CommonOptions,
  shell: Shell,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const started = shell.edge.now().getTime();
  const elapsed = (): number => shell.edge.now().getTime() - started;
  const opening = new Map<string, Promise<Open>>();
  const opened: Open[] = [];
  const traffic = (): Traffic => sum(opened.map(({ channel }) => channel.traffic()));

  const ended = (): Problem | null => opened.map(({ channel }) => channel.ended()).find(Boolean) ?? null;

  async function open(whose: Whose, root: string): Promise<Open> {
    const place = await placeOf(whose, root, options, shell);
    const whole = channelOptions(whose, place, options, shell);
    const spent = elapsed() - shell.person.attended();
    const left = whole.deadlineSeconds === null ? null : whole.deadlineSeconds - spent / 1000;
    const each = { place, channel: openChannel({ ...whole, deadlineSeconds: left }) };
    opened.push(each);
    return each;
  }

  async function reach(whose: Whose, root: string): Promise<Reached> {
    const url = endpointOf(whose.environment, options.apiUrl, shell.edge.variables);
    // A local organization is never asked with real credentials, even behind the same URL.
    const key = JSON.stringify([url ?? root, whose.environment === 'local']);
    const known = opening.get(key) ?? open(whose, root);
    opening.set(key, known);
    const { channel, place } = await known;
    const { organization, environment } = whose;
    const provider = channel.connect({ organization, environment, apiUrl: place.apiUrl });
    return { provider, ended: channel.ended };
  }

  try {
    return await work({ reach, traffic, ended });
  } finally {
    const total = traffic();
    for (const { channel, place } of opened) {
      await channel.close();
      await place.leave();
    }
    if (options.stats) shell.edge.stderr.write(statsText(total, elapsed()));
  }
}

function sum(parts: readonly Traffic[]): Traffic {
  const byOperation = new Map<string, number>();
  for (const part of parts)
    for (const [operation, count] of Object.entries(part.byOperation))
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + count);
  const total = (count: (part: Traffic) => number): number =>
    parts.reduce((all, part) => all + count(part), 0);
  return {
    requests: total(({ requests }) => requests),
    byOperation: Object.fromEntries(byOperation),
    throttled: total(({ throttled }) => throttled),
    retried: total(({ retried }) => retried),
    limitPerSecond: total(({ limitPerSecond }) => limitPerSecond),
  };
}
