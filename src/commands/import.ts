import { relative, sep } from 'node:path';
import type { Manner } from '../import/compose.ts';
import { coveredByNothing } from '../import/covered.ts';
import { importNeeds, type Skippable } from '../import/needs.ts';
import { type LoadText, proveNew } from '../import/prove.ts';
import { load } from '../load/load.ts';
import { withTexts } from '../load/with-texts.ts';
import type { Environment } from '../model/desired.ts';
import type { Live } from '../model/live.ts';
import { type Problem, Stop } from '../model/problem.ts';
import type { Needs } from '../observe/needs.ts';
import { observe } from '../observe/observe.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { header } from '../render/header.ts';
import { rootOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import type { ImportOptions } from './import-options.ts';
import { importTarget } from './import-target.ts';
import { tellImported } from './import-tell.ts';
import { putNew } from './import-write.ts';
import { showReading } from './progress.ts';
import { putSchema, schemaBeside } from './schema-beside.ts';
import type { Shell } from './shell.ts';

/** Writes a configuration from what is live, or what one lacks into it. Nothing is written before a plan of it is proven to be empty. */
export async function importLive(options: ImportOptions, shell: Shell): Promise<ExitCode> {
  if (options.into !== undefined)
    return (await import('./import-into.ts')).importInto(options, options.into, shell);
  const { file, print, whose } = await importTarget(options, shell);
  const root = rootOf({ config: [file] }, shell.edge.cwd);
  const path = relative(root, file).split(sep).join('/');
  const beside = schemaBeside(file, root);
  return withProvider<ExitCode>(whose, root, options, shell, async (provider) => {
    const { account } = provider;
    shell.concerning({ path, ...whose, api_url: account.apiUrl });
    if (!print) shell.say(header(account, shell.paint));
    const live = await readLive(importNeeds(kinds, skippedBy(options)), provider, shell);
    const { composed, text } = await proveNew(
      { live, kinds, manner: mannerOf(options), covered: coveredByNothing },
      { ...whose, schema: beside.way },
      loadingFrom(path, root, whose.environment, options, shell),
    );
    const place = { root, cwd: shell.edge.cwd };
    const outcome = print ? 'printed' : await putNew(path, text, place, options.force === true);
    const schema = print ? null : await putSchema(beside, shell.edge);
    const told = print ? text : null;
    tellImported({ account, composed, differing: [], outcome, root, path, text: told, schema }, shell);
    return 0;
  });
}

/** How options want it said. */
export const mannerOf = (options: ImportOptions): Manner => ({
  allExternal: options.allExternal === true,
  rules: options.rules === true,
  skip: skippedBy(options),
});

/** What is passed over. */
export const skippedBy = ({ skip = [] }: ImportOptions): ReadonlySet<Skippable> => new Set(skip);

/** Reads what is needed, and shows how far that is. */
export const readLive = (needs: Needs, provider: ConnectedProvider, shell: Shell): Promise<Live> =>
  showReading(
    shell,
    () => provider.traffic(),
    (notify) => observe(needs, provider, notify),
  );

/** Loads texts as the file at a path below the root, which need not be there. */
export function loadingFrom(
  path: string,
  root: string,
  environment: Environment | null,
  options: ImportOptions,
  { edge: { variables } }: Shell,
): LoadText {
  const allowOutside = options.allowOutside === true;
  return async (text) => {
    const source = await withTexts(root, new Map([[path, text]]));
    const options = { path, environment, variables, allowOutside, root, cwd: root, source };
    const loaded = await load(options, kinds);
    const tooLarge = loaded.problems.filter(({ code }) => code === 'FILE_TOO_LARGE');
    if (tooLarge.length > 0) throw new Stop(1, tooLarge.map(sayLess));
    return loaded;
  };
}

/** A file that nobody could read is not written. */
const sayLess = (problem: Problem): Problem => ({
  ...problem,
  hint: 'Nothing is written. Let it say less: --rules, or --skip line_items.',
});
