import { join } from 'node:path';
import { codeFrame } from '../load/code-frame.ts';
import { fix } from '../load/fix.ts';
import type { Loaded } from '../load/load.ts';
import { printable } from '../render/printable.ts';
import { problemsText } from '../render/problem-text.ts';
import { counted } from '../render/summary-text.ts';
import { aboutLoaded, loadConfiguration, rootOf } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import type { ManyOptions } from './many/fleet.ts';
import { isMany } from './many/is-many.ts';
import { oneConfiguration } from './one-configuration.ts';
import { oneResult } from './one-result.ts';
import { replaceFile } from './replace-file.ts';
import type { Shell } from './shell.ts';

export interface ValidateOptions extends ManyOptions {
  readonly fix?: true;
}

/** Checks a configuration without the network; with `--fix` it first mends what has one safe repair. */
export async function validate(options: ValidateOptions, shell: Shell): Promise<ExitCode> {
  if (isMany(options, shell.edge.cwd))
    return (await import('./many/validate-fleet.ts')).validateFleet(options, shell);
  const loaded = await loadMended(options, shell);
  const ok = !loaded.problems.some(({ severity }) => severity === 'error');
  shell.sayJson({ ok, problems: loaded.problems });
  await shell.show(resultText(loaded, ok, shell));
  const { problems } = loaded;
  const subject = aboutLoaded(loaded, oneConfiguration(options));
  await shell.tell(oneResult('validate', subject, ok ? 0 : 3, { problems }));
  return ok ? 0 : 3;
}

/** What loading a configuration says of it, after `--fix` has mended it. */
export async function loadMended(options: ValidateOptions, shell: Shell): Promise<Loaded> {
  const loaded = await loadConfiguration(options, shell);
  if (options.fix !== true || !(await mend(loaded, rootOf(options, shell.edge.cwd), shell))) return loaded;
  return loadConfiguration(options, shell);
}

/** Writes the repaired files, and says whether there are any. */
async function mend(loaded: Loaded, root: string, shell: Shell): Promise<boolean> {
  const repaired = fix(loaded);
  for (const { path, text, fixed } of repaired) {
    await replaceFile(join(root, path), text, root, 'keep');
    shell.note(`fixed ${counted(fixed, 'problem')} in ${printable(path)}\n`);
  }
  return repaired.length > 0;
}

function resultText(loaded: Loaded, ok: boolean, shell: Shell): string {
  const { desired, files, fragment, problems } = loaded;
  const about = desired === null ? '' : `${titleOf(desired)}\n`;
  const complaints = problemsText(problems, shell.paint, shell.linesOf, codeFrame);
  const name = printable(files[0]?.path ?? 'the configuration');
  const layers = files.length > 1 ? ` with ${counted(files.length - 1, 'file')} that it extends` : '';
  const kind = fragment ? ', a fragment that others extend' : '';
  const verdict = ok
    ? `${shell.paint.green('Valid')}: ${name}${layers}${kind}.\n`
    : `${shell.paint.red('Not valid')}: ${name}.\n`;
  return [about, complaints, verdict].filter((block) => block !== '').join('\n');
}

function titleOf({ organization, environment }: NonNullable<Loaded['desired']>): string {
  const who = organization.name === null ? organization.id : `${organization.name} (${organization.id})`;
  return `${printable(who)} · ${environment} · no network needed`;
}
