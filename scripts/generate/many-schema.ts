import type { Generator } from '../generator.ts';
import { manySchema } from '../many-schema.ts';

const schema = 'schemas/many.v1.schema.json';

/** The published schema of runs over many organizations. */
export const generator: Generator = {
  paths: [schema],
  async make() {
    return { [schema]: `${JSON.stringify(manySchema, null, 2)}\n` };
  },
};
