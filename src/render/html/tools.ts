import type { Kinds } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';
import { titleOf } from '../plan-text.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Filters over these changes, and buttons that unfold everything: hidden until the script shows them, for without it they do nothing. */
export function tools(changes: readonly Change[], kinds: Kinds): Markup {
  const distinct = (of: (change: Change) => string): readonly string[] => [...new Set(changes.map(of))];
  const filters =
    changes.length < 2
      ? nothing
      : markup`<label for="text">Search<input id="text" name="text" type="search" autocomplete="off" spellcheck="false"></label>
${choice(
  'kind',
  'Kind',
  distinct(({ kind }) => kind),
  (kind) => titleOf(kind, kinds),
)}${choice(
  'action',
  'Action',
  distinct(({ action }) => action),
)}${choice(
  'reason',
  'Reason',
  distinct(({ reason }) => reason),
)}<button type="reset">Clear</button>
`;
  const status = changes.length < 2 ? nothing : markup`<p role="status"></p>`;
  return markup`<form id="tools" role="search" aria-label="Search in the page" hidden>${filters}<button type="button" data-open="all">Expand all</button><button type="button" data-open="none">Collapse all</button>${status}</form>
`;
}

/** Nothing where there is only one to choose. */
function choice(
  name: string,
  title: string,
  values: readonly string[],
  textOf: (value: string) => string = (value) => value,
): Markup {
  if (values.length < 2) return nothing;
  const options = values.map((value) => markup`<option value="${value}">${textOf(value)}</option>`);
  return markup`<label for="${name}">${title}<select id="${name}" name="${name}"><option value="">all</option>${options}</select></label>
`;
}
