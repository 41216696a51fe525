import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

/** Code that a package carries without its licence. */
const carried = [{ folder: /undici\/lib\/llhttp\//, text: 'scripts/build/licenses/llhttp.txt' }];

/** The licence texts of the packages, also those that stand beside some of their files. Throws when a package comes without. */
export function thirdPartyLicenses(packages: readonly BundledPackage[], inputs: readonly string[]): string {
  const texts = packages.map(({ name, version, license, folder }) => {
    const title = `${name} ${version} (${license})`;
    const files = inputs.filter((input) => input.startsWith(`${folder}/`));
    const own = licenseFile(folder);
    if (own === null) throw new Error(`${title} comes without a licence text`);
    const more = carried.filter((each) => files.some((file) => each.folder.test(file)));
    const paths = [own, ...besideFiles(files, folder), ...more.map(({ text }) => text)];
    const whole = paths.map((path) => readFileSync(path, 'utf8').trim()).join('\n\n');
    return `${title}\n${'-'.repeat(title.length)}\n\n${whole}\n`;
  });
  return `Ledgerform's files in dist/ contain code of these packages.\n\n${texts.join('\n\n')}`;
}

function besideFiles(files: readonly string[], folder: string): readonly string[] {
  const folders = new Set<string>();
  for (const file of files)
    for (let at = dirname(file); at.length > folder.length; at = dirname(at)) folders.add(at);
  return [...folders].sort().flatMap((each) => licenseFile(each) ?? []);
}

function licenseFile(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const file = readdirSync(folder, { withFileTypes: true }).find(
    (entry) =>
      entry.isFile() &&
      /^(licen[cs]e|copying)([.-].*)?$/i.test(entry.name) &&
      !/\.[cm]?[jt]s$/.test(entry.name),
  );
  return file === undefined ? null : join(folder, file.name);
}
