import { forConfiguration } from '../../accounting/readiness/for-configuration.ts';
import { judge } from '../../accounting/readiness/judge.ts';
import { type Reading, readFacts, readingFor } from '../../accounting/readiness/read-facts.ts';
import { type PushType, pushTypes } from '../../model/readiness.ts';
import { atLeastText } from '../../render/estimate-text.ts';
import { header } from '../../render/header.ts';
import { readinessText } from '../../render/readiness/readiness-text.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration, subjectOf } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import { oneResult } from '../one-result.ts';
import { announce, showReading } from '../progress.ts';
import type { Shell } from '../shell.ts';

export interface ReadinessOptions extends CommonOptions {
  readonly type?: readonly PushType[];
  readonly maxAge: number;
  readonly showAll?: true;
}

/** Says whether the organization can push to its accounting system, and what is missing; exit 2 when something blocks. Reads only. */
export async function readiness(options: ReadinessOptions, shell: Shell): Promise<ExitCode> {
  const configuration = await readConfiguration(options, shell);
  const { desired, root, warnings } = configuration;
  shell.concerning(subjectOf(configuration));
  const types = pushTypes.filter((type) => options.type === undefined || options.type.includes(type));
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    shell.say(header(provider.account, shell.paint));
    announce(shell, readingText(readingFor(types, provider.kinds), provider.traffic().limitPerSecond));
    const asked = { types, now: shell.edge.now(), maxAgeMinutes: options.maxAge };
    const facts = await showReading(
      shell,
      () => provider.traffic(),
      (notify) => readFacts(desired, asked, provider, notify),
    );
    const named = options.config?.[0] ?? null;
    const judged = forConfiguration(judge(facts, provider.account, provider.traffic().requests), named);
    await shell.show(readinessText(judged, shell.paint, options.showAll === true));
    shell.sayJson(judged);
    const exitCode = judged.ready ? 0 : 2;
    await shell.tell(oneResult('readiness', subject, exitCode, { readiness: judged, problems: warnings }));
    return exitCode;
  });
}

/** What will be read, the least that it takes, and how long; what the lines take is told when it is known how many bills there are. */
function readingText({ payables, requests, words }: Reading, limitPerSecond: number): string {
  const lines = payables ? ', and one for each bill that is still to be pushed' : '';
  return `${atLeastText(words.join(', '), requests, limitPerSecond)}${lines}`;
}
