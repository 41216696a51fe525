import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pipelineIn } from './gitlab-runner.ts';
import { complaintsAbout } from './gitlab-structure.ts';

const test = suite('the structure of the pipeline for GitLab');
const folder = 'templates/gitlab';
const main = join(folder, 'ledgerform.gitlab-ci.yml');

for (const name of readdirSync(folder))
  test(`nothing is to be said of ${name}`, () => {
    assert.equal(complaintsAbout(readFileSync(join(folder, name), 'utf8')), []);
  });

for (const [what, from, to, complaint] of [
  ['a keyword that is none', 'artifacts:', 'artefacts:', 'artefacts is no keyword'],
  ['a keyword of a rule that is none', '- if: $CI', '- iff: $CI', 'iff is no keyword'],
  ['a job that is not there', 'extends: .ledgerform', 'extends: .ledger', 'which is not there'],
  ['a stage that is none', 'stage: deploy', 'stage: apply', 'stage is no'],
  ['a line of a script that is no text', '- exitcode=0', '- exit: code', 'is no text'],
  ['a variable that is no text', "GIT_DEPTH: '0'", 'GIT_DEPTH: 0', 'GIT_DEPTH is no text'],
  ['a condition that is none', '== "schedule"', '= "schedule"', 'is no condition'],
  ['a key that is there twice', 'stage: deploy', 'stage: deploy\n  stage: test', 'unique'],
  ['a job without a script', '  script:', '  after:', 'has no script'],
] as const)
  test(`${what} is noticed`, () => {
    const text = readFileSync(main, 'utf8');
    const changed = text.replace(from, to);
    assert.not.equal(changed, text);
    assert.match(complaintsAbout(changed).join('\n'), complaint);
  });

test('what applies and what repairs never runs beside another, and is never broken off', async () => {
  const jobs = (await pipelineIn(main)) as unknown as Readonly<Record<string, Record<string, unknown>>>; // more of the same jobs
  const { 'ledgerform-apply': apply, 'ledgerform-drift': drift } = jobs;
  assert.is(apply?.resource_group, 'ledgerform');
  assert.is(drift?.resource_group, apply?.resource_group);
  assert.is(apply?.interruptible, false);
});

test('the token that can push stands in the job that applies alone', async () => {
  for (const [name, job] of Object.entries(await pipelineIn(main)))
    assert.is(JSON.stringify(job).includes('$LEDGERFORM_PUSH_TOKEN'), name === 'ledgerform-apply', name);
});

test.run();
