import type { Json, JsonObject } from './json.ts';
import type { Operation } from './operation.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import type { Tokens } from './tokens.ts';

/** A request that passed every check. */
export interface Call {
  readonly operation: Operation;
  /** Below the prefix. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: JsonObject;
  readonly body: JsonObject;
  /** Empty for calls that belong to none. */
  readonly organization: string;
}

/** What operations work with. */
export interface World {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly switches: Switches;
  readonly now: () => Date;
  /** Where it listens, without a path. */
  readonly root: () => string;
}

/** What an operation answers; a null body is none. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** Carries out one operation; throws a Refusal where the API says no. */
export type Handler = (call: Call, world: World) => Answer;

/** A parameter of the path; the route has it. */
export const param = (call: Call, name: string): string => call.params[name] ?? '';
