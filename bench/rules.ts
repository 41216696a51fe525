import { compileProductRules } from '../src/plan/match.ts';
import { productConditions, productOf } from './assignment-sample.ts';
import { line } from './report.ts';

/** Rules cost time by the objects that they are asked about, and hardly by how many rules there are. */
export function evaluateRules(): void {
  const few = millisecondsFor(20, 10_000);
  const many = millisecondsFor(20, 50_000);
  const detail = `${few.toFixed(1)} ms, ${many.toFixed(1)} ms`;
  line('rules: 50,000 objects against 10,000, by object', many / few / 5, 1.5, 'times', detail);
  const tenfold = millisecondsFor(200, 10_000);
  const rules = `${few.toFixed(1)} ms, ${tenfold.toFixed(1)} ms`;
  line('rules: 200 rules against 20 over 10,000 objects', tenfold / few, 3, 'times', rules);
}

/** The middle of several runs: finding the first rule for each of so many products. */
function millisecondsFor(rules: number, objects: number): number {
  const products = Array.from({ length: objects }, (_, index) => productOf(index, rules));
  const conditions = Array.from({ length: rules }, (_, index) => productConditions(index));
  const times = Array.from({ length: 9 }, () => {
    const started = performance.now();
    const first = compileProductRules(conditions);
    const matched = products.filter((product) => first(product) >= 0).length;
    if (matched !== objects) throw new Error(`${matched} of ${objects} products are matched`);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
