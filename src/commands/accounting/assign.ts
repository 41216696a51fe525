import { relative, sep } from 'node:path';
import { assignFacts, findGaps, type GapType } from '../../accounting/assign/gaps.ts';
import { groupsOf } from '../../accounting/assign/groups.ts';
import { assignNeeds, listsNeeded } from '../../accounting/assign/needs.ts';
import { suggesting } from '../../accounting/assign/suggest.ts';
import { waysFor } from '../../accounting/assign/ways.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { observe } from '../../observe/observe.ts';
import { listText } from '../../plan/words.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { leftOutText } from '../../render/assign/suggestions-text.ts';
import { atLeastText } from '../../render/estimate-text.ts';
import { header } from '../../render/header.ts';
import { type Configuration, readConfiguration, subjectOf } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import { announce, showReading } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { type AssignOptions, type AssignType, assignTypes } from './assign-options.ts';
import type { Walk } from './assign-questions.ts';
import { isWritable } from './assign-wanted.ts';
import { canAsk } from './pick.ts';

/** What speaks less for an account than this is no suggestion. */
export const usualScore = 0.2;

/** Goes through what has no account: asks, and writes the answers into the file; or with `--suggest` prints suggestions alone. */
export async function assign(options: AssignOptions, shell: Shell): Promise<ExitCode> {
  if (!options.suggest && !canAsk(shell.edge)) throw nobodyToAsk;
  const configuration = await readConfiguration(options, shell);
  shell.concerning(subjectOf(configuration));
  return withProvider<ExitCode>(
    configuration.desired,
    configuration.root,
    options,
    shell,
    async (provider) => {
      shell.say(header(provider.account, shell.paint));
      const walk = await readGaps(configuration, options, provider, shell);
      if (options.suggest) {
        const { tellSuggestions } = await import('./assign-suggest.ts');
        return tellSuggestions(walk, provider.account, shell, options);
      }
      if (walk.groups.length === 0) {
        shell.say(
          `${leftOutText(walk.gaps.covered, walk.gaps.closed)}\nNothing lacks an account that could be given here.\n`,
        );
        shell.sayJson({ ok: true, written: [], choices: [], not_written: [], plan: null });
        return 0;
      }
      return (await import('./assign-dialogue.ts')).assignByDialogue(walk, {
        configuration,
        options,
        provider,
        shell,
      });
    },
  );
}

async function readGaps(
  { desired, files, root }: Configuration,
  { minScore, type }: AssignOptions,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<Walk> {
  const asked = new Set((type ?? assignTypes).map((each) => typeNamed[each]));
  const needs = assignNeeds(provider.kinds, asked);
  const lists = listsNeeded(provider.kinds, needs);
  const what = listText(lists, lists.length);
  announce(shell, atLeastText(what, lists.length, provider.traffic().limitPerSecond));
  const live = await showReading(
    shell,
    () => provider.traffic(),
    (notify) => observe(needs, provider, notify),
  );
  const [own = ''] = files.map((absolute) => relative(root, absolute).split(sep).join('/'));
  const facts = assignFacts(desired, live, provider.kinds, own);
  const gaps = findGaps(facts);
  return {
    facts,
    gaps,
    groups: groupsOf(gaps),
    suggest: suggesting(facts, minScore ?? usualScore),
    ways: waysFor(facts, gaps, isWritable),
  };
}

const typeNamed: Readonly<Record<AssignType, GapType>> = {
  products: 'product',
  line_items: 'line_item',
  settings: 'setting',
};

const nobodyToAsk = new Stop(3, [
  errorProblem('TERMINAL_NEEDED', 'Nobody can be asked: there is no terminal.', {
    hint: 'Add --suggest: it prints the same questions with their suggestions, and asks nothing (--json for programs).',
  }),
]);
