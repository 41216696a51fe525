import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which code is inside the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json calls it. */
  readonly license: string;
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Licences that may be redistributed inside an Apache-2.0 package, as package.json files call them. */
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
]);

/** The packages that files of the bundle come from, each once, by name. Throws for a licence that may not be shipped. */
export function bundledPackages(inputs: readonly string[]): readonly BundledPackage[] {
  const folders = new Set(inputs.flatMap(sourcesOf).flatMap(packageFolder));
  const packages = new Map(
    [...folders]
      .sort()
      .map(packageIn)
      .map((each) => [`${each.name}@${each.version}`, each]),
  );
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** A file of the bundle. The checks that generators have compiled carry code of packages too, and say of which files. */
function sourcesOf(input: string): readonly string[] {
  if (!input.endsWith('.gen.js')) return [input];
  const comments = readFileSync(input, 'utf8').matchAll(/^\/\/ \S*?(node_modules\/\S+)$/gm);
  return [input, ...[...comments].map(([, path = '']) => path)];
}

function packageFolder(path: string): readonly string[] {
  const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
  return match ? [match[0]] : [];
}

function packageIn(folder: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest; // npm's own format
  const { name, version, license } = manifest;
  if (license === undefined || !allowed.has(license))
    throw new Error(`${name} ${version} (${license}): may it be shipped?`);
  return { name, version, license, folder };
}
