import type { Generator } from '../generator.ts';
import { readinessSchema } from '../readiness-schema.ts';

const schema = 'schemas/readiness.v1.schema.json';

/** The published schema of readiness. */
export const generator: Generator = {
  paths: [schema],
  async make() {
    return { [schema]: `${JSON.stringify(readinessSchema, null, 2)}\n` };
  },
};
