import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorProblem } from '../../src/model/problem.ts';
import { type RenderedFormat, resultText } from '../../src/render/result-text.ts';
import {
  harmInGithub,
  harmInHtml,
  harmInJson,
  harmInLines,
  harmInMarkdown,
} from '../reliability/hostile/texts.ts';
import { matchesGolden } from './golden.ts';
import { misfits } from './junit-shape.ts';
import { fullPlan, partialReport, resultOf, results, resultView } from './result-document.ts';
import { isSarif } from './sarif-schema.ts';
import { readXml } from './xml-reader.ts';

const test = suite('results for pull requests and pipelines');

const endings: Readonly<Record<RenderedFormat, string>> = {
  markdown: 'md',
  github: 'github.txt',
  sarif: 'sarif.json',
  junit: 'junit.xml',
  html: 'html',
};
const checks: Readonly<Record<RenderedFormat, (text: string) => void>> = {
  markdown: (text) => assert.is(harmInMarkdown(text), null),
  github: (text) => assert.is(harmInGithub(text), null),
  sarif: (text) => {
    assert.is(harmInJson(text), null);
    assert.ok(isSarif(JSON.parse(text)), JSON.stringify(isSarif.errors));
  },
  junit: (text) => {
    assert.is(harmInLines(text), null);
    assert.equal(misfits(readXml(text)), []);
  },
  html: (text) => assert.is(harmInHtml(text), null),
};
const formats = Object.keys(endings) as readonly RenderedFormat[];

for (const [name, result] of Object.entries(results))
  for (const format of formats)
    test(`${name} as ${format} is valid, and says what it said`, () => {
      const text = resultText(format, result, resultView);
      checks[format](text);
      matchesGolden(`results/${name}.${endings[format]}`, withoutLooks(text));
    });

/** A page without its style, its script and their hashes, which are the same in all of them. */
const withoutLooks = (text: string): string =>
  text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1>…</$1>').replace(/sha256-[\w+/=]+/g, 'sha256-…');

const markdown = (name: string): string =>
  resultText('markdown', results[name] ?? resultOf('plan'), resultView);

test('a comment begins with the marker of its organization and environment, whatever the command', () => {
  const marker = '<!-- ledgerform:9d2b4c8f-2087-4738-ba91-7359683c49a4:sandbox -->\n';
  for (const name of ['plan-changes', 'plan-failed', 'drift', 'apply-partial', 'validate-valid'])
    assert.ok(markdown(name).startsWith(marker), name);
  assert.ok(markdown('many').startsWith('<!-- ledgerform:organizations:a1b2c3d4e5f6 -->\n'));
  assert.ok(markdown('validate-wrong').startsWith('<!-- ledgerform:orgs%2Facme%2Fledgerform.yaml -->\n'));
});

test('refusals stand in front of every section, and none of them is folded away', () => {
  const text = markdown('plan-refused');
  const refused = text.indexOf('**Refused; nothing will be written**');
  assert.ok(refused > 0 && refused < text.indexOf('<details>'));
  assert.ok(text.indexOf('TOO_MANY_DELETES') < text.indexOf('<details>'));
});

test('drift shows what guards would refuse nowhere, and tells what waits and what rules would fill apart', () => {
  const refused = errorProblem('TOO_MANY_DELETES', 'Too many.');
  const plan = { ...fullPlan, warnings: [refused] };
  for (const format of formats)
    assert.not.match(
      resultText(format, resultOf('drift', { plan, exit_code: 2 }), resultView),
      'TOO_MANY_DELETES',
    );
  const text = markdown('drift');
  assert.match(
    text,
    /^### Ledgerform drift: 1 drifted, 10 changes not yet applied, 6 gaps that rules would fill$/m,
  );
  assert.match(text, 'Not yet applied, no drift');
  assert.match(text, 'Gaps that rules would fill, no drift');
});

test('organizations of which the same is to be said are told once', () => {
  const text = markdown('many');
  assert.match(
    text,
    '<b>2 organizations: the same 6 changes</b>: 1 to create, 2 to update, 2 to set, 1 to delete',
  );
  assert.is(text.match(/1090 Cash clearing<\/code><br>/g)?.length, 2);
  assert.match(
    text,
    /^### Ledgerform plan, 5 organizations: 1 failed, 1 refused, 2 with changes, 1 unchanged, 1 skipped$/m,
  );
});

test('the tests of a plan pass for its changes; of drift those fail that have drifted', () => {
  const failed = (name: string) =>
    readXml(resultText('junit', results[name] ?? resultOf('plan'), resultView)).attributes.get('failures');
  assert.is(failed('plan-changes'), '0');
  assert.is(failed('plan-refused'), '2');
  assert.is(failed('drift'), '1');
  assert.is(failed('validate-wrong'), '1');
  assert.is(failed('plan-failed'), '1');
  const { failed: lost } = partialReport.summary;
  // And the end check.
  assert.is(failed('apply-partial'), `${lost + 1 + 1}`);
});

test('a run over no organization at all is a document of its own', () => {
  for (const format of formats)
    checks[format](
      resultText(format, { command: 'plan', organizations: [], many: true, exit_code: 0 }, resultView),
    );
});

test('of very many problems and changes the first are annotated, and the rest are counted', () => {
  const problems = Array.from({ length: 300 }, (_, at) => errorProblem('UNKNOWN_KEY', `Key ${at}.`));
  const [change] = fullPlan.changes;
  const changes = Array.from({ length: 70 }, (_, at) =>
    change ? [{ ...change, address: `ledger_accounts.a${at}`, warnings: [] }] : [],
  ).flat();
  const text = resultText(
    'github',
    resultOf('plan', { problems, plan: { ...fullPlan, changes } }),
    resultView,
  );
  assert.is(harmInGithub(text), null);
  assert.is(text.match(/^::error /gm)?.length, 50);
  assert.match(text, 'and 251 more errors');
  assert.match(text, 'and 21 more notices');
});

test('places are URIs that lead to the file, whatever it is called', () => {
  const rows: readonly (readonly [path: string, uri: string])[] = [
    ['orgs/a b/ü#1?.yaml', 'orgs/a%20b/%C3%BC%231%3F.yaml'],
    ['a:b.yaml', 'a%3Ab.yaml'],
    ['100%.yaml', '100%25.yaml'],
    ['/tmp/a b.yaml', 'file:///tmp/a%20b.yaml'],
    ['C:\\books\\a.yaml', 'file:///C:/books/a.yaml'],
    ['../x.yaml', '../x.yaml'],
    ['half\ud800.yaml', 'half%EF%BF%BD.yaml'],
    ['a\u202eb.yaml', 'a%E2%80%AEb.yaml'],
  ];
  for (const [file, uri] of rows) {
    const problems = [errorProblem('UNKNOWN_KEY', 'x', { origin: { file, line: 1, column: 1 } })];
    const text = resultText('sarif', resultOf('validate', { problems, exit_code: 3 }), resultView);
    checks.sarif(text);
    assert.match(text, `"uri": ${JSON.stringify(uri)}`);
  }
});

test('brackets and braces of a message make no link and no placeholder', () => {
  const problems = [errorProblem('UNKNOWN_KEY', 'see [x](https://example.invalid) {0}')];
  const text = resultText('sarif', resultOf('validate', { problems, exit_code: 3 }), resultView);
  assert.match(text, JSON.stringify('see [x] (https://example.invalid) {{0}}'));
});

test.run();
