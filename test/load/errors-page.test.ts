import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fix } from '../../src/load/fix.ts';
import { type Loaded, load } from '../../src/load/load.ts';
import type { Environment } from '../../src/model/desired.ts';
import { fileCodes, problemCodes } from '../../src/model/problem-codes.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

const test = suite('docs/errors.md');
const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(root, 'docs', 'errors.md'), 'utf8');

interface Fence {
  readonly info: string;
  readonly body: string;
}

interface Example {
  readonly code: string;
  readonly failing: Fence;
  readonly files: readonly Fence[];
  readonly repaired: Fence;
}

const sections = page
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ code: /^\w+/.exec(text)?.[0] ?? '', fences: fencesOf(text) }));
const examples = sections.flatMap(({ code, fences }) => examplesOf(code, fences));

function fencesOf(text: string): readonly Fence[] {
  return [...text.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    info,
    body,
  }));
}

/** A failing fence, the files beside it, and the repaired fence that ends the example. */
function examplesOf(code: string, fences: readonly Fence[]): readonly Example[] {
  const found: Example[] = [];
  let failing: Fence | null = null;
  let files: Fence[] = [];
  for (const fence of fences) {
    if (fence.info.startsWith('yaml fails')) [failing, files] = [fence, []];
    else if (failing && /^yaml (repaired|fixed)/.test(fence.info))
      found.push({ code, failing, files, repaired: fence });
    else files.push(fence);
  }
  return found;
}

async function loadText(
  text: string,
  files: readonly Fence[],
  environment: Environment | null,
): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-errors-'));
  try {
    const written = text.replace(/A×(\d+)/g, (_, times: string) => 'A'.repeat(Number(times)));
    await writeFile(join(folder, 'ledgerform.yaml'), written);
    for (const { info, body } of files) {
      const path = join(folder, /file=(\S+)/.exec(info)?.[1] ?? 'unnamed');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, info.startsWith('base64') ? Buffer.from(body, 'base64') : body);
      const megabytes = /megabytes=(\d+)/.exec(info)?.[1];
      if (megabytes) await truncate(path, Number(megabytes) * 1024 * 1024);
    }
    const options = { path: '.', environment, variables: {}, allowOutside: false, root: folder, cwd: folder };
    return await load(options, kinds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const environmentOf = (info: string): Environment | null =>
  (['local', 'sandbox', 'production'] as const).find((each) => info.includes(`environment=${each}`)) ?? null;

for (const { code, failing, files, repaired } of examples) {
  test(`${code}: ${failing.body.split('\n').slice(0, 2).join(' / ').slice(0, 60)} fails as the page says`, async () => {
    const environment = environmentOf(failing.info);
    const broken = await loadText(failing.body, files, environment);
    const at = /(\d+:\d+)/.exec(failing.info)?.[1];
    const file = /file=(\S+)/.exec(failing.info)?.[1] ?? 'ledgerform.yaml';
    const told = broken.problems.map((each) => `${each.code} ${each.file} ${each.line}:${each.column}`);
    assert.equal(told, [`${code} ${file} ${at}`]);
    assert.ok(broken.problems.every((each) => each.hint !== null && each.message !== ''));
    const mended = await loadText(repaired.body, files, environment);
    assert.equal(mended.problems, []);
    const [fixed] = fix(broken);
    assert.equal(fixed?.text ?? null, repaired.info === 'yaml fixed' ? repaired.body : null);
  });
}

test('every code has a section with an example or a row in the table', () => {
  const rows = new Set([...page.matchAll(/^\| `(\w+)` \|.+\|.+\|.+\|$/gm)].map(([, code]) => code));
  const described = new Set([...examples.map((example) => example.code), ...rows]);
  assert.equal(
    problemCodes.filter((code) => !described.has(code)),
    [],
  );
  const known = new Set<unknown>(problemCodes);
  assert.equal(
    [...described].filter((code) => !known.has(code)),
    [],
  );
});

test('every code that loading a configuration can give has a failing example', async () => {
  const folder = join(root, 'src', 'load');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.includes('.gen.'));
  const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const shown = new Set(examples.map((example) => example.code));
  const given = problemCodes.filter((code) => sources.some((source) => source.includes(`'${code}'`)));
  assert.ok(given.length > 20);
  assert.equal(
    given.filter((code) => !shown.has(code)),
    [],
  );
});

test('every section has an example', () => {
  assert.equal(
    sections.filter(({ code }) => !examples.some((example) => example.code === code)),
    [],
  );
});

test('the codes of files, of which SARIF promises an input and its repair, are those that have them here', () => {
  assert.equal(
    [...fileCodes],
    sections.map(({ code }) => code),
  );
});

test.run();
