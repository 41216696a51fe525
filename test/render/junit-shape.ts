import type { Read } from './xml-reader.ts';

/** What the schema of the xunit plugin of Jenkins lets stand where: the attributes of each element, those that it must have, and what is in it. */
const shapes: Readonly<
  Record<string, { readonly may: string; readonly must: string; readonly inside: string }>
> = {
  testsuites: { may: 'name time tests failures errors', must: '', inside: 'testsuite' },
  testsuite: {
    may: 'name tests failures errors group time skipped timestamp hostname id package file log url version',
    must: 'name tests failures errors',
    inside: 'testsuite properties testcase system-out system-err',
  },
  testcase: {
    may: 'name time classname group',
    must: 'name',
    inside: 'skipped failure system-out system-err',
  },
  skipped: { may: 'type message', must: '', inside: '' },
  failure: { may: 'type message', must: '', inside: '' },
  'system-out': { may: '', must: '', inside: '' },
};
/** Elements in which a text may stand. */
const texts = ['skipped', 'failure', 'system-out'];

/** What of a document does not fit the schema, or counts wrong; empty when nothing does. */
export function misfits(root: Read): readonly string[] {
  if (root.name !== 'testsuites') return ['the root is no testsuites'];
  return [...root.children.flatMap(wrongCounts), ...wrongCounts(root), ...shapeMisfits(root)];
}

function shapeMisfits({ attributes, children, name, text }: Read): readonly string[] {
  const shape = shapes[name];
  if (shape === undefined) return [`no element ${name}`];
  const words = (list: string): readonly string[] => list.split(' ');
  return [
    ...[...attributes.keys()]
      .filter((key) => !words(shape.may).includes(key))
      .map((key) => `${key} of ${name}`),
    ...words(shape.must)
      .filter((key) => key !== '' && !attributes.has(key))
      .map((key) => `${name} without ${key}`),
    ...children
      .filter((each) => !words(shape.inside).includes(each.name))
      .map((each) => `${each.name} in ${name}`),
    ...(texts.includes(name) || text.trim() === '' ? [] : [`a text in ${name}`]),
    ...children.flatMap(shapeMisfits),
  ];
}

function wrongCounts(element: Read): readonly string[] {
  const cases = casesIn(element);
  const having = (name: string) =>
    cases.filter(({ children }) => children.some((each) => each.name === name)).length;
  const counted = { tests: cases.length, failures: having('failure'), errors: 0, skipped: having('skipped') };
  return Object.entries(counted)
    .filter(([name, count]) => element.attributes.has(name) && element.attributes.get(name) !== `${count}`)
    .map(([name]) => `${name} of ${element.name}`);
}

const casesIn = (element: Read): readonly Read[] =>
  element.name === 'testcase' ? [element] : element.children.flatMap(casesIn);
