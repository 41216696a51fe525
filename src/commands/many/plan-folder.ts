import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { repositoryAround } from '../../git/repository.ts';
import { readRegular } from '../../load/read-regular.ts';
import type { Plan } from '../../model/plan.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { maxPlanBytes } from '../../plan/parse-plan.ts';
import { jsonText } from '../../render/json-text.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';
import { plainReason } from '../plain-reason.ts';
import { replaceFile } from '../replace-file.ts';
import type { Shell } from '../shell.ts';

/** `sandbox-9d2b4c8f-2087-4738-ba91-7359683c49a4.json` */
const planName = ({ environment, organization }: Plan): string => `${environment}-${organization.id}.json`;
const isPlanName = (name: string): boolean =>
  /^(local|sandbox|production)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/.test(name);

/** Names the plans that were saved, so that none can get lost on the way, and says of an empty folder that nothing was to be planned. */
const listName = 'plans.json';

/**
 * Makes the folder of plans where there is none. `empty` takes away the plans of an earlier run, so that none of them is
 * applied with the new ones; one that holds anything else is Stop (exit 3), and with `look` nothing is done but that.
 */
export async function emptiedFolder(out: string, { edge }: Shell, what: 'look' | 'empty'): Promise<void> {
  const folder = resolve(edge.cwd, out);
  try {
    const names = await namesIn(folder);
    for (const name of names) if (!(await isOurs(folder, name))) throw refused(out, strange(name));
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

/** Whether an earlier run has written a file, of whichever version: what only is called like a plan is somebody's. */
async function isOurs(folder: string, name: string): Promise<boolean> {
  if (name === listName) return (await listIn(folder)) !== null;
  if (!isPlanName(name)) return false;
  const value = await jsonIn(join(folder, name));
  return 'format_version' in value && 'digest' in value && typeof value.digest === 'string';
}

/** What the list of a folder names; null where there is none, or something else in its place. */
async function listIn(folder: string): Promise<readonly string[] | null> {
  const value = await jsonIn(join(folder, listName));
  if (!('format_version' in value) || !('plans' in value) || !Array.isArray(value.plans)) return null;
  const plans: readonly unknown[] = value.plans;
  return plans.every((each) => typeof each === 'string') ? plans : null;
}

async function jsonIn(path: string): Promise<object> {
  try {
    const found = await readRegular(path, maxPlanBytes);
    const value: unknown = 'bytes' in found ? JSON.parse(found.bytes.toString('utf8')) : null;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // What cannot be read as JSON is none of ours.
    return {};
  }
}

const strange = (name: string): string => `it holds ${name}, which is no plan that was saved there`;

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

/** Writes a file for each plan into the folder and a list of them, and none of an earlier run stays. */
export async function savePlans(out: string, plans: readonly Plan[], shell: Shell): Promise<void> {
  await emptiedFolder(out, shell, 'empty');
  const folder = resolve(shell.edge.cwd, out);
  const root = repositoryAround(folder) ?? shell.edge.cwd;
  for (const plan of plans) await replaceFile(join(folder, planName(plan)), jsonText(plan), root, 'private');
  const list = { format_version: '1', plans: plans.map(planName) };
  await replaceFile(join(folder, listName), jsonText(list), root, 'private');
  shell.note(
    `Saved ${counted(plans.length, 'plan')} to ${printable(out)}. To apply exactly these: ledgerform apply ${printable(out)}\n`,
  );
}

/**
 * The saved plans in a folder, as the user would name them; null where there is no folder. Stop (exit 3) at one without
 * plans, unless a run has left it that had nothing to plan, and at one that lacks a plan which was saved in it.
 */
export async function plansIn(file: string, { edge }: Shell): Promise<readonly string[] | null> {
  const folder = resolve(edge.cwd, file);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) return null;
  const list = await listIn(folder);
  const names = (await readdir(folder)).sort();
  const plans = names.filter((name) => name.endsWith('.json') && (name !== listName || list === null));
  const lost = (list ?? []).filter((name) => !plans.includes(name));
  if (lost.length > 0)
    throw unusable(
      `The folder ${file} lacks ${counted(lost.length, 'plan')} of those that were saved in it: ${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ', …' : ''}.`,
      'Fetch it again, or plan again with those organizations alone that are meant.',
    );
  if (plans.length === 0 && list === null)
    throw unusable(
      `The folder ${file} holds no saved plan.`,
      'Name a folder that ledgerform plan --out wrote.',
    );
  return plans.map((name) => join(file, name));
}

const unusable = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('PLAN_UNREADABLE', message, { hint })]);
