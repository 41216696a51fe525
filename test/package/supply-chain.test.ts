import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { freshBuild } from '../../scripts/fresh-build.ts';
import { releaseObstacles } from '../../scripts/release/release-obstacles.ts';

/* What comes in by a package, what goes out with the package, and who can say where it was built. */

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json('package.json');
const lock = json('package-lock.json');
const locked: readonly (readonly [path: string, entry: Readonly<Record<string, unknown>>])[] = Object.entries(
  lock.packages,
);
const test = suite('the supply chain');
test.before(async () => void (await freshBuild()));

test('an install runs nothing of ours and brings nothing else', () => {
  const atInstall = /^(pre|post)?(install|prepare|publish)$|^prepublish(Only)?$|^dependencies$/;
  assert.equal(
    Object.keys(manifest.scripts).filter((name) => atInstall.test(name)),
    [],
  );
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies'])
    assert.is(manifest[kind], undefined);
});

test('what development needs is pinned, and locked as it is pinned', () => {
  for (const [name, version] of Object.entries<string>(manifest.devDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
  assert.is(lock.lockfileVersion, 3);
  const [[path, root] = ['', {}]] = locked;
  assert.is(path, '');
  assert.equal(root.devDependencies, manifest.devDependencies);
  assert.equal([root.name, root.version], [manifest.name, manifest.version]);
});

test('every locked package comes from the registry of npm with a hash, and is of development', () => {
  const others = locked
    .slice(1)
    .filter(
      ([path, { integrity, resolved, link, version, dev, devOptional }]) =>
        !/^node_modules\//.test(path) ||
        typeof integrity !== 'string' ||
        !/^sha512-[\w+/]{86}==$/.test(integrity) ||
        !/^https:\/\/registry\.npmjs\.org\//.test(String(resolved ?? 'https://registry.npmjs.org/')) ||
        link !== undefined ||
        !/^\d+\.\d+\.\d+/.test(String(version)) ||
        (dev !== true && devOptional !== true),
    );
  assert.equal(others, []);
});

test('no package that is installed here runs a script', () => {
  const withScript = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path);
  assert.equal(
    Object.keys(manifest.allowScripts).map((name) => `node_modules/${name}`),
    withScript,
  );
  assert.ok(Object.values(manifest.allowScripts).every((allowed) => allowed === false));
  const ours = ['.ci/run', '.github/workflows/release.yml', 'action.yml'];
  const templates = readdirSync('templates', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(yml|sh)$/.test(path))
    .map((path) => join('templates', path));
  const ways = [...ours, ...templates].map((path) => readFileSync(path, 'utf8')).join('\n');
  for (const [line] of ways.matchAll(/^.*\bnpm (ci|install|pack)\b.*$/gm))
    if (!/^\s*#|echo /.test(line)) assert.match(line, '--ignore-scripts');
});

test('npm is set to pin versions', () => {
  assert.equal(readFileSync('.npmrc', 'utf8').trim().split('\n'), [
    'save-exact=true',
    'engine-strict=true',
    'fund=false',
    'audit=false',
  ]);
});

test('exactly what is meant is in the package', () => {
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stderr);
  const [{ files }]: readonly [{ files: readonly { path: string }[] }] = JSON.parse(stdout);
  const paths = files.map(({ path }) => path);
  const named = paths.filter((path) => !/^dist\/(chunks|types)\//.test(path));
  assert.equal(named.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'action.yml',
    'dist/THIRD_PARTY_LICENSES.txt',
    'dist/cli.js',
    'dist/index.js',
    'dist/sbom.cdx.json',
    'package.json',
    ...readdirSync('schemas').map((name) => `schemas/${name}`),
    'templates/github/ledgerform-apply.yml',
    'templates/github/ledgerform-drift.yml',
    'templates/github/ledgerform-plan.yml',
    'templates/gitlab/gitlab-ci.yml',
    'templates/gitlab/ledgerform.gitlab-ci.yml',
    'templates/shell/ledgerform.sh',
    'templates/starter/ledgerform.yaml',
  ]);
  const meant = /^dist\/(chunks\/[\w-]+-[A-Z0-9]{8}\.js|types\/[\w/.-]+\.d\.ts)$/;
  assert.equal(
    paths.filter((path) => !named.includes(path) && !meant.test(path)),
    [],
  );
  assert.ok(readdirSync('schemas').every((name) => name.endsWith('.schema.json')));
});

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
}
const built = () => ({
  sbom: json('dist/sbom.cdx.json'),
  components: json('dist/sbom.cdx.json').components as readonly Component[], // what the next tests hold
  licenses: readFileSync('dist/THIRD_PARTY_LICENSES.txt', 'utf8'),
});

test('the bill of materials lists what the licences are shipped of, and what the bundle says that it holds', () => {
  const { components, licenses } = built();
  const listed = components.map(
    ({ name, version, licenses: [first] }) => `${name} ${version} (${first?.license.id})`,
  );
  const titles = [...licenses.matchAll(/^(.+ \d+\.\d+\.\d+ \(.+\))\n-+$/gm)].map(([, title]) => title);
  assert.equal(listed, titles);
  const inBundle = new Set(
    readdirSync('dist', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [...readFileSync(join('dist', path), 'utf8').matchAll(fromPackage)])
      .map(([, , name = '']) => name),
  );
  assert.equal([...inBundle].sort(), [...new Set(components.map(({ name }) => name))].sort());
  assert.ok(inBundle.has('ajv') && inBundle.has('undici'));
});

/** As esbuild writes it: above each file of a package, and as the name of a CommonJS one. */
const fromPackage = /^\s*(\/\/ |")[^"\n]*node_modules\/((?:@[^/\s"]+\/)?[^/\s"]+)\//gm;

test('licences that stand deep inside of a package are shipped too', () => {
  const { licenses } = built();
  for (const holder of ['Ethan Arrowood', 'Fedor Indutny', 'Matteo Collina']) assert.match(licenses, holder);
});

test('the bill of materials has the shape of CycloneDX 1.5, and names each package by its lock', () => {
  const { sbom, components } = built();
  assert.equal(
    [sbom.bomFormat, sbom.specVersion, sbom.version, sbom.metadata.timestamp],
    ['CycloneDX', '1.5', 1, undefined],
  );
  assert.match(
    sbom.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  const { component: root } = sbom.metadata;
  assert.equal(
    [root.type, root.name, root.version, root.purl, root.licenses],
    [
      'application',
      'ledgerform',
      manifest.version,
      `pkg:npm/ledgerform@${manifest.version}`,
      [{ license: { id: manifest.license } }],
    ],
  );
  const references = [root['bom-ref'], ...components.map((each) => each['bom-ref'])];
  assert.is(new Set(references).size, references.length);
  for (const { name, version, purl, scope, type, hashes } of components) {
    assert.equal(
      [type, scope, purl],
      ['library', 'required', `pkg:npm/${name.replace('@', '%40')}@${version}`],
    );
    const integrity = hashes.map(
      ({ alg, content }) => `${alg.replace('SHA-', 'sha')}-${Buffer.from(content, 'hex').toString('base64')}`,
    );
    const entry = locked.find(
      ([path, { version: other }]) => path.endsWith(`node_modules/${name}`) && other === version,
    );
    assert.equal(integrity, [entry?.[1].integrity]);
  }
  const dependencies: readonly { ref: string; dependsOn: readonly string[] }[] = sbom.dependencies;
  assert.equal(dependencies.map(({ ref }) => ref).sort(), [...references].sort());
  assert.ok(dependencies.every(({ dependsOn }) => dependsOn.every((each) => references.includes(each))));
  const direct = dependencies.find(({ ref }) => ref === root['bom-ref'])?.dependsOn ?? [];
  assert.ok(
    ['ajv', 'commander', 'undici', 'yaml'].every((name) => direct.some((ref) => ref.startsWith(`${name}@`))),
  );
});

test('a release is built from a commit that others can see, by actions that cannot change', () => {
  const workflow = parse(readFileSync('.github/workflows/release.yml', 'utf8'));
  assert.equal(workflow.permissions, {});
  const { attach, publish } = workflow.jobs;
  assert.equal(publish.permissions, { contents: 'read', 'id-token': 'write' });
  assert.equal(attach.permissions, { contents: 'write' });
  const steps: readonly { uses?: string; run?: string; env?: object }[] = [...publish.steps, ...attach.steps];
  for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  const runs = publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  assert.equal(
    runs.map((run: string) => run.split(' ').slice(0, 3).join(' ')),
    ['npm ci --ignore-scripts', 'node --import tsx', '.ci/run', 'npm publish --provenance'],
  );
  assert.equal(
    steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('NPM_TOKEN')).map(({ run }) => run),
    ['npm publish --provenance --access public'],
  );
  assert.equal(manifest.publishConfig, { access: 'public', provenance: true });
});

const ready = {
  tag: 'v1.2.3',
  manifest: { version: '1.2.3', repository: { url: 'git+https://github.com/acme/ledgerform.git' } },
  changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3 (2027-01-02)\n',
  hostedAt: 'Acme/ledgerform',
};
test('what is complete may be published', () => {
  assert.equal(releaseObstacles(ready), []);
  assert.equal(releaseObstacles({ ...ready, hostedAt: null }), []);
});
for (const [name, release, says] of [
  ['another tag', { ...ready, tag: 'v1.2.4' }, /v1\.2\.4 is not v1\.2\.3/],
  ['no tag', { ...ready, tag: '' }, /\(none\)/],
  [
    'an old change log',
    { ...ready, changelog: '## Unreleased\n## 1.2.2 (2026-01-01)\n' },
    /no section 1\.2\.3/,
  ],
  ['no repository', { ...ready, manifest: { version: '1.2.3' } }, /no "repository"/],
  ['another repository', { ...ready, hostedAt: 'fork/ledgerform' }, /runs in fork\/ledgerform/],
] as const)
  test(`a release with ${name} is not published`, () => {
    const obstacles = releaseObstacles(release);
    assert.is(obstacles.length, 1);
    assert.match(obstacles[0] ?? '', says);
  });

test.run();
