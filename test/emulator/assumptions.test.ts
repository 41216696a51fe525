import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { switchTable } from '../../src/emulator/switch-table.ts';
import { describeSwitches, type Switches } from '../../src/emulator/switches.ts';
import { observed, probes } from './probes.ts';

const test = suite('docs/api-assumptions.md');
const rows = rowsOf('## Questions that the local environment answers');

for (const { name, values } of rows) {
  test(`the switch ${name} is what the page says and changes what is seen over HTTP`, async () => {
    assert.ok(isSwitch(name), `there is no switch ${name}`);
    assert.ok(Object.hasOwn(probes, name), `no probe shows ${name}`);
    assert.equal(values, switchTable[name].values);
    const seen = new Set<string>();
    for (const value of values) seen.add(JSON.stringify(await observed(name, value)));
    assert.is(
      seen.size,
      values.length,
      `of ${values.join(', ')} only ${seen.size} can be told apart: ${[...seen].join(' ')}`,
    );
  });
}

test('every switch has one row, and the page has rows', () => {
  assert.equal(
    rows.map(({ name }) => name).sort(),
    describeSwitches()
      .map(({ name }) => name)
      .sort(),
  );
  assert.ok(rows.length > 40);
});

test('every operation that the page calls not served is answered with 501', () => {
  const operations = readFileSync('src/emulator/operations.gen.ts', 'utf8');
  const table = section('## Questions of operations');
  const paths = [...table.matchAll(/`(\/[^`]*)`/g)].map(([, path]) => path ?? '');
  assert.ok(paths.length > 3);
  for (const path of paths) {
    const form = path.replace(/\{\w+\}/g, '\\{\\w+\\}');
    assert.match(operations, new RegExp(`"path":"${form}","served":false`), path);
  }
});

test.run();

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(switchTable, name);
}

function section(title: string): string {
  const page = readFileSync('docs/api-assumptions.md', 'utf8');
  return page.slice(page.indexOf(title)).split('\n## ')[0] ?? '';
}

function rowsOf(title: string): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const lines = section(title)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:Question|---)/.test(line));
  return lines.map((line) => {
    const [, , , name = '', values = ''] = line.split('|').map((cell) => cell.trim());
    return {
      name: name.replaceAll('`', ''),
      values: values.split(',').map((each) => each.trim().replaceAll('`', '')),
    };
  });
}
