import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { repositoryAround } from '../../git/repository.ts';
import type { Plan } from '../../model/plan.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { jsonText } from '../../render/json-text.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';
import { plainReason } from '../plain-reason.ts';
import { replaceFile } from '../replace-file.ts';
import type { Shell } from '../shell.ts';

/** `sandbox-9d2b4c8f-2087-4738-ba91-7359683c49a4.json` */
const planName = ({ environment, organization }: Plan): string => `${environment}-${organization.id}.json`;
const isPlanName = (name: string): boolean => /^(local|sandbox|production)-[\w-]+\.json$/.test(name);

/**
 * Makes the folder of plans where there is none. `empty` takes away the plans of an earlier run, so that none of them is
 * applied with the new ones; one that holds anything else is Stop (exit 3), and with `look` nothing is done but that.
 */
export async function emptiedFolder(out: string, { edge }: Shell, what: 'look' | 'empty'): Promise<void> {
  const folder = resolve(edge.cwd, out);
  try {
    const names = await namesIn(folder);
    const strange = names.filter((name) => !isPlanName(name));
    if (strange.length > 0) throw refused(out, `it holds ${strange[0]}, which is no plan`);
    if (what === 'look') return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of names) await rm(join(folder, name));
  } catch (cause) {
    throw cause instanceof Stop ? cause : refused(out, plainReason(cause), cause);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const found = await stat(folder).catch(() => null);
  return found === null ? [] : readdir(folder);
}

const refused = (out: string, reason: string, cause?: unknown): Stop =>
  new Stop(
    3,
    [
      errorProblem('OPTION_INVALID', `${out} cannot be the folder of plans: ${reason}.`, {
        hint: 'Of many organizations --out names a folder that is empty, new, or was written by it before.',
      }),
    ],
    { cause },
  );

/** Writes a file for each plan into the folder, and none of an earlier run stays. */
export async function savePlans(out: string, plans: readonly Plan[], shell: Shell): Promise<void> {
  await emptiedFolder(out, shell, 'empty');
  const folder = resolve(shell.edge.cwd, out);
  const root = repositoryAround(folder) ?? shell.edge.cwd;
  for (const plan of plans) await replaceFile(join(folder, planName(plan)), jsonText(plan), root, 'private');
  shell.note(
    `Saved ${counted(plans.length, 'plan')} to ${printable(out)}. To apply exactly these: ledgerform apply ${printable(out)}\n`,
  );
}

/** The saved plans in a folder, as the user would name them; null where there is no folder. One with other files only is Stop (exit 3). */
export async function plansIn(file: string, { edge }: Shell): Promise<readonly string[] | null> {
  const folder = resolve(edge.cwd, file);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) return null;
  const names = (await readdir(folder)).sort();
  const plans = names.filter((name) => name.endsWith('.json'));
  if (names.length === 0 || plans.length > 0) return plans.map((name) => join(file, name));
  throw new Stop(3, [
    errorProblem('PLAN_UNREADABLE', `The folder ${file} holds no saved plan.`, {
      hint: 'Name a folder that ledgerform plan --out wrote.',
    }),
  ]);
}
