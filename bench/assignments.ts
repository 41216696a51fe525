import {
  type AssignmentSample,
  fewestReads,
  linesEach,
  startWithDocuments,
  writeRules,
} from './assignment-sample.ts';
import { type Measured, measure } from './measure.ts';
import { changesIn, exactly, expectCode, inFolder, line } from './report.ts';
import { accessTo } from './sample.ts';

/** Plans of products and lines of payables by rules: time, memory, and not one request too many. */
export async function planAssignments(): Promise<void> {
  const products = await plan('20 rules over 10,000 products', {
    productRules: 20,
    products: 10_000,
    lineRules: 0,
    payables: 0,
  });
  line('plan 20 rules over 10,000 products: CPU', products.cpuSeconds, 2, 's');
  const both = await plan('10,000 products and 2,000 payables with 5 lines each', {
    productRules: 20,
    products: 10_000,
    lineRules: 20,
    payables: 2_000,
  });
  const name = 'plan 10,000 products and 2,000 payables with 5 lines each';
  line(`${name}: CPU`, both.cpuSeconds, null, 's');
  line(`${name}: peak`, both.peakMegabytes, 300, 'MB');
}

/** Every product and line is a gap that a rule fills: the longest plan that there can be. */
function plan(name: string, sample: AssignmentSample): Promise<Measured> {
  return inFolder(async (folder) => {
    writeRules(folder, sample);
    const emulator = await startWithDocuments(sample);
    const ended = await measure(['plan', '--json'], folder, accessTo(emulator));
    expectCode(ended, 0);
    exactly(`plan ${name}: requests`, emulator.stats().requests, fewestReads(sample));
    exactly(`plan ${name}: changes`, changesIn(ended), changesOf(sample));
    await emulator.close();
    return ended;
  });
}

const changesOf = ({ payables, products }: AssignmentSample): number => products + payables * linesEach;
