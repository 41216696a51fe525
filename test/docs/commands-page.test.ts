import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandExits } from '../../scripts/pages/command-exits.ts';
import { catalog } from '../../src/commands/catalog.ts';
import type { CommandSpec } from '../../src/commands/command-spec.ts';

/* docs/commands.md: whoever looks a command up finds all of it there. */

const test = suite('the reference of the commands');
const page = readFileSync('docs/commands.md', 'utf8');
const sections = new Map(
  page.split('\n## ').map((text) => {
    const [title = ''] = text.split('\n');
    return [title.replace(/^`ledgerform | [<[].*$|`/g, ''), text] as const;
  }),
);
const commands = catalog.flatMap((spec) => runnable(spec, ''));

test('has a section for every command that runs, and nothing else', () => {
  assert.ok(commands.length > 25);
  const others = ['Common options', 'Exit codes', 'Environment variables'];
  const found = [...sections.keys()].slice(1).filter((title) => !others.includes(title));
  assert.equal(
    found,
    commands.map(({ name }) => name),
  );
});

test('has every environment variable that the program reads', () => {
  const table = sections.get('Environment variables') ?? '';
  const named = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(join('src', path), 'utf8').matchAll(
        /\b(?:(?:TESOURO|LEDGERFORM)_[A-Z_]*[A-Z]|[A-Z]+_PROXY)\b|variables\.([A-Z_]+)/g,
      ),
    ])
    .map(([whole, member]) => member ?? whole);
  assert.ok(new Set(named).size > 10);
  // Of a file’s variable the table has the form; the last one is a word of the workflows that `init` writes.
  const others = ['LEDGERFORM_VAR_NAME', 'LEDGERFORM_CONFIG'];
  assert.equal(
    [...new Set(named)].filter((name) => !table.includes(name) && !others.includes(name)),
    [],
  );
});

for (const { name, spec } of commands)
  test(`${name}: every argument, option and choice is there, with an example and its exit codes`, () => {
    const section = sections.get(name) ?? '';
    const given = [...(spec.options ?? []).filter(({ hidden }) => !hidden), ...(spec.arguments ?? [])];
    for (const one of given) {
      const titles = 'flags' in one ? [one.flags] : [`<${one.name()}>`, `[${one.name()}]`];
      const title = titles.join(' or ');
      const isRow = (line: string): boolean => titles.some((each) => line.startsWith(`| \`${each}\` |`));
      const row = section.split('\n').find(isRow) ?? '';
      assert.ok(row.includes(one.description.replaceAll('|', '\\|')), `${title}: ${row}`);
      for (const choice of one.argChoices ?? [])
        assert.ok(row.includes(`\`${choice}\``), `${title}: ${choice}`);
    }
    assert.match(section, /^Forms of output: `/m);
    assert.ok(section.includes(`ledgerform ${name}`) && /^```sh\n.*ledgerform /m.test(section));
    for (const [code, when] of commandExits[name] ?? []) assert.ok(section.includes(`| ${code} | ${when} |`));
  });

test.run();

function runnable(spec: CommandSpec, above: string): readonly { name: string; spec: CommandSpec }[] {
  const name = `${above}${spec.name}`;
  const below = (spec.subcommands ?? []).flatMap((each) => runnable(each, `${name} `));
  return spec.run ? [{ name, spec }, ...below] : below;
}
