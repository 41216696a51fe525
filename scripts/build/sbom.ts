import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

/** The parts of a CycloneDX 1.5 document that npm writes. */
interface Document {
  readonly $schema: string;
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly unknown[];
  readonly licenses?: readonly { readonly license?: { readonly id?: string } }[];
}

/**
 * What is inside of the bundle, as CycloneDX. `npm sbom` knows what is locked, which is all that development needs; of that
 * only the bundled packages are kept, and they are no longer of development. The same sources give the same bytes: there is
 * no time in it, and its serial number is made of the rest.
 */
export function sbom(packages: readonly BundledPackage[]): string {
  const document = lockedPackages();
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string }; // our own package.json
  const root = document.metadata.component['bom-ref'];
  const components = packages.map((each) => componentOf(each, document));
  const inside = new Set([root, ...components.map((each) => each['bom-ref'])]);
  const content = {
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      tools: [{ vendor: 'npm', name: 'cli' }],
      // npm names it after the folder.
      component: { ...document.metadata.component, name: own.name, type: 'application' },
    },
    components,
    dependencies: document.dependencies
      .filter(({ ref }) => inside.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => inside.has(each)) })),
  };
  const { $schema, bomFormat, specVersion } = document;
  const whole = { $schema, bomFormat, specVersion, serialNumber: serialNumberOf(content), ...content };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** Offline, from package-lock.json. Settings of whoever runs the build leave nothing out. */
function lockedPackages(): Document {
  const settings = Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name));
  const include = ['dev', 'optional', 'peer'].flatMap((each) => ['--include', each]);
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...include],
    { encoding: 'utf8', env: Object.fromEntries(settings), maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`npm sbom failed\n${stderr}`);
  return JSON.parse(stdout) as Document; // npm's own format
}

function componentOf({ name, version, license }: BundledPackage, { components }: Document) {
  const found = components.find((each) => each.name === name && each.version === version);
  if (!found) throw new Error(`${name} ${version} is bundled, but not locked`);
  const { id } = found.licenses?.[0]?.license ?? {};
  if (id !== license)
    throw new Error(`${name} ${version}: package.json says ${license}, the lock file ${id}`);
  if (found.hashes === undefined) throw new Error(`${name} ${version} is locked without a hash`);
  return { ...found, scope: 'required', properties: [] };
}

/** A UUID of version 8: made of content. */
function serialNumberOf(content: unknown): string {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
