import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freshBuild } from '../../scripts/fresh-build.ts';

/* The library as it is built: what it exports, what it loads, and whether somebody else's compiler takes its types. */

await freshBuild();
const project = resolve(import.meta.dirname, '..', '..');
const entry = join(project, 'dist', 'index.js');
const test = suite('the library that is shipped');

test('exports these functions and no others: a change of this list is a change of the API', async () => {
  assert.equal(Object.keys(await import(pathToFileURL(entry).href)), [
    'LedgerformError',
    'accessToken',
    'carryOut',
    'clientCredentials',
    'loadFiles',
    'loadTexts',
    'openClient',
    'readPlan',
    'render',
    'survey',
    'version',
  ]);
});

test('exports these types and no others', () => {
  const text = readFileSync(join(project, 'dist/types/index.d.ts'), 'utf8');
  const { statements } = ts.createSourceFile('index.d.ts', text, ts.ScriptTarget.Latest);
  const names = statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, isTypeOnly } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause)) return ['a star'];
    return exportClause.elements.flatMap(({ isTypeOnly: one, name }) =>
      isTypeOnly || one ? [name.text] : [],
    );
  });
  assert.equal(names.sort(), [
    'Action',
    'Address',
    'Allowance',
    'Allowed',
    'ApplyEvent',
    'ApplyReport',
    'CarryOutOptions',
    'Change',
    'Client',
    'ClientCredentials',
    'ClientOptions',
    'Configuration',
    'Credentials',
    'Environment',
    'Fields',
    'FileSource',
    'LoadedConfiguration',
    'LocalOptions',
    'OpenOrganization',
    'Organization',
    'Origin',
    'Outcome',
    'OutcomeStatus',
    'Plan',
    'Problem',
    'ProblemCode',
    'ProblemUse',
    'ReadEvent',
    'ReadPlan',
    'Reason',
    'RecordElsewhere',
    'RecordEnd',
    'RecordHeader',
    'RecordInFolder',
    'RecordIntent',
    'RecordLine',
    'RecordOptions',
    'RecordOutcome',
    'RecordSink',
    'ReferenceTarget',
    'RemoteOptions',
    'RenderFormat',
    'RequestLine',
    'RunOptions',
    'Shown',
    'Summary',
    'SurveyOptions',
    'Surveyed',
    'TextSource',
    'Traffic',
    'Unmanaged',
    'Value',
  ]);
});

test('leads to nothing of the command line, neither at once nor later', () => {
  const inside = [...filesBehind(entry)].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^\/\/ (.*)$/gm)].map(([, source = '']) => source),
  );
  assert.ok(inside.includes('src/library/survey.ts') && inside.includes('src/emulator/emulator.ts'));
  const foreign = /^(src\/(commands|git|cli)\b|node_modules\/(commander|listr2|@inquirer|execa|csv-parse)\b)/;
  assert.equal(
    inside.filter((source) => foreign.test(source)),
    [],
  );
});

test('leaves the process that it is loaded into as it was', async () => {
  const script = `
    const state = () => JSON.stringify([
      Reflect.ownKeys(globalThis).map(String).sort(),
      process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
      process.getActiveResourcesInfo().filter((each) => /Timeout|Immediate|TCP|Signal|Worker/.test(each)),
    ]);
    const before = state();
    const { openClient } = await import(${JSON.stringify(pathToFileURL(entry).href)});
    if (state() !== before) throw new Error('loading: ' + before + state());
    const client = await openClient({ environment: 'local' });
    await client.close();
    // Node's own fetch makes one of its own, under the older name alone.
    const ours = globalThis[Symbol.for('undici.globalDispatcher.2')];
    if (ours !== undefined) throw new Error('every fetch of the host goes through ours');
    const after = process.eventNames().length;
    if (after !== JSON.parse(before)[1].length) throw new Error('listeners: ' + process.eventNames().map(String));`;
  await execa(process.execPath, ['--input-type=module', '-e', script], { cwd: project, timeout: 30_000 });
});

const hosts: readonly (readonly [name: string, options: ts.CompilerOptions])[] = [
  [
    'Node16 and the types of Node',
    {
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      lib: ['lib.es2022.d.ts'],
      types: ['node'],
    },
  ],
  [
    'a bundler and the types of browsers',
    {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      types: [],
    },
  ],
];
for (const [name, options] of hosts)
  test(`has types that a strict compiler takes, with ${name}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerform-test-'));
    try {
      await mkdir(join(folder, 'node_modules'));
      await symlink(project, join(folder, 'node_modules', 'ledgerform'), 'dir');
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
      const use = join(folder, 'use.ts');
      await writeFile(use, readFileSync(join(import.meta.dirname, 'consumer.ts.txt')));
      const program = ts.createProgram([use], {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        target: ts.ScriptTarget.ES2022,
        noEmit: true,
        typeRoots: [join(project, 'node_modules', '@types')],
        ...options,
      });
      const found = ts.getPreEmitDiagnostics(program);
      assert.is(ts.formatDiagnostics(found, host), '');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => project,
  getNewLine: () => '\n',
};

/** A built file and all that it loads, now or later. */
function filesBehind(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  for (const { fileName } of importedFiles)
    if (fileName.startsWith('./') || fileName.startsWith('../'))
      filesBehind(normalize(join(dirname(path), fileName)), seen);
  return seen;
}

test.run();
