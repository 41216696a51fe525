import { join, relative, sep } from 'node:path';
import type { Accepted } from '../load/accept/accept.ts';
import { acceptSoundly } from '../load/accept/accept-soundly.ts';
import type { Left } from '../load/accept/wish.ts';
import { extendedBy } from '../load/extended-by.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import { summarize } from '../plan/seal.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { acceptedText, leftText } from '../render/accepted-text.ts';
import { header } from '../render/header.ts';
import { planText } from '../render/plan-text.ts';
import { allowedBy } from './allowances.ts';
import { type Configuration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import { demandUnchanged } from './demand-unchanged.ts';
import { type DriftOptions, driftIn } from './drift.ts';
import type { ExitCode } from './exit-code.ts';
import { namedEnvironment } from './named-environment.ts';
import { oneConfiguration } from './one-configuration.ts';
import { oneResult } from './one-result.ts';
import { planView } from './plan-view.ts';
import { replaceFile } from './replace-file.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

/** Writes what has drifted into the files, one value at a time: exit 2 when something is left that a person must write. */
export async function accept(
  configuration: Configuration,
  options: DriftOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { desired, root } = configuration;
  return withProvider(desired, root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    shell.say(header(provider.account, shell.paint));
    const look = { target: [], allowed: allowedBy({}), connections: false } as const;
    const { live, plan } = await surveyOrganization(configuration, look, provider, shell);
    const { apart, plan: drifted } = driftIn(plan);
    if (drifted.changes.length === 0)
      shell.say(planText(drifted, planView(shell, { limitPerSecond: null }, shell.paint), apart));
    const accepted = await acceptSoundly(
      drifted.changes.filter(({ reason }) => reason !== 'conflict'),
      {
        desired,
        live,
        kinds,
        references: plan.observed.references,
        where: options.accept === 'base' ? 'base' : 'own',
        files: filesOf(configuration, shell),
      },
      {
        path: oneConfiguration(options),
        environment: namedEnvironment(options, shell),
        variables: shell.edge.variables,
        allowOutside: options.allowOutside === true,
        root,
        cwd: shell.edge.cwd,
      },
    );
    const others = await extendingOthers(accepted, configuration, shell);
    await writeFiles(accepted, root);
    const conflicts = drifted.changes.filter(({ reason }) => reason === 'conflict').map(conflict);
    const left = [...accepted.left, ...conflicts].map(problemOf);
    shell.say(acceptedText(accepted, others, shell.paint));
    shell.say(leftText(left, shell.paint));
    shell.sayJson({
      format_version: '1',
      ok: left.length === 0,
      accepted: accepted.accepted.map(({ address }) => address),
      written: accepted.files.map(({ path }) => path),
      extended_by: others,
      problems: left,
    });
    const exitCode = left.length > 0 ? 2 : 0;
    const still = drifted.changes.filter((change) => !accepted.accepted.includes(change));
    const rest = { ...drifted, changes: still, summary: summarize(still) };
    const problems = [...configuration.warnings, ...left];
    await shell.tell(oneResult('drift', subject, exitCode, { plan: rest, problems }));
    return exitCode;
  });
}

/** The texts as they were loaded, the organization's own file first. */
const filesOf = ({ files, root }: Configuration, { texts }: Shell) =>
  files.map((absolute) => {
    const path = relative(root, absolute).split(sep).join('/');
    return { path, text: texts.get(path) ?? '' };
  });

/** Other configurations to which an extended file means something. */
async function extendingOthers(
  { files }: Accepted,
  { path: own, root }: Configuration,
  shell: Shell,
): Promise<readonly string[]> {
  const written = files.map(({ path }) => path).filter((path) => path !== own);
  if (written.length === 0) return [];
  const found = await extendedBy(
    written.map((path) => join(root, path)),
    root,
    shell.edge.variables,
  );
  return found.filter((path) => path !== own);
}

/** Nothing is written when somebody else has changed one of the files meanwhile. */
async function writeFiles({ files }: Accepted, root: string): Promise<void> {
  for (const { before, path } of files) await demandUnchanged(path, before, root);
  for (const { after, path } of files) await replaceFile(join(root, path), after, root, 'keep');
}

const conflict = (change: Change): Left => ({
  change,
  why: 'the file and what is live have both changed',
  origin: change.source,
});

const problemOf = ({ change: { address, label }, origin, why }: Left): Problem =>
  warningProblem('NOT_ACCEPTED', `${label} is not written into the file: ${why}.`, {
    origin,
    address,
    hint: 'Decide which is right, and change the file by hand or apply it.',
  });
