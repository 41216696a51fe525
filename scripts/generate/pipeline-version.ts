import { readFile } from 'node:fs/promises';
import type { Generator } from '../generator.ts';

const paths = ['action.yml', 'templates/gitlab/ledgerform.gitlab-ci.yml', 'templates/shell/ledgerform.sh'];

/** The version that pipelines install: ours, in each line that says that it is written here. The rest of the files is by hand. */
export const generator: Generator = {
  paths,
  make: async () => {
    const { version }: { readonly version: string } = JSON.parse(await readFile('package.json', 'utf8'));
    const written = paths.map(async (path) => {
      const text = await readFile(path, 'utf8');
      const line = /\d+\.\d+\.\d+[\w.-]*(?=\}? # npm run generate writes it$)/m;
      if (!line.test(text)) throw new Error(`${path} has no line for the version`);
      return [path, text.replace(line, version)] as const;
    });
    return Object.fromEntries(await Promise.all(written));
  },
};
