import { writeFileSync } from 'node:fs';

// Loaded into the measured command: leaves its processor time and its peak memory in a file.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const file = process.env.LEDGERFORM_BENCH_FILE;
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  if (file) writeFileSync(file, JSON.stringify({ cpuSeconds, peakMegabytes: maxRSS / 1024 }));
});
