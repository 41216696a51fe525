import type { OrganizationResult, Result } from '../../model/result.ts';
import { whoseText } from '../result-view.ts';
import { code, environmentText, factList, recordSection, timeOf } from './facts.ts';
import { joined, type Markup, markup, nothing } from './markup.ts';

/** Where and when a run over many organizations looked, on one line. */
export function manyWhere(organizations: readonly OrganizationResult[]): Markup {
  const parts = [
    ...distinct(organizations, ({ environment }) => environment).map(environmentText),
    timesOf(organizations),
  ];
  const some = parts.filter((part) => part !== null);
  return some.length === 0
    ? nothing
    : markup`<p class="where">${joined(some, markup` · `)}</p>
`;
}

/** Everything by which an approver or an auditor finds the run and each of its plans again. */
export function manyFacts({ organizations }: Result): Markup {
  const asked = organizations.filter(({ skipped }) => skipped === null);
  const codes = (of: (one: OrganizationResult) => string | null | undefined): Markup | null => {
    const found = distinct(asked, of).map((each) => code(each) ?? nothing);
    return found.length === 0 ? null : joined(found, markup`, `);
  };
  const facts = factList([
    ['API', codes(({ api_url, environment }) => (api_url === environment ? null : api_url))],
    ['Git revision', codes(({ plan }) => plan?.config.git_commit)],
    ['Compared with the base', codes(({ plan }) => plan?.config.base)],
    ['Planned', timesOf(asked)],
  ]);
  return recordSection(
    markup`${facts}${namesTable(asked.filter(({ organization }) => organization !== null))}`,
  );
}

/** What may be known of each organization. */
const columns: readonly (readonly [
  name: string,
  of: (one: OrganizationResult) => string | null | undefined,
])[] = [
  ['Id', ({ organization }) => organization?.id],
  ['Digest of the plan', ({ plan }) => plan?.digest],
  ['Run', ({ apply }) => apply?.run],
];

/** A row for each organization; what is known of none has no column. */
function namesTable(organizations: readonly OrganizationResult[]): Markup {
  if (organizations.length === 0) return nothing;
  const known = columns.filter(([, of]) => organizations.some((one) => of(one)));
  const rows = organizations.map((one) => {
    const cells = known.map(
      ([name, of]) => markup`<td class="full" data-label="${name}">${code(of(one)) ?? nothing}</td>`,
    );
    return markup`<tr><th scope="row"><b>${whoseText(one)}</b></th>${cells}</tr>
`;
  });
  return markup`<table class="rows"><caption>What each organization and its plan are called</caption>
<thead><tr><th scope="col">Organization</th>${known.map(([name]) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>
`;
}

const distinct = <Value extends string>(
  organizations: readonly OrganizationResult[],
  of: (one: OrganizationResult) => Value | null | undefined,
): readonly Value[] => [...new Set(organizations.flatMap((one) => of(one) ?? []))];

/** The first and the last look: one time where they are in the same minute. */
function timesOf(organizations: readonly OrganizationResult[]): Markup | null {
  const all = distinct(organizations, ({ plan }) => plan?.created_at).toSorted();
  const [first, last] = [timeOf(all[0]), timeOf(all.at(-1))];
  if (first === null || last === null) return null;
  return all[0]?.slice(0, 16) === all.at(-1)?.slice(0, 16) ? first : markup`${first} to ${last}`;
}
