import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localCredentials } from '../../src/emulator/emulator.ts';
import { faultKinds, parseFault } from '../../src/emulator/faults.ts';
import { withLocal } from './local-client.ts';

const test = suite('docs/local.md');
const page = readFileSync('docs/local.md', 'utf8');

test('the seed on the page is one', () => {
  const [, text = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return withLocal({ seed: JSON.parse(text) }, async (local) => {
    assert.is((await local.list('/ledger-accounts')).length, 2);
    assert.is((await local.list('/payables')).length, 1);
    assert.is(local.emulator.stats().rejected, 0);
  });
});

test('the faults on the page are those that there are', () => {
  const kinds = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
  assert.equal(kinds, Object.keys(faultKinds));
  const examples = [...page.matchAll(/--fault '([^']*\d)'/g)].map(([, text = '']) => parseFault(text).kind);
  assert.equal(examples, ['reset-after-commit', 'status']);
});

test('the credentials on the page are the ones accepted', () => {
  assert.ok(page.includes(localCredentials.id) && page.includes(localCredentials.secret));
});

test('the requests by hand are answered', async () => {
  const [, id = ''] = /^id=(\S+)/m.exec(page) ?? [];
  const [, version = ''] = /version='([^']*)'/.exec(page) ?? [];
  const lines = page.split('\n').filter((line) => line.includes('curl -s'));
  assert.is(lines.length, 3);
  await withLocal({}, async (local) => {
    let token = '';
    const filled = (text: string): string =>
      text.replaceAll('$id', id).replaceAll('$version', version).replaceAll('$token', token);
    for (const line of lines) {
      const [, path = ''] = /"\$TESOURO_API_URL([^"]*)"/.exec(line) ?? [];
      const headers = [...line.matchAll(/-H (["'])(.*?)\1/g)].map(([, , text = '']): [string, string] => {
        const [name = '', ...value] = filled(text).split(': ');
        return [name, value.join(': ')];
      });
      const [, body] = /-d '([^']*)'/.exec(line) ?? [];
      const method = body === undefined ? {} : { method: 'POST', body };
      const answer = await fetch(`${local.emulator.url}${filled(path)}`, { headers, ...method });
      assert.is(answer.status, 200, line);
      const document: { readonly access_token?: string } = JSON.parse(await answer.text());
      token ||= document.access_token ?? '';
    }
  });
});

test.run();
