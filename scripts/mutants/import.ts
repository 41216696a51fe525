import type { Mutant } from './mutant.ts';

const keys = ['test/import/keys.test.ts'];
const newFile = ['test/import/new-file.test.ts'];
const rules = ['test/import/rules.test.ts'];
const into = ['test/import/into.test.ts'];
const write = ['test/commands/import-write.test.ts'];

/** What an import promises: an empty plan, keys that stay, rules that say what is live, and a file that is not written over. */
export const importMutants: readonly Mutant[] = [
  {
    title: 'the first of two objects with one name has the plain key',
    file: 'src/import/keys.ts',
    find: '!object || more.length > 0 || used.has(key)',
    replace: '!object || used.has(key)',
    tests: keys,
  },
  {
    title: 'a key of the file is given again',
    file: 'src/import/keys.ts',
    find: ' || used.has(key)',
    replace: '',
    tests: [...keys, ...into],
  },
  {
    title: 'a key may be a number or a word for yes and no',
    file: 'src/import/keys.ts',
    find: 'keyText(text) === text ? text : ',
    replace: 'text !== text.toUpperCase() ? text : ',
    tests: keys,
  },
  {
    title: 'a key is made of the few letters that are left of a name in another script',
    file: 'src/import/keys.ts',
    find: "return isMuchLost && codeOf(kind, object) !== '' ? '' : name;",
    replace: 'return isMuchLost && name === text ? text : name;',
    tests: keys,
  },
  {
    title: 'an import writes its sections in another order than the language has',
    file: 'src/import/text.ts',
    find: "[...parts].sort((a, b) => rankOf(a.path[0] ?? '') - rankOf(b.path[0] ?? ''))",
    replace: '[...parts].reverse()',
    tests: newFile,
  },
  {
    title: 'an empty plan is promised where the file says something else',
    file: 'src/render/imported-text.ts',
    find: 'differing.length === 0 ? `a plan',
    replace: 'differing.length >= 0 ? `a plan',
    tests: ['test/render/imported-text.test.ts'],
  },
  {
    title: 'what the proof objects to is written all the same',
    file: 'src/import/prove.ts',
    find: 'if (objections.length === 0) return { text: file.text, composed };',
    replace: 'if (objections.length >= 0) return { text: file.text, composed };',
    tests: newFile,
  },
  {
    title: 'two entries state the code that both objects have',
    file: 'src/import/internal-part.ts',
    find: 'if (pin?.shared) delete value[kind.identity];',
    replace: '',
    tests: newFile,
  },
  {
    title: 'a text of the service ends a comment',
    file: 'src/import/text.ts',
    find: 'const line = printable(text)',
    replace: 'const line = text',
    tests: newFile,
  },
  {
    title: 'a line of a new text orders a CI runner something',
    file: 'src/load/edit/block-scalar.ts',
    find: ' &&\n  !/##\\w*\\[|(?:^|\\s)::/.test(body)',
    replace: '',
    tests: newFile,
  },
  {
    title: 'a document number that a paid payable has as well names one',
    file: 'src/import/thing.ts',
    find: '[...payables.read, ...(payables.others ?? [])]',
    replace: 'payables.read',
    tests: newFile,
  },
  {
    title: 'a reference is asked for as the service does not store it',
    file: 'src/import/sayable.ts',
    find: '    text === canonicalText(text) &&\n',
    replace: '',
    tests: newFile,
  },
  {
    title: 'an exception of a rule has no entry',
    file: 'src/import/rule-parts.ts',
    find: 'if (!rule.points.every((id, at) => id === points[at])) continue;',
    replace: '',
    tests: rules,
  },
  {
    title: 'rules are wrong about as many as they are right about',
    file: 'src/import/choose-rules.ts',
    find: 'const exceptions = 0.25;',
    replace: 'const exceptions = 0.5;',
    tests: rules,
  },
  {
    title: 'a name with a sign for any text is a condition',
    file: 'src/import/rule-idea.ts',
    find: " && !text.includes('*')",
    replace: '',
    tests: rules,
  },
  {
    title: 'what an item of the file assigns gets an entry as well',
    file: 'src/import/compose.ts',
    find: "things.filter((thing) => ['free', 'exception'].includes(standing(thing)))",
    replace: 'things.filter(() => true)',
    tests: into,
  },
  {
    title: 'what the file wants removed is declared',
    file: 'src/import/covered.ts',
    find: "if (action === 'delete' && reason !== 'prune' && id !== null) objects.add(id)",
    replace: 'if (action === id && reason) objects.add(id)',
    tests: into,
  },
  {
    title: 'what `prune: all` would delete is no part of an import into the file',
    file: 'src/import/covered.ts',
    find: " && reason !== 'prune'",
    replace: ' && reason',
    tests: into,
  },
  {
    title: 'what a rule leaves to a product is nowhere in the file',
    file: 'src/import/covered-things.ts',
    find: "if (leaves[at]?.(thing)) return [thing.address, 'exception'];",
    replace: '',
    tests: into,
  },
  {
    title: 'nobody hears what the file says otherwise than it is live',
    file: 'src/import/prove-into.ts',
    find: 'address === null || label === null',
    replace: 'address === null || label !== null',
    tests: into,
  },
  {
    title: 'an import replaces a file that says something else',
    file: 'src/commands/import-write.ts',
    find: 'if (isThere && !force) throw exists(path, place);',
    replace: '',
    tests: write,
  },
  {
    title: 'a file that a link leads to is taken for changed',
    file: 'src/commands/demand-unchanged.ts',
    find: 'await readFile(await realOf(join(root, path)), path)',
    replace: 'await readFile(join(root, path), path)',
    tests: ['test/commands/import.test.ts'],
  },
];
