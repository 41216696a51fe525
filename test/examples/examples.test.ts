import { cpSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Example, examplesIn } from '../../scripts/examples/example-commands.ts';
import { matchesName } from '../../src/commands/many/name-pattern.ts';
import { openWorkbench } from '../commands/workbench.ts';

/*
 * The commands in the README of each example, run in order and in a copy; scripts/ci.ts runs the same ones with the
 * packed tool. That they are enough, and that they prove something, is tested here.
 */

const test = suite('the examples');
const project = resolve(import.meta.dirname, '..', '..');
const examples = examplesIn(join(project, 'examples'));

test('there are six or more', () => {
  assert.ok(examples.length >= 6, examples.map(({ name }) => name).join());
});

for (const example of examples) {
  const { commands, folder, name } = example;

  test(`${name}: every configuration in it is validated, and planned empty after its apply`, async () => {
    const files = await configurationsIn(folder);
    assert.ok(files.length > 0);
    assert.is(commands[0]?.line, 'ledgerform local reset --seed seed.json');
    for (const file of files) {
      const ran = commandsFor(example, file);
      assert.ok(ran.includes('validate'), `${file} is not validated`);
      const fragment = !/^organization:/m.test(await readFile(join(folder, file), 'utf8'));
      if (fragment) continue;
      const apply = ran.findIndex((each) => each.startsWith('apply'));
      assert.ok(apply >= 0, `${file} is not applied`);
      assert.ok(ran.slice(apply).includes('plan --detailed-exitcode 0'), `${file} is not planned again`);
    }
  });

  test(`${name}: every configuration and seed leads an editor to its schema`, async () => {
    for (const file of await configurationsIn(folder)) {
      const text = await readFile(join(folder, file), 'utf8');
      const path = relative(
        dirname(join(folder, file)),
        join(project, 'schemas', 'ledgerform.v1.schema.json'),
      );
      assert.is(text.split('\n')[0], `# yaml-language-server: $schema=${path}`, file);
    }
    const seed: unknown = JSON.parse(await readFile(join(folder, 'seed.json'), 'utf8'));
    assert.match(JSON.stringify(seed), '"$schema":"../../schemas/seed.v1.schema.json"');
  });

  test(`${name}: its commands do what its README says`, async () => {
    const bench = await openWorkbench();
    try {
      cpSync(folder, bench.folder, { recursive: true });
      for (const { args, exitCode, line, program } of commands) {
        const { code, stderr, stdout } = await (program === 'node' ? bench.node(args) : bench.run(args));
        assert.is(code, exitCode, `${line}\n${stdout}${stderr}`);
      }
    } finally {
      await bench.remove();
    }
  });
}

/** Paths below the folder of an example. */
async function configurationsIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => /\.ya?ml$/.test(file)).sort();
}

/** The commands about one configuration, without it: `validate`, `plan --detailed-exitcode 0`. */
function commandsFor({ commands }: Example, file: string): readonly string[] {
  return commands.flatMap(({ args, exitCode }) => {
    const at = args.indexOf('-c');
    const config = at < 0 ? 'ledgerform.yaml' : args[at + 1];
    if (config === undefined || !leadsTo(config, file)) return [];
    const words = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
    const code = words.includes('--detailed-exitcode') ? [String(exitCode)] : [];
    return [[...words, ...code].join(' ')];
  });
}

/** Whether `-c` leads to a file: by its name, its folder, or a pattern for either. */
function leadsTo(config: string, file: string): boolean {
  const ways = basename(file) === 'ledgerform.yaml' ? [file, dirname(file)] : [file];
  const segments = config.split('/');
  const matches = (way: string): boolean => {
    const names = way.split('/');
    return (
      names.length === segments.length && names.every((name, at) => matchesName(name, segments[at] ?? ''))
    );
  };
  return config === '.' || file.startsWith(`${config}/`) || ways.some(matches);
}

test.run();
