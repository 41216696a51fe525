import { compileProductRules } from '../src/plan/match.ts';
import { productConditions, productOf } from './assignment-sample.ts';
import { line } from './report.ts';

const runs = 9;

/** Rules cost time by the objects that they are asked about, and hardly by how many rules there are. */
export function evaluateRules(): void {
  const [few, objects, rules] = [evaluation(20, 10_000), evaluation(20, 50_000), evaluation(200, 10_000)];
  // In turns, so that the machine's mood hits all of them; the first ones only warm up.
  const times = Array.from({ length: runs + 2 }, () => [few(), objects(), rules()] as const).slice(2);
  const middle = (of: 0 | 1 | 2): number =>
    times.map((each) => each[of]).sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
  const told = (of: 1 | 2): string => `${middle(0).toFixed(1)} ms, ${middle(of).toFixed(1)} ms`;
  line('rules: 50,000 objects against 10,000, by object', middle(1) / middle(0) / 5, 1.5, 'times', told(1));
  line('rules: 200 rules against 20 over 10,000 objects', middle(2) / middle(0), 3, 'times', told(2));
}

/** Finds the first rule for each of so many products, and says how many milliseconds of CPU it took. */
function evaluation(rules: number, objects: number): () => number {
  const products = Array.from({ length: objects }, (_, index) => productOf(index, rules));
  const conditions = Array.from({ length: rules }, (_, index) => productConditions(index));
  return () => {
    const before = process.cpuUsage();
    const first = compileProductRules(conditions);
    const matched = products.filter((product) => first(product) >= 0).length;
    if (matched !== objects) throw new Error(`${matched} of ${objects} products are matched`);
    const { system, user } = process.cpuUsage(before);
    return (system + user) / 1000;
  };
}
