import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundledPackages } from './build/bundled-packages.ts';
import { noGlobalDispatcher } from './build/no-global-dispatcher.ts';
import { keepReachable } from './build/reachable-types.ts';
import { sbom } from './build/sbom.ts';
import { thirdPartyLicenses } from './build/third-party-licenses.ts';

/*
 * npm run build: src/ and the packages it imports -> dist/.
 *
 * Everything is bundled, so an install brings one package and no others: nothing can change under a user's feet, and
 * `--version` answers in the time that Node itself takes to start. Chunks are loaded when a command needs them. Nothing is
 * minified: it would save no time, and stack traces stay readable.
 */

const folder = `dist.new-${process.pid}`;
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

rmSync(folder, { recursive: true, force: true });
const { metafile, warnings } = await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: folder,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // No path of this machine gets inside, wherever the packages really are.
  preserveSymlinks: true,
  banner: { js: requireForCommonJs },
  metafile: true,
  plugins: [onlyTheVersion(), noGlobalDispatcher()],
  logLevel: 'warning',
});
if (warnings.length > 0) throw new Error('the build has warnings, see above');

const command = join(folder, 'cli.js');
if (!readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n'))
  throw new Error('src/cli.ts needs its shebang');
chmodSync(command, 0o755);
const packages = bundledPackages(Object.keys(metafile.inputs));
writeFileSync(
  join(folder, 'THIRD_PARTY_LICENSES.txt'),
  thirdPartyLicenses(packages, Object.keys(metafile.inputs)),
);
writeFileSync(join(folder, 'sbom.cdx.json'), sbom(packages));
const types = ['-p', 'scripts/tsconfig.types.json', '--outDir', join(folder, 'types')];
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...types], {
  stdio: 'inherit',
});
if (status !== 0) throw new Error('the types could not be written');
keepReachable(join(folder, 'types'), 'index.d.ts');

// Swapped as a whole: whoever runs the command meanwhile has the old files or the new ones, never half of each.
const old = `dist.old-${process.pid}`;
if (existsSync('dist')) renameSync('dist', old);
renameSync(folder, 'dist');
rmSync(old, { recursive: true, force: true });

/** package.json holds the version; nothing else of it belongs into the product. */
function onlyTheVersion(): Plugin {
  return {
    name: 'only-the-version',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) => {
        if (path.includes('node_modules')) return null;
        const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }; // our own package.json
        return { contents: JSON.stringify({ version }), loader: 'json' };
      });
    },
  };
}
