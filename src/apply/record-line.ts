import type { RecordLine } from './record.ts';

/** One line of a record; null where it is none. */
export function recordLine(row: string): RecordLine | null {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return null;
  }
  if (!isMembers(value)) return null;
  const check = Object.entries(lineOf).find(([type]) => type === value.type)?.[1];
  // What is shown of it was checked; the words of an action or an outcome are shown as they are.
  return check?.(value) ? (value as unknown as RecordLine) : null;
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const truth: Check = (value) => typeof value === 'boolean';
const orNothing =
  (check: Check): Check =>
  (value) =>
    value === null || value === undefined || check(value);
const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const members =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isMembers(value) && Object.entries(checks).every(([name, check]) => check(value[name]));
const each =
  (check: Check): Check =>
  (value) =>
    isMembers(value) && Object.values(value).every(check);
const fields = orNothing(
  (value) =>
    each(orNothing(text))(value) && Object.keys(value ?? {}).every((name) => /^[a-z][a-z_]*$/.test(name)),
);

/** What is shown of each line: a repository may bring along files that no run has written. */
const lineOf: Readonly<Record<RecordLine['type'], Check>> = {
  run: members({
    run: text,
    at: text,
    actor: text,
    host: text,
    plan_digest: text,
    git_commit: orNothing(text),
    organization: members({ id: text, name: orNothing(text) }),
    environment: text,
    api_url: text,
    config: members({ path: text }),
  }),
  write: members({
    write: number,
    at: text,
    address: text,
    action: text,
    label: text,
    id: orNothing(text),
    before: fields,
    after: fields,
  }),
  outcome: members({
    write: number,
    at: text,
    address: text,
    status: text,
    id: orNothing(text),
    request_id: orNothing(text),
    error: orNothing(members({ message: text })),
  }),
  end: members({ at: text, outcome: text, summary: each(number), converged: truth }),
};
