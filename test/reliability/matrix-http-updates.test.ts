import { writes } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* A fault at each update, delete and write of the settings. See http-cells.ts for which and why. */

await testMatrix('updates', 'updates, deletes and settings', (clean) => [...writes(clean, 'objects')]);
