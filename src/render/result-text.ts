import type { Result } from '../model/result.ts';
import { github } from './github/github.ts';
import { html } from './html/html.ts';
import { junit } from './junit/junit.ts';
import { markdown } from './markdown/markdown.ts';
import type { ResultView } from './result-view.ts';
import { sarif } from './sarif/sarif.ts';

/** The forms of output that are made from a result. */
export type RenderedFormat = 'markdown' | 'github' | 'sarif' | 'junit' | 'html';

const renderers: Readonly<Record<RenderedFormat, (result: Result, view: ResultView) => string>> = {
  markdown,
  github,
  sarif,
  junit,
  html,
};

/** A result in one of these forms, complete and harmless in it. */
export const resultText = (format: RenderedFormat, result: Result, view: ResultView): string =>
  renderers[format](result, view);
