import { assignSchema } from '../assign-schema.ts';
import type { Generator } from '../generator.ts';

const schema = 'schemas/assign.v1.schema.json';

/** The published schema of suggestions. */
export const generator: Generator = {
  paths: [schema],
  async make() {
    return { [schema]: `${JSON.stringify(assignSchema, null, 2)}\n` };
  },
};
