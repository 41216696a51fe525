import { checkCommand, checkTests, conclude } from './check/checks.ts';

/*
 * npm test: the whole truth. Build, generated files fresh, format, lint, types, then every test. Options go to the tests:
 * npm test -- load --timeout 300
 */

const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', path, ...args];
const biome = 'node_modules/@biomejs/biome/bin/biome';

await checkCommand('build', script('scripts/build.ts'));
await checkCommand('generated files are fresh', script('scripts/generate.ts', '--check'));
await checkCommand('format', [biome, 'check', '--linter-enabled=false', '.']);
await checkCommand('lint', [biome, 'lint', '--error-on-warnings', '.']);
await checkCommand('types', ['node_modules/typescript/bin/tsc', '-p', '.']);
await checkTests(script('scripts/test.ts', ...process.argv.slice(2)), 1800);
conclude();
