import type { Mutant } from './mutant.ts';

const library = 'test/library/library.test.ts';
const load = 'test/library/load.test.ts';
const shipped = 'test/library/package.test.ts';

/** What the library promises to the program that embeds it. */
export const libraryMutants: readonly Mutant[] = [
  {
    title: 'a write is sent although the run was stopped while it was recorded',
    file: 'src/apply/run.ts',
    find: 'if (write === null || reason === null) return write;',
    replace: 'if (write === null || reason === null || write > 0) return write;',
    tests: ['test/library/library.test.ts'],
  },
  {
    title: 'a misspelled option of the library means nothing at all',
    file: 'src/library/check-options.ts',
    find: 'if (!Object.hasOwn(rules, name))',
    replace: 'if (name === "")',
    tests: [library, load],
  },
  {
    title: 'a list of no targets means everything',
    file: 'src/library/survey.ts',
    find: 'target: someTexts,',
    replace: 'target: (value: unknown) => (someTexts(value) === null ? null : texts(value)),',
    tests: [library],
  },
  {
    title: 'a configuration chooses whose books are read',
    file: 'src/library/run.ts',
    find: 'if (open.id.toLowerCase() !== organization.id.toLowerCase())',
    replace: "if (open.id === '')",
    tests: [library],
  },
  {
    title: 'a plan decides where the credentials of a program go',
    file: 'src/library/carry-out.ts',
    find: '(url === organization.url',
    replace: '(url !== null',
    tests: [library],
  },
  {
    title: 'a plan that nobody has read with readPlan is taken as it is',
    file: 'src/library/carry-out.ts',
    find: 'if (checked.plan === null)',
    replace: 'if (!plan.changes)',
    tests: [library],
  },
  {
    title: 'a plan is carried out although its configuration has changed',
    file: 'src/library/carry-out.ts',
    find: 'configuration.sha256 === config.sha256 ? null',
    replace: 'configuration.sha256 !== null ? null',
    tests: [library],
  },
  {
    title: 'a record that answers with a promise is taken for kept',
    file: 'src/apply/sink-record.ts',
    find: 'if (isPromise(kept)) await within(patience, kept);',
    replace: '',
    tests: [library],
  },
  {
    title: 'lines of a record are kept side by side',
    file: 'src/apply/sink-record.ts',
    find: 'const turn = last.then(() => next(lines));',
    replace: 'const turn = next(lines);',
    tests: [library],
  },
  {
    title: 'a write is begun although the one before it could not be recorded',
    file: 'src/apply/sink-record.ts',
    find: "if (failure && (!isBegun || lines.some(({ type }) => type === 'write'))) throw failure;",
    replace: '',
    tests: [library],
  },
  {
    title: 'a listener that throws ends the run',
    file: 'src/library/hear.ts',
    find: '      queueMicrotask(() => {\n        throw thrown;\n      });',
    replace: '      throw thrown;',
    tests: [library],
  },
  {
    title: 'a run that is broken off waits for the token of all',
    file: 'src/providers/tesouro/tokens-within.ts',
    find: 'Promise.race([asked(), untilAborted(signal)])',
    replace: 'signal.aborted ? untilAborted(signal) : asked()',
    tests: [library],
  },
  {
    title: 'a run leaves its listener at the signal of the host',
    file: 'src/library/run.ts',
    find: '    await provider.close();',
    replace: '',
    tests: [library],
  },
  {
    title: 'closing leaves the runs of a client under way',
    file: 'src/providers/tesouro/channel.ts',
    find: 'for (const each of [patience, ...runs]) each.close();',
    replace: 'patience.close();',
    tests: [library],
  },
  {
    title: 'credentials show what they hold',
    file: 'src/library/inside.ts',
    find: 'Object.defineProperty(visible, inside, { value: hidden });',
    replace:
      'Object.assign(visible, { [inside]: hidden, hidden: (hidden as { secret?: { reveal(): string } }).secret?.reveal() });',
    tests: [library],
  },
  {
    title: 'texts of strangers lead to the disk',
    file: 'src/library/configuration.ts',
    find: 'source: textFiles(source.texts) }',
    replace:
      'source: { ...(await import("../load/file-source.ts")).diskFiles, ...(textFiles(source.texts) ? {} : {}) } }',
    tests: [load],
  },
  {
    title: 'a link leads files out of their root',
    file: 'src/library/configuration.ts',
    find: 'if (!allowOutside && !(await inside(root, resolve(root, path))))',
    replace: 'if (!allowOutside && path.startsWith("..") && !(await inside(root, resolve(root, path))))',
    tests: [load],
  },
  {
    title: 'the fetch of the host goes through the dispatcher of the library',
    file: 'scripts/build.ts',
    find: 'plugins: [onlyTheVersion(), noGlobalDispatcher()]',
    replace: 'plugins: [onlyTheVersion(), ...(noGlobalDispatcher ? [] : [])]',
    tests: [shipped],
  },
];
