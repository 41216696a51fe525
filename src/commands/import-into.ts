import { coveredBy } from '../import/covered.ts';
import { importNeeds } from '../import/needs.ts';
import { proveInto } from '../import/prove-into.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { joinNeeds, needsOfDesired } from '../observe/needs.ts';
import { propose } from '../plan/propose.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { header } from '../render/header.ts';
import { readConfiguration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { loadingFrom, mannerOf, readLive, skippedBy } from './import.ts';
import type { ImportOptions } from './import-options.ts';
import { tellImported } from './import-tell.ts';
import { putAgain } from './import-write.ts';
import { namedEnvironment } from './named-environment.ts';
import type { Shell } from './shell.ts';

/** Adds to a configuration what it does not say yet of what is live. Every other byte of it stays. */
export async function importInto(options: ImportOptions, into: string, shell: Shell): Promise<ExitCode> {
  if (options.config !== undefined)
    throw new Stop(3, [
      errorProblem('OPTION_INVALID', '--into and -c both name a configuration.', { hint: 'Leave out -c.' }),
    ]);
  const configuration = await readConfiguration({ ...options, config: [into] }, shell);
  const { desired, path, root } = configuration;
  refuseOther(options, desired.organization.id, path);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    const { account } = provider;
    shell.concerning(subjectOf(configuration, account.apiUrl));
    shell.say(header(account, shell.paint));
    const needs = joinNeeds(needsOfDesired(desired, kinds), importNeeds(kinds, skippedBy(options)));
    const live = await readLive(needs, provider, shell);
    const { problems } = propose(desired, live, kinds);
    if (problems.length > 0) throw new Stop(3, problems);
    const before = shell.texts.get(path) ?? '';
    const { composed, differing, text } = await proveInto(
      { live, kinds, manner: mannerOf(options), covered: coveredBy(desired, live, kinds, path) },
      { text: before, desired, path },
      loadingFrom(path, root, namedEnvironment(options, shell), options, shell),
    );
    const outcome = await putAgain(path, before, text, root);
    tellImported({ account, composed, differing, outcome, root, path, text: null, schema: null }, shell);
    return 0;
  });
}

function refuseOther({ organization }: ImportOptions, id: string, path: string): void {
  if (organization === undefined || organization.toLowerCase() === id) return;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `${path} is about another organization, ${id}.`, {
      hint: 'Leave out --organization.',
    }),
  ]);
}
