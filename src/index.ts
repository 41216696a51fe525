export type * from './model/desired.ts';
export type * from './model/kind.ts';
export type * from './model/live.ts';
export type * from './model/outcome.ts';
export type * from './model/plan.ts';
export type * from './model/problem.ts';
export type * from './model/value.ts';
export type * from './providers/contract.ts';
export { version } from './version.ts';
