import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

/** The licence texts of the packages. Throws when one comes without. */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  const texts = packages.map(({ name, version, license, folder }) => {
    const title = `${name} ${version} (${license})`;
    return `${title}\n${'-'.repeat(title.length)}\n\n${licenseText(folder, title)}`;
  });
  return `Ledgerform's files in dist/ contain code of these packages.\n\n${texts.join('\n\n')}`;
}

function licenseText(folder: string, title: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)([.-].*)?$/i.test(name));
  if (file === undefined) throw new Error(`${title} comes without a licence text`);
  return `${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
