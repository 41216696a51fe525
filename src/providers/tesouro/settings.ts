import type { SettingSlot } from '../../model/kind.ts';
import type { LiveSettings } from '../../model/live.ts';
import { type Api, isObject, type WireObject } from './api.ts';
import { textOf } from './decode.ts';
import { incomplete } from './incomplete.ts';
import { readSettings } from './kinds/setting/api.ts';

/** The `accounting` part of the settings as the API has it; `settings` are the ids in it. */
export interface StoredSettings {
  readonly accounting: WireObject;
  readonly settings: LiveSettings;
}

/** What is stored now. */
export async function storedSettings(api: Api, slots: readonly SettingSlot[]): Promise<StoredSettings> {
  const { body } = await readSettings(api);
  if (!body) throw incomplete('the settings are no object');
  return accountingOf(body.accounting, slots);
}

/** Reads the `accounting` part: every level may be missing or null, which is an empty setting. */
export function accountingOf(value: unknown, slots: readonly SettingSlot[]): StoredSettings {
  const accounting = levelOf(value, 'accounting');
  const ids = slots.map(({ address, wire: [group, name] }) => {
    const id = textOf(levelOf(accounting[group], group)[name], `${group}.${name}`);
    return [address, id === '' ? null : id] as const;
  });
  return { accounting, settings: Object.fromEntries(ids) };
}

/** The complete `accounting` part with these ids; a group that is null stays null while nothing is in it. */
export function accountingWith(stored: StoredSettings, ids: LiveSettings, slots: readonly SettingSlot[]) {
  const groups = new Map<string, Record<string, string | null>>();
  for (const { address, wire } of slots) {
    const [group, name] = wire;
    const changed = ids[address];
    const id = changed === undefined ? (stored.settings[address] ?? null) : changed;
    groups.set(group, { ...groups.get(group), [name]: id });
  }
  const entries = [...groups].map(([group, members]) => {
    const touched = Object.values(members).some((id) => id !== null) || isObject(stored.accounting[group]);
    return [group, touched ? members : null] as const;
  });
  return Object.fromEntries(entries);
}

function levelOf(value: unknown, name: string): WireObject {
  if (value === null || value === undefined) return {};
  if (isObject(value)) return value;
  throw incomplete(`${name} should be an object`);
}
