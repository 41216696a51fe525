import { applyMutants } from './apply.ts';
import { assignMutants } from './assign.ts';
import { assignmentMutants } from './assignments.ts';
import { commandMutants } from './commands.ts';
import { documentMutants } from './documents.ts';
import { editMutants } from './edit.ts';
import { editorsMutants } from './editors.ts';
import { emulatorMutants } from './emulator.ts';
import { formatMutants } from './format.ts';
import { gitMutants } from './git.ts';
import { hostileMutants } from './hostile.ts';
import { htmlMutants } from './html.ts';
import { importMutants } from './import.ts';
import { killMutants } from './kills.ts';
import { libraryMutants } from './library.ts';
import { loadMutants } from './load.ts';
import type { Mutant } from './mutant.ts';
import { outputMutants } from './outputs.ts';
import { pageMutants } from './pages.ts';
import { pipelineMutants } from './pipelines.ts';
import { planMutants } from './plan.ts';
import { readinessMutants } from './readiness.ts';
import { recordMutants } from './record.ts';
import { runnerMutants } from './runner.ts';
import { secretMutants } from './secrets.ts';
import { spreadsheetMutants } from './spreadsheets.ts';
import { supplyChainMutants } from './supply-chain.ts';
import { synchronizationMutants } from './synchronization.ts';
import { tesouroMutants } from './tesouro.ts';

/** Every guard and promise that a test must hold. */
export const mutants: readonly Mutant[] = [
  ...runnerMutants,
  ...loadMutants,
  ...editMutants,
  ...formatMutants,
  ...planMutants,
  ...assignmentMutants,
  ...readinessMutants,
  ...assignMutants,
  ...applyMutants,
  ...gitMutants,
  ...killMutants,
  ...tesouroMutants,
  ...secretMutants,
  ...supplyChainMutants,
  ...commandMutants,
  ...documentMutants,
  ...importMutants,
  ...hostileMutants,
  ...outputMutants,
  ...htmlMutants,
  ...pageMutants,
  ...libraryMutants,
  ...pipelineMutants,
  ...editorsMutants,
  ...emulatorMutants,
  ...synchronizationMutants,
  ...spreadsheetMutants,
  ...recordMutants,
  {
    title: 'a percentage may have more than two decimals',
    file: 'src/model/percent.ts',
    find: '(\\d{1,2}))?',
    replace: '(\\d+))?',
    tests: ['test/model/percent.test.ts'],
  },
  {
    title: 'percentages lose a zero: 7.05% becomes 7.5%',
    file: 'src/model/percent.ts',
    find: "decimals.padEnd(2, '0')",
    replace: "decimals.replace(/^0/, '').padEnd(2, '0')",
    tests: ['test/model/percent.test.ts'],
  },
];
