import type { Switch } from './switch.ts';
import { switchTable } from './switch-table.ts';

/** A value for each behaviour that the contract leaves open. */
export type Switches = {
  readonly [Name in keyof typeof switchTable]: (typeof switchTable)[Name] extends Switch<infer T> ? T : never;
};

/** What to show of a switch. */
export interface SwitchDescription {
  readonly name: string;
  readonly about: string;
  readonly fallback: string;
  readonly values: readonly string[];
}

const table: Readonly<Record<string, Switch<string>>> = switchTable;

/** The given switches, and the default of every other one. */
export function completeSwitches(chosen: Partial<Switches>): Switches {
  for (const [name, value] of Object.entries(chosen)) checked(name, value);
  const fallbacks = Object.fromEntries(Object.entries(table).map(([name, each]) => [name, each.fallback]));
  // Every name of the table has its fallback.
  return { ...(fallbacks as Switches), ...chosen };
}

/** `name=value` as switches with one member; throws an Error that says what can be written. */
export function parseSwitch(text: string): Partial<Switches> {
  const at = text.indexOf('=');
  if (at < 0) throw new Error(`"${text}" is no switch: write name=value, for example null_in_patch=refused`);
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  return { [name]: checked(name, value) };
}

/** Every switch with its meaning, default and values. */
export const describeSwitches = (): readonly SwitchDescription[] =>
  Object.entries(table).map(([name, { about, fallback, values }]) => ({ name, about, fallback, values }));

function checked(name: string, value: string): string {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!found) throw new Error(`there is no switch "${name}"; there are ${Object.keys(table).join(', ')}`);
  const fits = found.form === null ? found.values.includes(value) : found.form.test(value);
  if (!fits)
    throw new Error(`"${value}" is no value of the switch ${name}; write ${found.values.join(', ')}`);
  return value;
}
