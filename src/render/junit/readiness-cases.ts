import type { Readiness } from '../../model/readiness.ts';
import { gapProblem } from '../readiness/gap-problems.ts';
import { percentText, typeText } from '../readiness/readiness-text.ts';
import type { ResultView } from '../result-view.ts';
import { problemCase } from './problem-case.ts';
import type { TestCase } from './test-case.ts';

/** A test for each type, which fails where something blocks it, and one for each gap, which fails where that blocks. */
export function readinessCases({ gaps, types }: Readiness, view: ResultView): readonly TestCase[] {
  const ofTypes = types.map((each): TestCase => {
    const name = `${each.type} can be pushed`;
    const text = `${percentText(each)}: ${typeText(each)}`;
    if (each.ready) return { name, out: text };
    const blocking = gaps.filter((gap) => gap.severity === 'blocks' && gap.types.includes(each.type));
    const codes = blocking.map(({ code }) => code).join(', ');
    return { name, failure: { type: 'not ready', message: `${text}; ${codes}`, text: codes } };
  });
  const ofGaps = gaps.map((gap): TestCase => problemCase(`gap ${gap.code}`, [gapProblem(gap)], view));
  return [...ofTypes, ...ofGaps];
}
