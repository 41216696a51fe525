export const fuzzRuns = (runs: number): number =>
  runs * Math.max(1, Number(process.env.LEDGERFORM_FUZZ_RUNS ?? 1));
