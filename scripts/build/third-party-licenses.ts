import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** The licence texts of every package that a file of the bundle comes from. Throws when one has none or a foreign one. */
export function thirdPartyLicenses(inputs: readonly string[]): string {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== null));
  const texts = [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest; // npm's own format
    const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
    if (manifest.license === undefined || !allowed.has(manifest.license))
      throw new Error(`${title}: may it be shipped?`);
    return `${title}\n${'-'.repeat(title.length)}\n\n${licenseText(folder, title)}`;
  });
  return `Ledgerform's files in dist/ contain code of these packages.\n\n${texts.join('\n\n')}`;
}

function packageFolder(input: string): string | null {
  const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  return match ? match[0] : null;
}

function licenseText(folder: string, title: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)([.-].*)?$/i.test(name));
  if (file === undefined || !existsSync(join(folder, file)))
    throw new Error(`${title} comes without a licence text`);
  return `${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
