import { reads, tokens } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* A fault at each page of each list, and at the token. See http-cells.ts for which and why. */

await testMatrix('reads', 'reads', (clean) => [...reads(clean), ...tokens]);
