import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import { type Problem, warningProblem } from '../model/problem.ts';

/** A setting that points to a declared object whose stated value is not the one that the setting needs is a warning. */
export function unsuitableSettings({ entries, settings }: Desired, kinds: Kinds): readonly Problem[] {
  return settings.flatMap(({ address, origin, reference }) => {
    const needs = kinds.settings.find((slot) => slot.address === address)?.needs;
    if (!needs || reference?.type !== 'key') return [];
    const stated = entries.find((entry) => entry.address === reference.address)?.fields[needs.field];
    if (stated === undefined || stated === null || stated === needs.value) return [];
    const message = `\`${address}\` needs \`${needs.field}: ${needs.value}\`, but \`${reference.address}\` has ${stated}.`;
    const hint = `Point it to one with \`${needs.field}: ${needs.value}\`.`;
    return [warningProblem('SETTING_UNSUITABLE', message, { origin, address, hint })];
  });
}
