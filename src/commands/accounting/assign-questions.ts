import type { Account } from '../../accounting/assign/chart.ts';
import type { AssignFacts, Gaps } from '../../accounting/assign/gaps.ts';
import type { Group } from '../../accounting/assign/groups.ts';
import { accountsMatching } from '../../accounting/assign/matching.ts';
import { answeredBy, type Decision, questionsLeft } from '../../accounting/assign/session.ts';
import type { Suggestion } from '../../accounting/assign/suggest.ts';
import type { Way, waysFor } from '../../accounting/assign/ways.ts';
import {
  accountNote,
  conditionsText,
  doubtText,
  groupText,
  keptText,
  membersText,
  nounOf,
  wayText,
} from '../../render/assign/question-text.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';
import { shorten } from '../../render/width.ts';
import { type Asking, type PickEntry, pick } from './pick.ts';

/** What the questions are about. */
export interface Walk {
  readonly facts: AssignFacts;
  readonly gaps: Gaps;
  readonly groups: readonly Group[];
  readonly suggest: (group: Group) => readonly Suggestion[];
  readonly ways: ReturnType<typeof waysFor>;
}

type Answer = Account | 'skip' | 'skip all' | 'back' | 'stop' | 'quit';

/** Asks for each group in turn, until there is none left or somebody stops; null for who quits without writing. */
export async function askAll(walk: Walk, asking: Asking): Promise<readonly Decision[] | null> {
  let decisions: readonly Decision[] = [];
  for (;;) {
    const left = questionsLeft(walk.groups, decisions);
    const [group] = left;
    if (!group) return decisions;
    const answer = await askAccount(group, { at: decisions.length + 1, left: left.length }, walk, asking);
    if (answer === 'quit') return null;
    if (answer === 'stop') return decisions;
    if (answer === 'back') {
      decisions = decisions.slice(0, -1);
      continue;
    }
    const decision = await decided(group, answer, decisions, walk, asking);
    if (decision === null) continue;
    decisions = [...decisions, decision];
    const saved = left.length - 1 - questionsLeft(walk.groups, decisions).length;
    asking.edge.stderr.write(
      `${shorten(saidText(decision, group), (asking.edge.stderr.columns || 80) - 1)}\n${savedText(decision, saved)}`,
    );
  }
}

/** Null where somebody thinks better of the account while asked how it is to be written. */
async function decided(
  group: Group,
  answer: Account | 'skip' | 'skip all',
  decisions: readonly Decision[],
  { ways }: Walk,
  asking: Asking,
): Promise<Decision | null> {
  if (answer === 'skip') return { type: 'skip', key: group.key };
  if (answer === 'skip all') return { type: 'skip all', of: group.type };
  const possible: readonly Way[] =
    group.type === 'setting' ? [] : ways(group, { answered: answeredBy(decisions) });
  const way =
    possible.length < 2 ? ({ type: 'entries' } as const) : await askWay(group, answer, possible, asking);
  return way === 'back' ? null : { type: 'choice', group, account: answer, way };
}

function askAccount(
  group: Group,
  { at, left }: { readonly at: number; readonly left: number },
  { facts, suggest }: Walk,
  asking: Asking,
): Promise<Answer> {
  const suggestions = suggest(group);
  const back = at > 1;
  return pick<Answer>(
    {
      place: `Question ${at}, ${left - 1} more behind it${suggestions.length === 0 ? ' · nothing speaks for any account: type, or move' : ''}`,
      title: groupText(group),
      about: membersText(group),
      prompt: 'Account: ',
      typing: true,
      find: (typed) =>
        accountsMatching(typed, facts.chart, suggestions).map((each) => entryOf(each, suggestions)),
      others: othersFor(group, back),
      takesFirst: suggestions.length > 0,
      escape: back ? 'back' : null,
      help: `type to search · up/down · enter takes · tab: the rest${back ? ' · esc: back' : ''} · ctrl-c: quit`,
    },
    asking,
  );
}

function entryOf(account: Account, suggestions: readonly Suggestion[]): PickEntry<Answer> {
  const suggestion = suggestions.find((each) => each.account === account);
  const why = suggestion ? `${suggestion.why.map(printable).join('; ')}.` : '';
  const note = accountNote(account);
  return {
    value: account,
    label: printable(account.label),
    note: suggestion ? `${note} · ${printable(suggestion.why[0])}` : note,
    detail: [doubtText(account), why, account.description === null ? '' : printable(account.description)]
      .filter(Boolean)
      .join(' '),
  };
}

function othersFor({ type }: Group, back: boolean): readonly PickEntry<Answer>[] {
  const entry = (value: Answer, label: string, detail = ''): PickEntry<Answer> => ({
    value,
    label,
    note: '',
    detail,
  });
  return [
    entry('skip', 'Skip this one'),
    entry('skip all', `Skip all ${nounOf[type]}s`),
    ...(back ? [entry('back', 'Back to the question before')] : []),
    entry(
      'stop',
      'Stop here',
      'Shows what is chosen so far as a difference of the file, and asks before it is written.',
    ),
    entry('quit', 'Quit', 'Nothing is written.'),
  ];
}

function askWay(group: Group, account: Account, ways: readonly Way[], asking: Asking): Promise<Way | 'back'> {
  const entries = ways.map((way): PickEntry<Way | 'back'> => {
    const label = wayText(way, group);
    if (way.type === 'entries') return { value: way, label, note: '', detail: '' };
    const when = conditionsText(way.when);
    return { value: way, label, note: when, detail: [when, keptText(way)].filter(Boolean).join('; ') };
  });
  const many = group.type !== 'setting' && group.gaps.length > 1;
  return pick<Way | 'back'>(
    {
      place: `For ${printable(account.label)}`,
      title: groupText(group),
      about: membersText(group),
      prompt: 'How is it to be written? ',
      typing: false,
      // For many the narrowest rule comes first, for one its entry.
      find: () => (many ? [...entries.slice(1, 2), ...entries.slice(0, 1), ...entries.slice(2)] : entries),
      others: [{ value: 'back', label: 'Another account', note: '', detail: '' }],
      takesFirst: true,
      escape: 'back',
      help: 'up/down · enter takes · esc: another account · ctrl-c: quit',
    },
    asking,
  );
}

/** Questions that go away unasked are told; who skips all of a kind knows. */
const savedText = ({ type }: Decision, saved: number): string =>
  type === 'choice' && saved > 0 ? `  which answers ${counted(saved, 'more question')} as well\n` : '';

function saidText(decision: Decision, group: Group): string {
  if (decision.type === 'skip') return `  skipped: ${groupText(group)}`;
  if (decision.type === 'skip all') return `  skipped: all ${nounOf[decision.of]}s`;
  const { account, way } = decision;
  return `  ${printable(account.label)}${way.type === 'rule' ? ', by a rule' : ''}: ${groupText(group)}`;
}
