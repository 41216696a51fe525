import { creates } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* A fault at each create of the plan. See http-cells.ts for which and why. */

await testMatrix('creates', 'creates', (clean) => [...creates(clean)]);
