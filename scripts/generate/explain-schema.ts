import { explainSchema } from '../explain-schema.ts';
import type { Generator } from '../generator.ts';

const schema = 'schemas/explain.v1.schema.json';

/** The published schema of explanations. */
export const generator: Generator = {
  paths: [schema],
  async make() {
    return { [schema]: `${JSON.stringify(explainSchema, null, 2)}\n` };
  },
};
