import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { catalog } from '../../src/commands/catalog.ts';
import type { CommandSpec } from '../../src/commands/command-spec.ts';
import { commonOptions } from '../../src/commands/common-options.ts';

/* Commands and options that pages name in passing, in `code` or in fences, are ones that there are. */

const test = suite('the commands that pages name');

const common = ['--help', '-h', '--version', '-V', ...commonOptions().flatMap(namesOf)];
const everyOption = new Set([...common, ...catalog.flatMap(allOptions)]);
const pages = ['README.md', 'CHANGELOG.md', ...markdownIn('docs'), ...markdownIn('examples')];

const mentions = pages.flatMap((page) => {
  const text = readFileSync(page, 'utf8');
  const fenced = [...text.matchAll(/^(?:\$ )?(ledgerform [a-z].*)$/gm)];
  const outside = text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '');
  return [...fenced, ...outside.matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => ({ page, words }));
});

test('are there, with every option', () => {
  const wrong = mentions.flatMap(({ page, words }) => {
    const [first = '', ...rest] = words.replace(/^ledgerform /, '').split(/\s+/);
    const isCommand = words.startsWith('ledgerform ') || catalog.some(({ name }) => name === first);
    if (!isCommand) return [];
    const problem = first === 'help' || first.startsWith('-') ? null : problemOf([first, ...rest]);
    return problem === null ? [] : [`${page}: ${words}: ${problem}`];
  });
  assert.ok(mentions.filter(({ words }) => words.startsWith('ledgerform ')).length > 100);
  assert.equal(wrong, []);
});

test('so are options that are named alone', () => {
  const alone = mentions.filter(({ words }) => /^--[a-z][a-z-]*(?:[ =].*)?$/.test(words));
  assert.ok(alone.length > 50);
  assert.equal(
    alone
      .filter(({ words }) => !everyOption.has(optionIn(words)))
      .map(({ page, words }) => `${page}: ${words}`),
    [],
  );
});

/** What is wrong with the words behind `ledgerform`; quoted texts and comments are not looked at. */
function problemOf(words: readonly string[]): string | null {
  let specs = catalog;
  let known = new Set(common);
  let found: CommandSpec | undefined;
  for (const word of words) {
    if (word === '#' || word === '|' || word === '>') break;
    const below = specs.find(({ name }) => name === word);
    if (below) {
      found = below;
      const itself = below.subcommands?.find(({ isDefault }) => isDefault);
      known = new Set([
        ...common,
        ...[below, itself].flatMap((each) => each?.options ?? []).flatMap(namesOf),
      ]);
      specs = below.subcommands ?? [];
    } else if (found === undefined) return 'there is no such command';
    else if (/^--?[a-z]/.test(word) && !known.has(optionIn(word))) return `${found.name} has no ${word}`;
  }
  return null;
}

const optionIn = (word: string): string => word.replace(/[ =.].*$/, '');

function namesOf({
  long,
  short,
}: {
  readonly long?: string | undefined;
  readonly short?: string | undefined;
}) {
  return [long, short].filter((name) => name !== undefined);
}

function allOptions({ options, subcommands }: CommandSpec): readonly string[] {
  return [...(options ?? []).flatMap(namesOf), ...(subcommands ?? []).flatMap(allOptions)];
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));
}

test.run();
