import { lagging, lateCreates } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* Commits that come late and lists that lag: within the time to settle they are no matter, later both objects are named. */

await testMatrix('late', 'what is late', (clean) => [...lateCreates(clean), ...lagging(clean)]);
