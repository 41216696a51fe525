import { resolve } from 'node:path';
import { header } from '../render/header.ts';
import { jsonText } from '../render/json-text.ts';
import { planText } from '../render/plan-text.ts';
import { printable } from '../render/printable.ts';
import { type AllowOptions, allowedBy } from './allowances.ts';
import { noteRecorded } from './applied.ts';
import type { BaseOptions } from './base.ts';
import { readConfiguration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import { type ExitCode, exitCodeOfPlan } from './exit-code.ts';
import type { ManyOptions } from './many/fleet.ts';
import { isMany } from './many/is-many.ts';
import { oneResult } from './one-result.ts';
import { planView } from './plan-view.ts';
import { replaceFile } from './replace-file.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface PlanOptions extends ManyOptions, AllowOptions, BaseOptions {
  readonly out?: string;
  readonly target?: readonly string[];
  readonly impact?: true;
  readonly detailedExitcode?: true;
  readonly showUnchanged?: true;
  readonly showAll?: true;
}

/** Shows what an apply would do and writes nothing but the file that `--out` names. */
export async function plan(options: PlanOptions, shell: Shell): Promise<ExitCode> {
  if (isMany(options, shell.edge.cwd))
    return (await import('./many/plan-fleet.ts')).planFleet(options, shell);
  const configuration = await readConfiguration(options, shell);
  const { desired, root, warnings } = configuration;
  shell.concerning(subjectOf(configuration));
  if (options.base === undefined && desired.environment !== 'local')
    await noteRecorded(
      { organization: desired.organization.id, root },
      'With --base applied this plan tells changes of the file from drift.',
      shell,
    );
  return withProvider(desired, root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    shell.say(header(provider.account, shell.paint));
    const found = await surveyOrganization(
      configuration,
      { target: options.target ?? [], allowed: allowedBy(options), impact: options.impact === true },
      provider,
      shell,
    );
    if (options.out !== undefined)
      await replaceFile(resolve(shell.edge.cwd, options.out), jsonText(found.plan), root, 'private');
    const unchanged = options.showUnchanged ? found.proposal.unchanged : [];
    const { limitPerSecond } = provider.traffic();
    const shown = { unchanged, limitPerSecond, ...(options.showAll ? { showAll: true as const } : {}) };
    await shell.show(planText(found.plan, planView(shell, shown, shell.paint)));
    shell.sayJson(found.plan);
    const exitCode = exitCodeOfPlan(found.plan, found.refused, options.detailedExitcode === true);
    await shell.tell(oneResult('plan', subject, exitCode, { plan: found.plan, problems: warnings }));
    if (options.out !== undefined)
      shell.note(savedText(options.out, found.refused || found.plan.changes.length === 0));
    return exitCode;
  });
}

const savedText = (out: string, nothingToApply: boolean): string =>
  nothingToApply
    ? `\nSaved to ${printable(out)}.\n`
    : `\nSaved to ${printable(out)}. To apply exactly this: ledgerform apply ${printable(out)}\n`;
