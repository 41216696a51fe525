import { writes } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* A fault at each assignment of a product or a line. See http-cells.ts for which and why. */

await testMatrix('assignments', 'assignments', (clean) => [...writes(clean, 'assignments')]);
