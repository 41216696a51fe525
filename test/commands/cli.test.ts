import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import manifest from '../../package.json' with { type: 'json' };
import { catalog } from '../../src/commands/catalog.ts';
import type { CommandSpec } from '../../src/commands/command-spec.ts';
import { examples, examplesText } from '../../src/commands/help.ts';
import { accounts, codesOf, configuration, jsonOf, openWorkbench } from './workbench.ts';

const test = suite('the command line');
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts, 'local') });
test.after(() => bench.remove());

test('--version prints the version and nothing else', async () => {
  for (const option of ['--version', '-V'])
    assert.equal(await bench.run([option]), { code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

const paths = (
  specs: readonly CommandSpec[],
  above: readonly string[] = [],
): readonly (readonly string[])[] =>
  specs.flatMap((spec) => [[...above, spec.name], ...paths(spec.subcommands ?? [], [...above, spec.name])]);

for (const path of [[], ...paths(catalog)])
  test(`${['ledgerform', ...path].join(' ')} --help explains itself with examples`, async () => {
    const { code, stderr, stdout } = await bench.run([...path, '--help']);
    assert.is(code, 0);
    assert.is(stderr, '');
    assert.match(stdout, /^Usage: ledgerform/);
    const shown = examples[path.join(' ') || 'ledgerform'] ?? [];
    assert.ok(shown.length > 0);
    for (const [line] of shown) assert.ok(stdout.includes(line), line);
  });

test('every example in a help is a command line that is understood', async () => {
  const lines = Object.values(examples).flatMap((rows) => rows.map(([line]) => line));
  for (const line of lines) {
    const words =
      /ledgerform [^|>)]+/
        .exec(line)?.[0]
        .match(/"[^"]*"|\S+/g)
        ?.slice(1) ?? [];
    const { code, stderr } = await bench.run([...words.map((word) => word.replaceAll('"', '')), '--help']);
    assert.is(code, 0, `${line}: ${stderr}`);
  }
});

test('what an example does stands below it where a terminal has no room beside it', () => {
  const [[command, why] = ['', '']] = examples.fmt ?? [];
  const beside = new RegExp(`^  ${command} {2,}${why}$`, 'm');
  for (const room of [200, Number.POSITIVE_INFINITY]) assert.match(examplesText('fmt', room), beside);
  assert.ok(examplesText('fmt', 80).includes(`\n  ${command}\n      ${why}\n`));
});

test('the bare name prints the help, as --help does', async () => {
  assert.equal(await bench.run([]), await bench.run(['--help']));
});

test('a configuration that is not there is to be written or named, and no place in it is shown', async () => {
  for (const command of ['plan', 'validate']) {
    const { code, stderr, stdout } = await bench.run([command, '-c', 'none.yaml']);
    assert.is(code, 3);
    assert.match(stderr + stdout, /FILE_NOT_FOUND none\.yaml\n[^\n]*\n[^\n]*name it with -c/);
  }
  await bench.write('extending.yaml', configuration('extends: [nobody.yaml]\n'));
  const { stderr } = await bench.run(['plan', '-c', 'extending.yaml']);
  assert.match(stderr, /FILE_NOT_FOUND extending\.yaml:\d+:\d+\n[\s\S]*spelling/);
});

const refused: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
  ['an unknown command', ['plam'], /plam[\s\S]*plan/],
  ['an unknown option', ['plan', '--detailed-exit-code'], /--detailed-exit-code[\s\S]*--detailed-exitcode/],
  ['an option of another command', ['plan', '--auto-approve'], /--auto-approve/],
  ['an option without a command', ['--stats'], /command/],
  ['a subcommand that is missing', ['local'], /command/],
  ['an unknown subcommand', ['local', 'stop'], /stop/],
  ['an argument too many', ['validate', 'x'], /argument/],
  ['a missing argument', ['list'], /kind/],
  ['a kind that does not exist', ['list', 'accounts'], /ledger_accounts/],
  ['a value that is missing', ['plan', '--out'], /--out/],
  ['an option in place of a value', ['plan', '--out', '--stats'], /--out/],
  ['a format that does not exist', ['plan', '--format', 'xml'], /human, json/],
  ['a format of another command', ['plan', '--format', 'csv'], /human, json/],
  ['an environment that does not exist', ['plan', '--env', 'test'], /sandbox/],
  ['a concurrency of zero', ['plan', '--concurrency', '0'], /1 to 200/],
  ['a concurrency that is no number', ['plan', '--concurrency', 'many'], /whole number/],
  ['a rate limit with decimals', ['plan', '--rate-limit', '1.5'], /whole number/],
  ['a negative number', ['plan', '--allow-deletes', '-1'], /whole number/],
  ['a timeout of zero', ['plan', '--timeout', '0'], /seconds/],
  ['a timeout of hours', ['plan', '--timeout', '1e9'], /seconds/],
  ['a settle time out of range', ['apply', '--settle', '301'], /seconds/],
  ['a port out of range', ['local', 'start', '--port', '65536'], /65535/],
  ['a report in no form', ['plan', '--report', 'plan.md'], /FORMAT=FILE/],
  ['a report in a form that does not exist', ['plan', '--report', 'pdf=x'], /human, json, markdown/],
  ['an argument that is missing', ['import', 'csv'], /→ ledgerform import csv --help/],
  ['a value that there is not', ['export', 'csv', '--as', 'sage'], /→ ledgerform export csv --help/],
  ['a report without a file', ['plan', '--report', 'junit='], /FORMAT=FILE/],
  ['a report into a folder that is not there', ['plan', '--report', 'junit=no/x.xml'], /no such file/],
  ['a report in the place of a folder', ['plan', '--report', 'junit=.'], /regular file/],
  ['two reports into one file', ['plan', '--report', 'junit=x', '--report', 'sarif=./x'], /twice/],
  ['a report of a command without a result', ['list', 'products', '--report', 'json=x'], /validate, plan/],
];
for (const [what, args, says] of refused)
  test(`${what} is an error, for people and for programs`, async () => {
    const human = await bench.run(args);
    assert.is(human.code, 3);
    assert.is(human.stdout, '');
    assert.match(human.stderr, says);
    const json = await bench.run(
      [...args.slice(0, 1), '--json', ...args.slice(1)].filter((arg) => arg !== ''),
    );
    assert.is(json.code, 3);
    const document = jsonOf(json);
    assert.equal([document.ok, document.exit_code, codesOf(document)], [false, 3, ['OPTION_INVALID']]);
  });

test('--json beside another format is an error', async () => {
  const ran = await bench.run(['list', 'products', '--json', '--format', 'csv']);
  assert.is(ran.code, 3);
  assert.equal(codesOf(jsonOf(ran)), ['OPTION_INVALID']);
});

test('LEDGERFORM_ENV must be an environment', async () => {
  const { code, stdout } = await bench.run(['validate', '--json'], { LEDGERFORM_ENV: 'staging' });
  assert.is(code, 3);
  assert.equal(codesOf(jsonOf({ code, stdout, stderr: '' })), ['OPTION_INVALID']);
});

test('common options may stand before the command', async () => {
  const before = await bench.run(['--json', '-c', 'ledgerform.yaml', 'validate']);
  const after = await bench.run(['validate', '--json', '-c', 'ledgerform.yaml']);
  assert.is(before.code, 0);
  assert.is(before.stdout, after.stdout);
});

test.run();
