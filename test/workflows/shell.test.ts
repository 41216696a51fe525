import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { organization } from '../commands/workbench.ts';
import { accounts, configuration, openStand, secrets } from './stand.ts';

/* The same as for GitHub and GitLab, with the recipe for every other pipeline. */

const test = suite('the shell recipe');
const ref = `refs/ledgerform/${organization}`;
const recipe = 'ledgerform.sh';

test('from change to merge to drift to repair, every line of it is run', async () => {
  const stand = await openStand('shell');
  try {
    const text = await readFile('templates/shell/ledgerform.sh', 'utf8');
    let count = 0;
    const run = async (
      word: string,
      sha: string,
      more: {
        readonly depth?: number;
        readonly path?: string;
        readonly environment?: object;
        readonly plan?: string;
        /** Which program runs it; that of the system is not traced. */
        readonly program?: 'sh' | 'bash';
      } = {},
    ) => {
      count += 1;
      const workspace = join(stand.folder, `job-${count}`);
      const home = { PATH: stand.path, HOME: stand.git.home };
      const depth = more.depth === undefined ? [] : [`--depth=${more.depth}`];
      const from = more.depth === undefined ? stand.git.remote : `file://${stand.git.remote}`;
      await execa('git', ['clone', '-q', ...depth, from, workspace], { env: home, extendEnv: false });
      await execa('git', ['checkout', '-q', '--detach', sha], {
        cwd: workspace,
        env: home,
        extendEnv: false,
      });
      if (more.plan !== undefined) await cp(more.plan, join(workspace, 'plan.json'));
      const script = stand.tracker.bash({ name: recipe, text });
      const program = more.program === 'sh' ? ['sh', join(workspace, recipe)] : ['bash', script.path];
      const { all, exitCode } = await execa(
        program[0] ?? '',
        [...program.slice(1), ...(word === '' ? [] : [word])],
        {
          cwd: workspace,
          all: true,
          extendEnv: false,
          reject: false,
          stdin: 'ignore',
          env: {
            PATH: more.path ?? stand.path,
            HOME: stand.git.home,
            CI: 'true',
            TESOURO_API_URL: stand.sandbox.emulator.url,
            ...secrets,
            ...more.environment,
            ...script.environment,
          },
        },
      );
      script.ended();
      return { code: exitCode, log: all, workspace };
    };

    const head = await stand.git.pushBranch('accounts', { 'ledgerform.yaml': configuration(accounts) });
    const bare = { ...stand.npm, LEDGERFORM_VERSION: await stand.packed() };
    const planned = await run('plan', head, { path: stand.barePath, environment: bare });
    assert.is(planned.code, 0, planned.log);
    assert.match(await readFile(join(planned.workspace, 'ledgerform-plan.md'), 'utf8'), '4010');
    const sha = await stand.git.squash('accounts');
    const applied = await run('apply', sha, { plan: join(planned.workspace, 'plan.json'), program: 'sh' });
    assert.is(applied.code, 0, applied.log);
    assert.is(await stand.git.atRemote(ref), sha);
    const again = await run('apply', sha, { plan: join(planned.workspace, 'plan.json') });
    assert.is(again.code, 0, again.log);

    await stand.meddle(accounts.replace('Consulting income', 'Changed by hand'));
    const shallow = await run('drift', sha, { depth: 1 });
    assert.is(shallow.code, 2, shallow.log);
    assert.is((await run('repair', sha)).code, 0);
    assert.is((await run('drift', sha, { program: 'sh' })).code, 0);

    for (const word of ['', 'nonsense']) assert.is((await run(word, sha)).code, 3);
    assert.equal(stand.tracker.notRun(), []);
  } finally {
    await stand.close();
  }
});

test.run();
