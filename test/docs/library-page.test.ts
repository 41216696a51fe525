import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/* docs/library.md names what the library has: each function, each option. Its program is played with the other pages. */

const test = suite('the page of the library');
const page = readFileSync('docs/library.md', 'utf8');
const program = ts.createProgram(['src/index.ts'], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
  strict: true,
  noLib: true,
  noResolve: false,
});
const checker = program.getTypeChecker();
const index = program.getSourceFile('src/index.ts');
const exported = index ? checker.getExportsOfModule(checker.getSymbolAtLocation(index) ?? fail()) : [];

test('has a heading or a place for each value that is exported', () => {
  const values = exported.filter((each) => (real(each).flags & ts.SymbolFlags.Value) !== 0);
  assert.is(values.length, 11);
  assert.equal(
    values
      .map(({ name }) => name)
      .filter((name) => !page.includes(`\`${name}`) && !page.includes(`# ${name}`)),
    [],
  );
});

test('has every option of every function', () => {
  const options = exported.filter(({ name }) =>
    /(Options|Source|Shown|Allowance|ClientCredentials|RecordInFolder|RecordElsewhere)$/.test(name),
  );
  assert.ok(options.length >= 10);
  const missing = options.flatMap((each) =>
    membersOf(each)
      .filter((name) => !new RegExp(`[\`{ ]${name}[\`,: }(]`).test(page))
      .map((name) => `${each.name}.${name}`),
  );
  assert.equal(missing, []);
});

function real(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The members that an interface declares itself or takes over. */
function membersOf(symbol: ts.Symbol): readonly string[] {
  const type = checker.getDeclaredTypeOfSymbol(real(symbol));
  const types = type.isUnion() ? type.types : [type];
  return types
    .flatMap((each) => each.getProperties().map(({ name }) => name))
    .filter((name) => !name.startsWith('__'));
}

function fail(): never {
  throw new Error('src/index.ts exports nothing');
}

test.run();
