import { relative } from 'node:path';
import { headCommit } from '../../git/repository.ts';
import { shownPath } from '../../load/inside.ts';
import type { Loaded } from '../../load/load.ts';
import type { Environment, Organization } from '../../model/desired.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { printable } from '../../render/printable.ts';
import type { BaseOptions, Implied } from '../base.ts';
import type { CommonOptions } from '../common-options.ts';
import { type Configuration, loadConfiguration, readConfiguration, rootOf } from '../configuration.ts';
import { namedEnvironment } from '../named-environment.ts';
import { noBase } from '../no-base.ts';
import { namedConfigurations } from '../one-configuration.ts';
import type { Shell } from '../shell.ts';
import { atOnce } from './at-once.ts';
import { booksOf, type Found, once } from './books.ts';
import { type Candidate, findConfigurations } from './find-configurations.ts';
import { failed, resultOf, type Whereof } from './outcome.ts';
import { type OwnShell, ownShell } from './own-shell.ts';
import { partOf, type Shard } from './shard.ts';
import { type ShowFile, showFiles } from './shown-files.ts';
import { touchedSince } from './touched.ts';

/** What chooses among many configurations. */
export interface ManyOptions extends CommonOptions, BaseOptions {
  readonly shard?: Shard;
  readonly changedSince?: string;
}

/** A configuration that can be worked with. */
export interface Member extends Whereof {
  readonly organization: Organization;
  readonly environment: Environment;
  readonly configuration: Configuration;
  /** What loading it warns of. */
  readonly warnings: readonly Problem[];
}

/** The configurations of a run, sorted by path. Of one that cannot be worked with there is only its result. */
export type Fleet = readonly (Member | OrganizationResult)[];

/** Whether there is a configuration to work with. */
export const isMember = (each: Member | OrganizationResult): each is Member => 'configuration' in each;

/** A file that `-c` leads to, and the root that its paths are relative to. */
interface Rooted extends Candidate {
  readonly root: string;
}

/** How one configuration is read, and what is made of it. */
export interface FleetReading {
  /** Read and checked at once. */
  readonly width: number;
  readonly load: (options: ManyOptions, shell: Shell) => Promise<Loaded>;
  /** A configuration to work with, or all that is to be said of it. */
  readonly read: (loaded: Loaded, about: About) => Promise<Member | OrganizationResult>;
}

interface About {
  readonly whose: Whereof;
  readonly named: boolean;
  readonly options: ManyOptions;
  readonly root: string;
  readonly shell: OwnShell;
}

/** Loads every configuration that `-c` leads to and takes those that the options choose. Two of one organization are an error for both. */
export async function loadFleet(
  options: ManyOptions,
  shell: Shell,
  reading: FleetReading = configurations(shell),
): Promise<Fleet> {
  // Said once, not for each of them.
  namedEnvironment(options, shell);
  const { cwd } = shell.edge;
  const outside = options.allowOutside === true;
  const { candidates, refused } = await findConfigurations(namedConfigurations(options), cwd, outside);
  for (const link of refused)
    shell.note(`${printable(relative(cwd, link))} leads out of the repository and is not followed.\n`);
  const rooted = candidates.map((each): Rooted => ({ ...each, root: rootOf({ config: [each.path] }, cwd) }));
  const showOf = showFiles(
    rooted.map(({ root }) => root),
    cwd,
  );
  const found = once(await atOnce(rooted, reading.width, finder(options, shell, reading, showOf)));
  if (found.every(({ each }) => isSkipped(each))) throw fragmentsAlone(namedConfigurations(options));
  const touched = found.filter((each) => each.touched).map(({ each }) => each);
  const shard = options.shard ?? null;
  const asked = partOf(
    touched.filter((each) => !isSkipped(each)),
    shard,
  );
  return [...asked, ...partOf(touched.filter(isSkipped), shard)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isSkipped = (each: Member | OrganizationResult): boolean => !isMember(each) && each.skipped !== null;

const fragmentsAlone = (texts: readonly string[]): Stop =>
  new Stop(3, [
    errorProblem(
      'FRAGMENT',
      `Nothing that ${texts.join(', ')} leads to names an \`organization\`: these are fragments, only there to be extended.`,
      {
        hint: 'Name configurations that extend them.',
      },
    ),
  ]);

function finder(
  options: ManyOptions,
  shell: Shell,
  reading: FleetReading,
  showOf: (root: string) => ShowFile,
): (candidate: Rooted) => Promise<Found> {
  const since = options.changedSince === undefined ? null : touchedSince(options.changedSince, shell);
  return async ({ path, named, root }) => {
    const mine = { ...options, config: [relative(shell.edge.cwd, path)] };
    const show = showOf(root);
    const own = { ...ownShell(shell), texts: new Map<string, string>() };
    const shown = show(await shownPath(root, path));
    const nobody = { path: shown, organization: null, environment: null, show };
    const changes = since ? await since(root) : null;
    const loaded = await reading.load(mine, own);
    const { desired, files } = loaded;
    for (const [file, text] of own.texts) shell.texts.set(show(file), text);
    // What cannot be read may be meant for anybody.
    const touched = changes === null || isBroken(loaded) || files.some((file) => changes.touches(file.path));
    const whose = desired
      ? { ...nobody, organization: desired.organization, environment: desired.environment }
      : nobody;
    const found = { touched, books: desired ? booksOf(whose) : null };
    if (!touched) return { each: resultOf(whose, 0), ...found };
    try {
      return {
        each: await reading.read(loaded, { whose, named, options: mine, root, shell: own }),
        ...found,
      };
    } catch (thrown) {
      return { each: failed(whose, thrown, own), ...found };
    }
  };
}

const isBroken = ({ problems }: Loaded): boolean => problems.some(({ severity }) => severity === 'error');

/** What a base is needed for. */
export interface BaseWanted {
  /** It is what was last applied, where that is recorded and no other is asked for. */
  readonly impliedBase?: Implied;
  /** The option that is nothing without one. */
  readonly demandedBy?: string;
}

/** Reads configurations to work with. A fragment that nobody has named is skipped; one with errors may be anything. */
export function configurations(shell: Shell, base: BaseWanted = {}): FleetReading {
  const commits = new Map<string, Promise<string | null>>();
  const commitOf = (root: string): Promise<string | null> => {
    const known = commits.get(root) ?? headCommit(root, shell.edge.variables);
    commits.set(root, known);
    return known;
  };
  return {
    width: 4,
    load: loadConfiguration,
    read: async (loaded, { named, options, root, shell: own, whose }) => {
      if (loaded.fragment && !isBroken(loaded) && !named)
        return resultOf(whose, 0, { skipped: skippedBecause });
      const known = { loaded, commit: await commitOf(root) };
      const { demandedBy, impliedBase } = base;
      const configuration = await readConfiguration(options, own, {
        known,
        ...(impliedBase ? { impliedBase } : {}),
      });
      if (demandedBy !== undefined && configuration.base.base === null) throw noBase(demandedBy);
      const { organization, environment } = configuration.desired;
      return { ...whose, organization, environment, configuration, warnings: own.warnings };
    },
  };
}

const skippedBecause = 'it names no organization, so it is only there to be extended';
