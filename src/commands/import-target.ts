import { existsSync } from 'node:fs';
import type { Loaded } from '../load/load.ts';
import type { Account } from '../model/account.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { loadConfiguration } from './configuration.ts';
import { configurationPath } from './configuration-path.ts';
import type { ImportOptions } from './import-options.ts';
import { isName, isUuid } from './init/answers.ts';
import { namedEnvironment } from './named-environment.ts';
import { oneConfiguration } from './one-configuration.ts';
import type { Shell } from './shell.ts';

/** Whose organization is imported, and where it is written. */
export interface ImportTarget {
  readonly whose: Pick<Account, 'organization' | 'environment'>;
  /** Absolute. With `print` nothing is written: it is where the file would stand. */
  readonly file: string;
  readonly print: boolean;
}

/** What options and the configuration say, which need not be there: without either it is Stop (exit 3). */
export async function importTarget(options: ImportOptions, shell: Shell): Promise<ImportTarget> {
  const { cwd } = shell.edge;
  const { name, organization, out } = options;
  if (organization !== undefined && !isUuid(organization))
    throw wrong(`--organization is "${organization}", which is no UUID.`, 'Take it from Tesouro.');
  if (name !== undefined && !isName(name))
    throw wrong('--name is no name.', 'It is one line of 1 to 500 visible signs.');
  const config = configurationPath(oneConfiguration(options), cwd);
  const loaded = existsSync(config) ? await loadConfiguration(options, shell) : null;
  const about = aboutIn(loaded, options);
  const id = organization?.toLowerCase() ?? about?.organization.id;
  if (id === undefined) {
    if (loaded && !loaded.fragment) throw new Stop(3, loaded.problems);
    throw unsaid;
  }
  const same = about?.organization.id === id ? about : null;
  const environment = namedEnvironment(options, shell) ?? same?.environment ?? 'local';
  const whose = { organization: { id, name: name ?? same?.organization.name ?? null }, environment };
  const file = out === undefined || out === '-' ? config : configurationPath(out, cwd);
  return { whose, file, print: out === '-' };
}

/** Whose the configuration is, unless it is only there by chance: it was not named, and the organization was. */
function aboutIn(loaded: Loaded | null, { config, organization }: ImportOptions): Loaded['about'] {
  const about = loaded?.about ?? null;
  if (!loaded || !about) return null;
  const isOther = organization !== undefined && organization.toLowerCase() !== about.organization.id;
  if (isOther && config === undefined) return null;
  const [first] = config ?? [];
  if (isOther)
    throw wrong(
      `${first} is about another organization, ${about.organization.id}.`,
      'Leave --organization out, or name another file.',
    );
  const conflicts = loaded.problems.filter(({ code }) => code === 'ENVIRONMENT_CONFLICT');
  if (conflicts.length > 0) throw new Stop(3, conflicts);
  return about;
}

const wrong = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })]);

const unsaid = wrong(
  'Whose organization is imported has to be said: there is no configuration that says it.',
  'Add --organization ID and --env sandbox or production, or name a configuration with -c.',
);
