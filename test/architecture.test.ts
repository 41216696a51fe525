import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/*
 * Holds docs/architecture.md: who may import whom, which package belongs where, what is pure, and that a kind is one
 * folder. It reads the sources with TypeScript's parser, so comments and texts do not count as code.
 */

/** An area is the longest of these paths that a file starts with. What each may import from src/, besides itself. */
const mayImport: Readonly<Record<string, readonly string[] | 'everything'>> = {
  'model/': [],
  'load/': ['model/'],
  'observe/': ['model/', 'plan/match.ts', 'providers/contract.ts', 'providers/accounting-contract.ts'],
  'plan/': ['model/'],
  'import/': ['model/', 'load/', 'observe/', 'plan/', 'render/printable.ts'],
  'apply/': ['model/', 'plan/', 'observe/', 'providers/contract.ts'],
  'render/': ['model/', 'plan/', 'accounting/'],
  'git/': ['model/'],
  'accounting/': ['model/', 'plan/', 'observe/', 'providers/contract.ts', 'providers/accounting-contract.ts'],
  'providers/contract.ts': ['model/'],
  'providers/accounting-contract.ts': ['model/', 'providers/contract.ts'],
  'providers/tesouro/': ['model/', 'providers/contract.ts', 'providers/accounting-contract.ts'],
  'providers/memory/': ['model/', 'providers/contract.ts', 'plan/canonical.ts'],
  'emulator/': ['model/'],
  'pipeline.ts': ['model/', 'observe/', 'plan/', 'providers/contract.ts', 'providers/accounting-contract.ts'],
  'library/': [
    'model/',
    'load/',
    'observe/',
    'plan/',
    'apply/',
    'render/',
    'providers/',
    'emulator/',
    'pipeline.ts',
    'version.ts',
  ],
  'commands/': 'everything',
  'cli.ts': ['commands/', 'model/', 'version.ts'],
  'index.ts': 'everything',
  'version.ts': [],
};

/** The areas that may import a package. What is not here may be imported by nobody. */
const packageAreas: Readonly<Record<string, readonly string[]>> = {
  yaml: ['load/'],
  'csv-parse': ['load/'],
  diff: ['render/'],
  listr2: ['commands/'],
  execa: ['git/'],
  undici: ['providers/tesouro/'],
  'openapi-fetch': ['providers/tesouro/'],
  commander: ['cli.ts', 'commands/'],
  '@inquirer/core': ['commands/'],
};

const pureAreas = ['model/', 'plan/', 'render/', 'accounting/', 'import/'];
/** What of accounting reads or waits: the rest judges what it is given. */
const askingFiles = [
  'await-change.ts',
  'documents/product-accounts.ts',
  'documents/read-diff.ts',
  'follow-pushes.ts',
  'push-again.ts',
  'read-records.ts',
  'readiness/read-facts.ts',
];
const pureNodeModules = new Set(['node:crypto', 'node:util']);

/** What only a kind's own folder, the emulator and generated files may say: the names of fields and collections. */
const kindWords = /^(nominal_code|effective_tax_rate|tax_rates?|ledger_accounts?)$/;

interface Source {
  readonly path: string;
  readonly area: string;
  readonly generated: boolean;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.gen.d.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    return {
      path,
      area: areaOf(path) ?? '',
      generated: path.endsWith('.gen.ts'),
      text,
      tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
      imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
    };
  });
const written = sources.filter(({ generated }) => !generated);

const test = suite('the architecture');

test('every file belongs to an area, and every area stands in docs/architecture.md', () => {
  assert.equal(
    sources.filter(({ area }) => area === '').map(({ path }) => path),
    [],
  );
  const page = readFileSync('docs/architecture.md', 'utf8');
  const folders = new Set(sources.map(({ area }) => area));
  const small = new Set(['index.ts', 'version.ts']);
  assert.equal(
    [...folders].filter((area) => !small.has(area) && !page.includes(`\`src/${area}\``)),
    [],
  );
});

test('imports point one way', () => {
  const wrong = sources.flatMap(({ path, area, imports }) =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.join(dirname(path), name))
      .filter((target) => !target.startsWith('../') && areaOf(target) !== area && !allowed(area, target))
      .map((target) => `${path} imports ${target}`),
  );
  assert.equal(wrong, []);
});

test('what lies outside of src/ is not imported, but for the version', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter((name) => name.startsWith('.') && posix.join(dirname(path), name).startsWith('../'))
      .map((name) => `${path}: ${name}`),
  );
  assert.equal(wrong, ['version.ts: ../package.json']);
});

test('relative imports name their file', () => {
  const wrong = written.flatMap(({ path, imports }) =>
    imports
      .filter((name) => name.startsWith('.') && !/\.(ts|js|json)$/.test(name))
      .map((name) => `${path}: ${name}`),
  );
  assert.equal(wrong, []);
});

test('each package has one importer', () => {
  const wrong = written.flatMap(({ path, area, imports }) =>
    imports
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      .filter((name) => !packageAreas[name]?.includes(area))
      .map((name) => `${path} imports ${name}`),
  );
  assert.equal(wrong, []);
});

test('model, plan, render, accounting and import do nothing by themselves: no I/O, no clock, no chance', () => {
  const wrong = written
    .filter(({ area }) => pureAreas.includes(area))
    .flatMap(({ path, imports, tree }) => [
      ...imports
        .filter((name) => name.startsWith('node:') && !pureNodeModules.has(name))
        .map((name) => `${path}: ${name}`),
      ...impurities(tree).map((what) => `${path}: ${what}`),
    ]);
  assert.equal(wrong, []);
});

test('of accounting only named files read or wait, through what they are given', () => {
  const asks = (tree: ts.SourceFile): boolean =>
    nodesOf(tree).some(
      (node) =>
        ts.isAwaitExpression(node) ||
        (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
        (ts.isIdentifier(node) && /^(ConnectedProvider|AccountingSystem|Provider)$/.test(node.text)),
    );
  const found = written
    .filter(({ area, tree }) => area === 'accounting/' && asks(tree))
    .map(({ path }) => path.slice('accounting/'.length));
  assert.equal(found.sort(), askingFiles);
});

test('the environment, the working directory and the console belong to commands', () => {
  const wrong = written
    .filter(({ area }) => area !== 'commands/' && area !== 'cli.ts')
    .flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter(ts.isPropertyAccessExpression)
        .map((node) => node.getText())
        .filter((text) => /^(process\.(env|cwd|argv|stdout|stderr|stdin|exit)|console\.\w+)$/.test(text))
        .map((text) => `${path}: ${text}`),
    );
  assert.equal(wrong, []);
});

test('a kind is one folder: nothing else names its fields or its collection', () => {
  const home = (path: string): boolean =>
    path.startsWith('providers/tesouro/') || path.startsWith('emulator/');
  const wrong = written
    .filter(({ path }) => !home(path))
    .flatMap(({ path, tree }) => kindNames(tree).map((name) => `${path}: ${name}`));
  assert.equal(wrong, []);
});

test('secrets are read from the environment in one place, and become text in two', () => {
  const using = (pattern: RegExp): readonly string[] =>
    written
      .filter(({ tree }) =>
        nodesOf(tree).some(
          (node) =>
            (ts.isPropertyAccessExpression(node) && pattern.test(node.name.text)) ||
            (ts.isStringLiteralLike(node) && pattern.test(node.text)),
        ),
      )
      .map(({ path }) => path);
  assert.equal(using(/^reveal$/), ['providers/tesouro/token-request.ts', 'providers/tesouro/transport.ts']);
  assert.equal(using(/^(TESOURO_CLIENT_SECRET|TESOURO_ACCESS_TOKEN)$/), ['commands/credentials.ts']);
});

test('no file is longer than 200 lines', () => {
  const long = written.map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`);
  assert.equal(
    long.filter((line) => Number(line.split(': ')[1]) > 200),
    [],
  );
});

test('no `any`, no `!`, and a reason beside every `as`', () => {
  const wrong = written.flatMap(({ path, text, tree }) => {
    const lines = text.split('\n');
    return nodesOf(tree)
      .filter(
        (node) =>
          node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node) || unexplained(node, lines),
      )
      .map((node) => `${path}:${lineOf(node) + 1} ${node.getText().slice(0, 60)}`);
  });
  assert.equal(wrong, []);
});

test('nothing is left for later, and no barrels', () => {
  const wrong = written.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text)).map(({ path }) => path);
  assert.equal(wrong, []);
  const barrels = written.filter(({ path }) => /(^|\/)index\.ts$/.test(path)).map(({ path }) => path);
  assert.equal(barrels, ['index.ts']);
});

test('generated files say so', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.gen\.(d\.)?(ts|js)$/.test(path),
  );
  const schemas = existsSync('schemas')
    ? readdirSync('schemas').filter((name) => name.endsWith('.json'))
    : [];
  const paths = [...files.map((path) => join('src', path)), ...schemas.map((name) => join('schemas', name))];
  const silent = paths.filter(
    (path) => !/generated by .*(do not edit)/is.test(readFileSync(path, 'utf8').slice(0, 600)),
  );
  assert.ok(paths.length > 0);
  assert.equal(silent, []);
});

test.run();

function areaOf(path: string): string | null {
  const areas = Object.keys(mayImport).filter(
    (area) => path === area || (area.endsWith('/') && path.startsWith(area)),
  );
  return areas.sort((a, b) => b.length - a.length)[0] ?? null;
}

function allowed(area: string, target: string): boolean {
  const targets = mayImport[area];
  return (
    targets === 'everything' ||
    targets?.some((prefix) => target === prefix || (prefix.endsWith('/') && target.startsWith(prefix))) ===
      true
  );
}

function nodesOf(tree: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    node.forEachChild(visit);
  };
  visit(tree);
  return nodes;
}

function impurities(tree: ts.SourceFile): readonly string[] {
  return nodesOf(tree).flatMap((node) => {
    if (
      ts.isIdentifier(node) &&
      /^(process|fetch|setTimeout|setInterval|setImmediate|performance|console)$/.test(node.text) &&
      !ts.isPropertyAccessExpression(node.parent)
    )
      return [node.text];
    if (
      ts.isPropertyAccessExpression(node) &&
      /^(process\.\w+|console\.\w+|Date\.now|Math\.random|crypto\.random\w+|performance\.now)$/.test(
        node.getText(),
      )
    )
      return [node.getText()];
    if (
      ts.isNewExpression(node) &&
      node.expression.getText() === 'Date' &&
      (node.arguments?.length ?? 0) === 0
    )
      return ['new Date()'];
    if (ts.isIdentifier(node) && /^random(UUID|Bytes|Int)$/.test(node.text)) return [node.text];
    return [];
  });
}

/** Kind words used as text or as a name of a property, not inside sentences. */
function kindNames(tree: ts.SourceFile): readonly string[] {
  return nodesOf(tree).flatMap((node) => {
    if (
      ts.isStringLiteralLike(node) &&
      node.text.split(/[.[\]]/).some((part) => kindWords.test(part)) &&
      !node.text.includes(' ')
    )
      return [node.text];
    if (ts.isIdentifier(node) && kindWords.test(node.text)) return [node.text];
    return [];
  });
}

const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line;

function unexplained(node: ts.Node, lines: readonly string[]): boolean {
  if (!ts.isAsExpression(node) || node.type.getText() === 'const') return false;
  const end = node.getSourceFile().getLineAndCharacterOfPosition(node.getEnd()).line;
  const around = lines.slice(Math.max(0, lineOf(node) - 1), end + 1);
  return !around.some((line) => /\/\/|\*\/|\/\*/.test(line));
}
