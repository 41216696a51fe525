import { parseDocument } from 'yaml';

/* What GitLab would say of a pipeline before it runs it, as far as ours uses its language: what is not listed here is a mistake. */

type Check = (value: unknown, where: string) => readonly string[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const one =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, where) =>
    holds(value) ? [] : [`${where} is no ${what}`];
const text = one('text', (value) => typeof value === 'string' && value !== '');
const flag = one('true or false', (value) => typeof value === 'boolean');
const oneOf = (...words: readonly string[]): Check =>
  one(words.join(' or '), (value) => words.some((word) => word === value));
const period = one('period', (value) => /^\d+ (days?|weeks?|hours?)$/.test(String(value)));

const list =
  (check: Check): Check =>
  (value, where) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((each, at) => check(each, `${where}[${at}]`))
      : [`${where} is no list`];

const object =
  (keys: Readonly<Record<string, Check>>): Check =>
  (value, where) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, each]) =>
          Object.hasOwn(keys, key)
            ? (keys[key]?.(each, `${where}.${key}`) ?? [])
            : [`${where}.${key} is no keyword`],
        )
      : [`${where} is no mapping`];

const texts: Check = (value, where) =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, each]) =>
        /^[A-Z][A-Z0-9_]*$/.test(key) ? text(each, `${where}.${key}`) : [`${where}.${key} is no variable`],
      )
    : [`${where} is no mapping`];

/** Variables, `==`, `!=`, texts, `&&` and `||`. */
const condition = one('condition', (value) =>
  /^(\$\w+|\$\w+ [!=]= ("[^"$]*"|\$\w+))( (&&|\|\|) (\$\w+|\$\w+ [!=]= ("[^"$]*"|\$\w+)))*$/.test(
    String(value),
  ),
);

const job = object({
  extends: text,
  image: text,
  stage: oneOf('build', 'test', 'deploy'),
  variables: texts,
  before_script: list(text),
  script: list(text),
  environment: text,
  resource_group: text,
  interruptible: flag,
  rules: list(
    object({ if: condition, changes: list(text), when: oneOf('on_success', 'manual', 'always', 'never') }),
  ),
  artifacts: object({
    when: oneOf('on_success', 'on_failure', 'always'),
    expire_in: period,
    paths: list(text),
    reports: object({ junit: text }),
  }),
});

/** What is wrong with the text of a pipeline: keys written twice, words that are no keywords, values of a wrong form. */
export function complaintsAbout(pipeline: string): readonly string[] {
  const document = parseDocument(pipeline, { uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings].map(({ message }) => message);
  const content: unknown = document.toJS();
  if (faults.length > 0 || !isObject(content))
    return [...faults, ...(isObject(content) ? [] : ['no mapping'])];
  const { include, variables, ...jobs } = content;
  return [
    ...(include === undefined ? [] : list(object({ local: text }))(include, 'include')),
    ...(variables === undefined ? [] : texts(variables, 'variables')),
    ...Object.entries(jobs).flatMap(([name, each]) => [...job(each, name), ...ofJob(name, each, jobs)]),
  ];
}

/** What a job needs that its parts alone do not tell. One that begins with a dot is only there to be extended. */
function ofJob(name: string, given: unknown, jobs: Readonly<Record<string, unknown>>): readonly string[] {
  if (!isObject(given)) return [];
  const base = given.extends;
  const isKnown = base === undefined || (typeof base === 'string' && Object.hasOwn(jobs, base));
  const runs = name.startsWith('.') || 'script' in given;
  return [
    ...(isKnown ? [] : [`${name} extends ${String(base)}, which is not there`]),
    ...(runs ? [] : [`${name} has no script`]),
  ];
}
