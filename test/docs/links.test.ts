import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/* Where the pages lead to. No network: what is absolute is compared with what we know to be there. */

const test = suite('the links of the pages');

const known: readonly string[] = [
  'https://developer.konghq.com/deck/gateway/diff/',
  'https://developer.konghq.com/deck/gateway/sync',
  'https://developer.konghq.com/deck/gateway/workspaces',
  'https://developer.konghq.com/kongctl/declarative',
  'https://developer.konghq.com/kongctl/declarative/ownership/',
  'https://developer.konghq.com/kongctl/declarative/planning/',
  'https://github.com/StackExchange/dnscontrol',
  'https://github.com/lukeed/uvu',
  'https://github.com/neovim/nvim-lspconfig',
  'https://github.com/octodns/octodns',
  'https://keepachangelog.com/en/1.1.0/',
  'https://kong.github.io/kongctl/declarative-configuration/adopt-existing-resources/',
  'https://marketplace.visualstudio.com/items?itemName=redhat.vscode-yaml',
  'https://opentofu.org/docs/cli/commands/apply',
  'https://opentofu.org/docs/cli/commands/plan',
  'https://opentofu.org/docs/language/state/encryption/',
  'https://semver.org/spec/v2.0.0.html',
  'https://www.jetbrains.com/help/idea/yaml.html#use-schema-keyword',
];

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...markdownIn('docs'),
  ...markdownIn('examples'),
];

interface Link {
  readonly page: string;
  readonly target: string;
}

const links = pages.flatMap((page) => {
  const text = withoutCode(readFileSync(page, 'utf8'));
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]*)>?[^)]*\)/g)];
  const others = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm), ...text.matchAll(/<(https?:[^>\s]*)>/g)];
  return [...inline, ...others].map(([, target = '']): Link => ({ page, target }));
});

test('there are some on every page that leads on', () => {
  for (const page of ['README.md', 'docs/drift.md', 'docs/recovering.md'])
    assert.ok(
      links.some((link) => link.page === page),
      page,
    );
});

test('lead to files and folders that are there, and to headings of theirs', () => {
  const broken = links.filter(({ page, target }) => {
    if (/^[a-z]+:/i.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (file.startsWith('..') || !existsSync(file)) return true;
    return anchor !== undefined && (statSync(file).isDirectory() || !anchorsOf(file).includes(anchor));
  });
  assert.equal(broken, []);
});

test('lead to every page of docs/ from its index, and from the README to the index', () => {
  const from = (page: string): readonly string[] =>
    links
      .filter((link) => link.page === page)
      .map(({ target }) => normalize(join(dirname(page), target.split('#')[0] ?? '')).replaceAll('\\', '/'));
  const index = from('docs/README.md');
  assert.equal(
    markdownIn('docs').filter((page) => page !== 'docs/README.md' && !index.includes(page)),
    [],
  );
  assert.ok(from('README.md').includes('docs/README.md'));
});

test('lead to nothing invented elsewhere', () => {
  const elsewhere = links.filter(({ target }) => /^[a-z]+:/i.test(target));
  assert.equal(
    elsewhere.filter(({ target }) => !known.includes(target)),
    [],
  );
  assert.equal([...new Set(elsewhere.map(({ target }) => target))].sort(), known);
});

test('files that a page names as `path` are there', () => {
  const named = pages.flatMap((page) =>
    [
      ...readFileSync(page, 'utf8').matchAll(
        /`((?:docs|examples|src|test|scripts|schemas|bench)\/[\w./-]+)`/g,
      ),
    ].map(([, target = '']): Link => ({ page, target })),
  );
  assert.ok(named.length > 20, String(named.length));
  assert.equal(
    named.filter(({ target }) => !existsSync(target)),
    [],
  );
});

function markdownIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort();
}

/** Without fences, comments and code, in which brackets mean something else. */
function withoutCode(text: string): string {
  return text
    .replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '')
    .replace(/^<!--[\s\S]*?-->/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()<>]/g, ''));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8').replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '');
  const times = new Map<string, number>();
  return [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, title = '']) => {
    const anchor = title
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = times.get(anchor) ?? 0;
    times.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

test.run();
