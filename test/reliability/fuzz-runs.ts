/** How many runs a fuzzer makes: so many in `npm test`, as often again as LEDGERFORM_FUZZ_RUNS says. */
export function fuzzRuns(runs: number): number {
  const factor = process.env.LEDGERFORM_FUZZ_RUNS ?? '1';
  if (!/^[1-9]\d{0,5}$/.test(factor)) throw new Error('LEDGERFORM_FUZZ_RUNS must be a whole number from 1');
  return runs * Number(factor);
}
