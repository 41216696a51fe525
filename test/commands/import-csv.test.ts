import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codesOf, configuration, jsonOf, openWorkbench } from './workbench.ts';

const test = suite('ledgerform import csv and export csv');

const chart = `code,name,type,description
0010,Land,Asset,
0980,Cash,Asset,The till
4010,"=HYPERLINK(""x"")",Income,
4020,Fees,Income,
4010,Twice,Income,
,Total,,
`;
const body = `ledger_accounts:
  cash: { name: Kasse, nominal_code: "0980" } # till
`;
const bench = await openWorkbench();
test.before.each(async () => {
  await bench.write('ledgerform.yaml', configuration(body, 'local'));
  await bench.write('chart.csv', chart);
});
test.after(() => bench.remove());

test('rows go into the configuration, a second time nothing does, and the plan is that of the rows', async () => {
  const first = await bench.run(['import', 'csv', 'chart.csv', '--json']);
  assert.is(first.code, 0);
  const { added, columns, layout, problems, unchanged } = jsonOf(first);
  assert.equal(
    { added, columns, layout, unchanged },
    {
      added: ['ledger_accounts.land', 'ledger_accounts.hyperlink_x', 'ledger_accounts.fees'],
      columns: { name: 'name', code: 'code', type: 'type', description: 'description' },
      layout: 'plain',
      unchanged: 0,
    },
  );
  assert.equal(codesOf({ problems }), ['ROW_SKIPPED', 'ROW_SKIPPED', 'ROW_DIFFERS']);
  const text = await bench.read('ledgerform.yaml');
  assert.ok(text.startsWith(configuration(body, 'local').trimEnd()), text);
  const second = await bench.run(['import', 'csv', 'chart.csv']);
  assert.is(second.code, 0);
  assert.match(second.stdout, 'Nothing to write');
  assert.is(await bench.read('ledgerform.yaml'), text);
  const applied = await bench.run(['apply', '--auto-approve', '--json']);
  assert.is(applied.code, 0);
  const live = await bench.run(['export', 'csv', '--live', '--json']);
  const { rows } = jsonOf(live);
  assert.ok(Array.isArray(rows));
  assert.equal(
    rows.map(({ code, name }: { readonly code: string; readonly name: string }) => `${code} ${name}`),
    ['0010 Land', '0980 Kasse', '4010 =HYPERLINK("x")', '4020 Fees'],
  );
});

test('--update changes what differs, and an export gives the chart back', async () => {
  assert.is((await bench.run(['import', 'csv', 'chart.csv', '--update'])).code, 0);
  assert.match(
    await bench.read('ledgerform.yaml'),
    'cash: { name: Cash, nominal_code: "0980", description: The till } # till\n',
  );
  const exported = await bench.run(['export', 'csv']);
  assert.is(
    exported.stdout,
    [
      'code,name,type,description',
      '0980,Cash,,The till',
      '0010,Land,Asset,',
      '4010,"\'=HYPERLINK(""x"")",Income,',
      '4020,Fees,Income,',
      '',
    ].join('\r\n'),
  );
});

test('a new file is a fragment, is written once, and another one stays unless it is to be replaced', async () => {
  const out = ['import', 'csv', 'chart.csv', '--out', 'new/chart.yaml'];
  const schema = 'schemas/ledgerform.v1.schema.json';
  const { stdout } = await bench.run(out);
  assert.match(stdout, /Written into new\/chart.yaml.*\nWritten: schemas.*\nNext: name new\/chart.yaml/);
  assert.is(await bench.read(schema), (await bench.run(['schema'])).stdout);
  const text = await bench.read('new/chart.yaml');
  const modeline = `# yaml-language-server: $schema=../${schema}\n`;
  assert.ok(text.startsWith(`${modeline}ledger_accounts:\n  land: # type: Asset\n`), text);
  const again = jsonOf(await bench.run([...out, '--json']));
  assert.equal([again.outcome, again.added, again.unchanged], ['unchanged', [], 4]);
  await bench.write('new/chart.yaml', '# mine\n');
  const refused = await bench.run([...out, '--json']);
  assert.equal([refused.code, codesOf(jsonOf(refused))], [4, ['FILE_EXISTS']]);
  assert.is(await bench.read('new/chart.yaml'), '# mine\n');
  assert.is((await bench.run([...out, '--force'])).code, 0);
  assert.is(await bench.read('new/chart.yaml'), text);
  const printed = await bench.run(['import', 'csv', 'chart.csv', '--out', '-']);
  // It would stand where the configuration does.
  assert.is(printed.stdout, text.replace('=../', '=./'));
  const into = await bench.run(['import', 'csv', 'chart.csv', '--into', 'new/chart.yaml']);
  assert.match(into.stdout, 'Nothing to write');
});

test('what is written is in canonical form and stays so, and what comes next can be copied into a shell', async () => {
  const nasty = `code,name,type,description
0400,NO,,yes
"00",'quoted',a # b,"two
lines "
1e3,# none,,~
007,"back\\slash ""x""",{,${'long '.repeat(90)}
90,Ünï: κ,,- x
`;
  await bench.write('nasty.csv', nasty);
  const check = async (path: string): Promise<void> => {
    const ran = await bench.run(['fmt', '--check', path]);
    assert.equal([ran.code, ran.stdout], [0, ''], await bench.read(path));
  };
  for (const more of [[], ['--external']]) {
    await bench.run(['import', 'csv', 'nasty.csv', '--out', 'my chart.yaml', '--force', ...more]);
    await check('my chart.yaml');
  }
  await bench.write('my books.yaml', `${configuration('', 'local').trimEnd()}\n\nsettings: {}\n`);
  await bench.run(['fmt', 'my books.yaml']);
  const into = await bench.run(['import', 'csv', 'nasty.csv', '--into', 'my books.yaml']);
  assert.match(into.stdout, "\nNext: ledgerform plan -c 'my books.yaml'\n");
  await check('my books.yaml');
  const updated = await bench.run(['import', 'csv', 'chart.csv', '--into', 'my books.yaml', '--update']);
  assert.is(updated.code, 0);
  await check('my books.yaml');
});

test('a spreadsheet of which nothing can be taken is refused, and one without rows adds nothing', async () => {
  await bench.write('fractions.csv', 'name,rate\nA,0.2\nB,0.07\n');
  const refused = await bench.run(['import', 'csv', 'fractions.csv', '--out', 'new/rates.yaml', '--json']);
  assert.equal([refused.code, codesOf(jsonOf(refused))], [3, ['CSV_FORM', 'ROW_SKIPPED', 'ROW_SKIPPED']]);
  await bench.write('headers.csv', 'code,name\n');
  const empty = await bench.run(['import', 'csv', 'headers.csv', '--out', 'new/empty.yaml']);
  assert.is(empty.code, 0);
  assert.match(empty.stdout, 'no row');
  assert.not.match(empty.stdout, 'new/empty.yaml');
});

test('a chart that others extend is known: only what is new goes into the own file', async () => {
  await bench.write('base.yaml', 'ledger_accounts:\n  land: { name: Land, nominal_code: "0010" }\n');
  await bench.write('ledgerform.yaml', configuration(`extends: [base.yaml]\n${body}`, 'local'));
  const { added } = jsonOf(await bench.run(['import', 'csv', 'chart.csv', '--json']));
  assert.equal(added, ['ledger_accounts.hyperlink_x', 'ledger_accounts.fees']);
});

test('a row is written whole or not at all', async () => {
  const shared = `ledger_accounts:\n  cash: { name: "\${var.N:-Kasse}", nominal_code: "0980", description: Till }\n`;
  await bench.write('ledgerform.yaml', configuration(shared, 'local'));
  const ran = jsonOf(await bench.run(['import', 'csv', 'chart.csv', '--update', '--json']));
  assert.equal([ran.updated, codesOf(ran).at(-1)], [[], 'NOT_WRITTEN']);
  assert.ok((await bench.read('ledgerform.yaml')).startsWith(configuration(shared, 'local')));
});

test('what cannot be read or written changes no file', async () => {
  const before = await bench.read('ledgerform.yaml');
  const cases: readonly (readonly [args: readonly string[], code: number, problem: string])[] = [
    [['none.csv'], 3, 'FILE_NOT_FOUND'],
    [['.'], 3, 'FILE_UNREADABLE'],
    [['large.csv'], 3, 'FILE_TOO_LARGE'],
    [['binary.csv'], 3, 'FILE_NOT_TEXT'],
    [['open.csv'], 3, 'CSV_FORM'],
    [['unknown.csv'], 3, 'CSV_FORM'],
    [['chart.csv', '-c', 'none.yaml'], 3, 'FILE_NOT_FOUND'],
    [['chart.csv', '--columns', 'code'], 3, 'OPTION_INVALID'],
    [['chart.csv', '--columns', 'type=x'], 3, 'OPTION_INVALID'],
    [['chart.csv', '--delimiter', 'x'], 3, 'OPTION_INVALID'],
    [['chart.csv', '--rules'], 3, 'OPTION_INVALID'],
  ];
  await bench.write('large.csv', `code,name\n${'1'.repeat(9 * 1024 * 1024)}`);
  await bench.write('binary.csv', 'code,name\n1,\0\n');
  await bench.write('open.csv', 'code,name\n1,"a\n');
  await bench.write('unknown.csv', 'Nummer,Wert\n1,a\n');
  await Promise.all(
    cases.map(async ([args, code, problem]) => {
      const ran = await bench.run(['import', 'csv', ...args, '--json']);
      assert.equal([ran.code, codesOf(jsonOf(ran))], [code, [problem]], args.join(' '));
    }),
  );
  await bench.write('wrong.yaml', 'version: 1\nledger_account: {}\n');
  const wrong = await bench.run(['import', 'csv', 'chart.csv', '--into', 'wrong.yaml', '--json']);
  assert.is(wrong.code, 3);
  assert.is(await bench.read('ledgerform.yaml'), before);
});

test('an export for DATEV is Windows-1252 in a file, and says which letter that does not have', async () => {
  await bench.write(
    'ledgerform.yaml',
    configuration('ledger_accounts:\n  a: { name: Gebäude – €, nominal_code: "0010" }\n', 'local'),
  );
  const printed = await bench.run(['export', 'csv', '--as', 'datev', '--json']);
  assert.equal([printed.code, codesOf(jsonOf(printed))], [3, ['OPTION_INVALID']]);
  const written = await bench.run(['export', 'csv', '--as', 'datev', '--out', 'datev.csv']);
  assert.is(written.code, 0);
  const bytes = await readFile(join(bench.folder, 'datev.csv'));
  assert.is(bytes.toString('latin1'), 'Konto;Kontenbeschriftung\r\n0010;Geb\u00e4ude \u0096 \u0080\r\n');
  const back = jsonOf(await bench.run(['import', 'csv', 'datev.csv', '--json']));
  assert.equal([back.encoding, back.layout, back.unchanged], ['windows-1252', 'datev', 1]);
  await bench.write(
    'ledgerform.yaml',
    configuration('ledger_accounts:\n  a: { name: 現金, nominal_code: "1" }\n', 'local'),
  );
  const refused = await bench.run(['export', 'csv', '--as', 'datev', '--out', 'other.csv', '--json']);
  assert.equal([refused.code, codesOf(jsonOf(refused))], [3, ['OPTION_INVALID']]);
});

test('what states neither code nor name is no row of an export, and is told', async () => {
  const pinned =
    'external:\n  ledger_accounts:\n    fees: { nominal_code: "404" }\n    arch: { id: 6100aaaa-0000-4000-8000-000000000001 }\n';
  await bench.write('ledgerform.yaml', configuration(pinned, 'local'));
  const { code, stderr, stdout } = await bench.run(['export', 'csv', '--external']);
  assert.equal([code, stdout], [0, 'code,name,type,description\r\n404,,,\r\n']);
  assert.match(stderr, /ROW_SKIPPED.*external\.ledger_accounts\.arch/);
});

test('an export does not write over another file, and gives no columns that a program does not have', async () => {
  const refused = await bench.run(['export', 'csv', '--out', 'ledgerform.yaml', '--json']);
  assert.equal([refused.code, codesOf(jsonOf(refused))], [4, ['FILE_EXISTS']]);
  assert.is(await bench.read('ledgerform.yaml'), configuration(body, 'local'));
  const rates = await bench.run(['export', 'csv', 'tax_rates', '--as', 'xero', '--json']);
  assert.equal([rates.code, codesOf(jsonOf(rates))], [3, ['OPTION_INVALID']]);
});

test('the file keeps its mode, and a link to it stays a link', async () => {
  await bench.write('real.yaml', configuration(body, 'local'));
  await chmod(join(bench.folder, 'real.yaml'), 0o640);
  await symlink('real.yaml', join(bench.folder, 'linked.yaml'));
  assert.is((await bench.run(['import', 'csv', 'chart.csv', '-c', 'linked.yaml'])).code, 0);
  assert.is((await stat(join(bench.folder, 'real.yaml'))).mode & 0o777, 0o640);
  assert.match(await bench.read('real.yaml'), 'land: # type: Asset');
});

test('hostile texts of a spreadsheet reach no terminal', async () => {
  const bytes = Buffer.from(
    'code,name,::error::\u001b[2J\n1,\u001b[31mred\n,,::error::x\n2,::set-output name=x::y\n',
  );
  await writeFile(join(bench.folder, 'hostile.csv'), bytes);
  const ran = await bench.run(['import', 'csv', 'hostile.csv']);
  assert.is(ran.code, 0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  assert.not.match(ran.stdout + ran.stderr, /\u001b|^\s*::/m);
  const exported = await bench.run(['export', 'csv']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  assert.not.match(exported.stdout, /\u001b|(^|,)"?\s*::/m);
});

test.run();
