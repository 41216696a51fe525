import { applySchema } from '../apply-schema.ts';
import type { Generator } from '../generator.ts';

const schema = 'schemas/apply.v1.schema.json';

/** The published schema of apply reports. */
export const generator: Generator = {
  paths: [schema],
  async make() {
    return { [schema]: `${JSON.stringify(applySchema, null, 2)}\n` };
  },
};
