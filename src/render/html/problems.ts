import type { Problem } from '../../model/problem.ts';
import type { ResultView } from '../result-view.ts';
import { lines, type Markup, markup, nothing } from './markup.ts';

/** Problems under a title, each with what to do about it; nothing where there are none. `whom`: whom each concerns. */
export function problemSection(
  title: string,
  problems: readonly Problem[],
  view: ResultView,
  whom: (problem: Problem) => Markup = () => nothing,
): Markup {
  if (problems.length === 0) return nothing;
  return markup`<section><h2>${title}</h2>
${problems.map((each) => problemCard(each, view, whom(each)))}</section>
`;
}

/** What is wrong, what to do, where, and whom it concerns. */
export function problemCard(problem: Problem, view: ResultView, whom: Markup = nothing): Markup {
  const { address, code, file, hint, line, message, severity } = problem;
  const place = file === null ? '' : [file, line].filter((part) => part !== null).join(':');
  const meta = [code, place, address ?? ''].filter((part) => part !== '');
  return markup`<div class="problem ${severity}"><h3>${severity === 'error' ? 'Error' : 'Warning'}: ${lines(message)}</h3>
${hint === null ? nothing : markup`<p class="mend">${lines(hint)}</p>`}${whom}${frameOf(problem, view)}<p class="meta">${meta.map((part) => markup`<code>${part}</code> `)}</p></div>
`;
}

/** The lines of the file around the place. */
function frameOf({ column, file, line }: Problem, { frame, linesOf }: ResultView): Markup {
  const text = file === null || line === null ? undefined : linesOf(file);
  if (text === undefined || line === null) return nothing;
  return markup`<pre>${lines(frame(text, line, column ?? 1).replace(/\n+$/, ''))}</pre>`;
}
