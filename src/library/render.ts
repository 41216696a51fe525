import { exitCodeOf } from '../apply/report.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { OrganizationResult, Result } from '../model/result.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { RenderedFormat } from '../render/result-text.ts';
import { version } from '../version.ts';
import { checkOptions, object, oneOf, text } from './check-options.ts';

/** The forms in which people and programs read a result. */
export type RenderFormat = 'human' | RenderedFormat;

const formats: readonly RenderFormat[] = ['human', 'markdown', 'html', 'github', 'sarif', 'junit'];

/** What there is to show, as far as it is there: a plan, what carrying it out came to, problems. */
export interface Shown {
  readonly plan?: Plan | undefined;
  readonly report?: ApplyReport | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The configuration's path, where there is no plan to say it. */
  readonly path?: string | undefined;
}

/** A text about a plan, a report or problems, as the command line makes it, harmless in its form whatever stands in the data. It is pure. */
export async function render(shown: Shown, format: RenderFormat): Promise<string> {
  checkOptions('render', shown, { plan: object, report: object, problems: object, path: text });
  checkOptions('render', { format }, { format: oneOf(...formats) });
  const one = resultOf(shown);
  const { codeFrame } = await import('../load/code-frame.ts');
  const drawing = { kinds, linesOf: () => undefined, frame: codeFrame };
  if (format === 'human') return humanText(one, drawing);
  const { resultText } = await import('../render/result-text.ts');
  const command = one.apply ? 'apply' : one.plan ? 'plan' : 'validate';
  const result: Result = { command, organizations: [one], many: false, exit_code: one.exit_code };
  return resultText(format, result, { ...drawing, version, runUrl: null, chosen: null });
}

type Drawing = Pick<
  Parameters<typeof import('../render/plan-text.ts').planText>[1],
  'kinds' | 'linesOf' | 'frame'
>;

async function humanText({ apply, plan, problems }: OrganizationResult, drawing: Drawing): Promise<string> {
  const [{ header }, { paint }, { planText }, { problemsText }, { reportText }] = await Promise.all([
    import('../render/header.ts'),
    import('../render/paint.ts'),
    import('../render/plan-text.ts'),
    import('../render/problem-text.ts'),
    import('../render/report-text.ts'),
  ]);
  const plain = paint(false);
  const told = problemsText(problems, plain, drawing.linesOf, drawing.frame);
  if (plan === null) return told;
  const { api_url: apiUrl, changes, environment, organization } = plan;
  const view = { ...drawing, paint: plain };
  const shown = apply
    ? reportText(apply, { ...view, changes })
    : planText(plan, { ...view, showAll: true, unchanged: [], limitPerSecond: null });
  return `${header({ organization, environment, apiUrl }, plain)}${told === '' ? '' : `\n${told}`}${shown}`;
}

function resultOf({ path, plan, problems = [], report }: Shown): OrganizationResult {
  if (report && !plan)
    throw new TypeError('render: a report needs its plan, which says what its changes are called.');
  const failed = problems.some(({ severity }) => severity === 'error');
  const refused = plan?.warnings.some(({ severity }) => severity === 'error') ?? false;
  return {
    path: plan?.config.path ?? path ?? '',
    organization: plan?.organization ?? null,
    environment: plan?.environment ?? null,
    api_url: plan?.api_url ?? null,
    exit_code: failed ? 3 : report ? exitCodeOf(report) : refused ? 4 : 0,
    plan: plan ?? null,
    apply: report ?? null,
    problems,
    skipped: null,
  };
}
