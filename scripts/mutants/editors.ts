import type { Mutant } from './mutant.ts';

/** What editors are told. */
export const editorsMutants: readonly Mutant[] = [
  {
    title: 'a part of a repository is led past its own schema',
    file: 'src/commands/schema-beside.ts',
    find: 'if (isThere || isTop) return',
    replace: 'if (isTop) return',
    tests: ['test/commands/schema-beside.test.ts'],
  },
  {
    title: 'a schema of another version is passed over in silence',
    file: 'src/commands/schema-beside.ts',
    find: "if (found.replaceAll('\\r\\n', '\\n') === text) return",
    replace: 'if (found) return',
    tests: ['test/commands/schema-beside.test.ts'],
  },
  {
    title: 'a file that leads editors to a schema in its own words gets a second line for it',
    file: 'src/load/modeline.ts',
    find: '(?:yaml-language-server\\s*:|\\$schema:)',
    replace: '(?:yaml-language-server\\s*:)',
    tests: ['test/load/modeline.test.ts'],
  },
  {
    title: 'editors put one and the same title above every text',
    file: 'schemas/ledgerform.v1.schema.json',
    find: '"$id": "urn:ledgerform:schema:v1",',
    replace: '"$id": "urn:ledgerform:schema:v1", "title": "Ledgerform configuration",',
    tests: ['test/editors/editors.test.ts'],
  },
  {
    title: 'an editor inserts a code without its quotes',
    file: 'schemas/ledgerform.v1.schema.json',
    find: `"\\"\${3:4010}\\""`,
    replace: `"\${3:4010}"`,
    tests: ['test/editors/editors.test.ts'],
  },
];
