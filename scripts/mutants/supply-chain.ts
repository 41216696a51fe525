import type { Mutant } from './mutant.ts';

/** That what is inside of the package is said, and that a release can be traced. */
export const supplyChainMutants: readonly Mutant[] = [
  {
    title: 'a bundled package is missing in the bill of materials',
    file: 'scripts/build/sbom.ts',
    find: 'const components = packages.map(',
    replace: 'const components = packages.slice(1).map(',
    tests: ['test/package/supply-chain.test.ts'],
  },
  {
    title: 'what the compiled checks contain is not counted',
    file: 'scripts/build/bundled-packages.ts',
    find: "if (!input.endsWith('.gen.js')) return [input];",
    replace: "if (input !== '') return [input];",
    tests: ['test/package/supply-chain.test.ts'],
  },
  {
    title: 'a package is published that nobody can trace to its commit',
    file: 'scripts/release/release-obstacles.ts',
    find: "if (url === '')",
    replace: "if (url === 'none')",
    tests: ['test/package/supply-chain.test.ts'],
  },
];
