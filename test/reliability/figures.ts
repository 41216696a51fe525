import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts of one proof, by what was counted. */
export type Counts = Readonly<Record<string, number>>;

/** Leaves what a proof counted for docs/reliability.md, where `npm run reliability` asks for it. */
export function figures(proof: string, counts: Counts): void {
  const folder = process.env.LEDGERFORM_FIGURES;
  if (folder !== undefined) writeFileSync(join(folder, `${proof}.json`), `${JSON.stringify(counts)}\n`);
}
