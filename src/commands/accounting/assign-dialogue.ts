import { join } from 'node:path';
import { type Choice, choicesIn } from '../../accounting/assign/session.ts';
import { errorsWith } from '../../load/accept/errors-with.ts';
import { type AssignedText, type Assigning, assignInto } from '../../load/assign/assign.ts';
import type { ReferenceTarget } from '../../model/plan.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../../model/problem.ts';
import type { Address } from '../../model/value.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { onlyText } from '../../render/assign/question-text.ts';
import { notWrittenText, textToWrite } from '../../render/assign/written-text.ts';
import { planText } from '../../render/plan-text.ts';
import { printable } from '../../render/printable.ts';
import { numberText } from '../../render/summary-text.ts';
import { allowedBy } from '../allowances.ts';
import { askPatiently } from '../approval.ts';
import { type Configuration, readConfiguration } from '../configuration.ts';
import { demandUnchanged } from '../demand-unchanged.ts';
import type { ExitCode } from '../exit-code.ts';
import { namedEnvironment } from '../named-environment.ts';
import { oneConfiguration } from '../one-configuration.ts';
import { startPace } from '../pace.ts';
import { planView } from '../plan-view.ts';
import { announce, showTitle } from '../progress.ts';
import { replaceFile } from '../replace-file.ts';
import { writeFitted } from '../room.ts';
import type { Shell } from '../shell.ts';
import { surveyOrganization } from '../survey-organization.ts';
import type { AssignOptions } from './assign-options.ts';
import { askAll, type Walk } from './assign-questions.ts';
import { numbersOf, wantedBy } from './assign-wanted.ts';

/** What the dialogue works with. */
export interface Desk {
  readonly configuration: Configuration;
  readonly options: AssignOptions;
  readonly provider: ConnectedProvider;
  readonly shell: Shell;
}

/** Asks, shows what would be written, writes it after a yes, and plans. */
export async function assignByDialogue(walk: Walk, desk: Desk): Promise<ExitCode> {
  const { edge, interrupt, notePaint: paint, person } = desk.shell;
  const decisions = await person.attend(() => askAll(walk, { edge, paint, stop: interrupt.stop }));
  if (decisions === null) throw notApproved;
  const choices = choicesIn(decisions);
  if (choices.length === 0) {
    desk.shell.say('\nNothing is chosen, so nothing is written.\n');
    desk.shell.sayJson(documentOf(desk, [], [], [], null));
    return 0;
  }
  const isOnly = await onlyNumbers(numbersOf(choices), desk);
  const text = assignInto(wantedBy(choices, walk.facts, isOnly), filesAndFacts(walk, desk), walk.facts.kind);
  const left = text.refused.map((each) => notWritten(each, text.path));
  if (text.after !== text.before) await demandSound(text, walk, desk);
  edge.stderr.write(textToWrite(text, paint));
  writeFitted(edge.stderr, edge.variables, notWrittenText(left, paint));
  if (text.after === text.before) throw new Stop(3, left.map(asError));
  await askPatiently(desk.shell, `Write this into ${printable(text.path)}?`);
  await writeText(text, desk);
  return planAgain(choices, text, left, desk);
}

const notApproved = new Stop(4, [errorProblem('NOT_APPROVED', 'Quit, so nothing was written.')]);

/** Which numbers only one payable has, of any status: the lines that were read are of open payables alone. */
async function onlyNumbers(
  numbers: readonly string[],
  { provider, shell }: Desk,
): Promise<(documentId: string) => boolean> {
  if (numbers.length === 0) return () => false;
  const counts = new Map<string, number>();
  const { limitPerSecond } = provider.traffic();
  announce(shell, onlyText(numbers.length, limitPerSecond));
  const pace = startPace(shell.edge.now);
  const title = (): string =>
    `Numbers of payables ${numberText(counts.size)}/${numberText(numbers.length)}${pace(counts.size, numbers.length)}`;
  const look = async (number: string): Promise<void> => {
    let found = 0;
    for await (const _ of provider.payables({ document_id: number })) found += 1;
    counts.set(number, found);
  };
  await showTitle(shell, title, async () => void (await Promise.all(numbers.map(look))));
  return (documentId) => counts.get(documentId) === 1;
}

function filesAndFacts({ facts }: Walk, { configuration, shell }: Desk) {
  const { chart, desired, kinds, live } = facts;
  const references: Record<Address, ReferenceTarget> = {};
  for (const { address, code, external, id, name } of chart)
    references[address] = { id: id ?? '', code, name, external };
  const path = configuration.path;
  const files = [{ path, text: shell.texts.get(path) ?? '' }];
  return { desired, live, kinds, references, files };
}

/** The file must load as it would be, or nothing is written. */
async function demandSound(
  text: AssignedText,
  { facts }: Walk,
  { configuration, options, shell }: Desk,
): Promise<void> {
  const { cwd, variables } = shell.edge;
  const load = {
    path: oneConfiguration(options),
    environment: namedEnvironment(options, shell),
    variables,
    allowOutside: options.allowOutside === true,
    root: configuration.root,
    cwd,
  };
  const errors = await errorsWith([text], load, facts.kinds);
  if (errors.length === 0) return;
  const hint = 'Write the assignment by hand, and run it again for the rest.';
  const messages = errors
    .slice(0, 20)
    .map(({ message }) =>
      errorProblem(
        'NOT_WRITTEN',
        `${text.path} would not be valid any more, so nothing is written: ${message}`,
        { hint },
      ),
    );
  throw new Stop(3, messages);
}

/** Nothing is written over what somebody else has changed meanwhile. */
async function writeText(
  { after, before, path }: AssignedText,
  { configuration: { root } }: Desk,
): Promise<void> {
  await demandUnchanged(path, before, root);
  await replaceFile(join(root, path), after, root, 'keep');
}

async function planAgain(
  choices: readonly Choice[],
  { path }: AssignedText,
  left: readonly Problem[],
  desk: Desk,
): Promise<ExitCode> {
  const { options, provider, shell } = desk;
  const look = { target: [], allowed: allowedBy({}) };
  const { plan } = await surveyOrganization(await readConfiguration(options, shell), look, provider, shell);
  const { limitPerSecond } = provider.traffic();
  shell.say(planText(plan, planView(shell, { limitPerSecond }, shell.paint)));
  shell.sayJson(documentOf(desk, choices, [path], left, plan));
  shell.note('\nWritten. Next: have the file reviewed, and run ledgerform apply.\n');
  return left.length > 0 ? 2 : 0;
}

function documentOf(
  { provider: { account } }: Desk,
  choices: readonly Choice[],
  written: readonly string[],
  left: readonly Problem[],
  plan: unknown,
): unknown {
  const { apiUrl, environment, organization } = account;
  return {
    format_version: '1',
    organization,
    environment,
    api_url: apiUrl,
    written,
    choices: choices.map(({ account: { address, code, name }, group, way }) => ({
      account: { address, code, name },
      for: group.type === 'setting' ? [group.slot.address] : group.gaps.map((gap) => gap.address),
      rule: way.type === 'rule' ? { name: way.name, when: way.when } : null,
    })),
    not_written: left,
    plan,
  };
}

function notWritten(
  { assigning, why }: { readonly assigning: Assigning; readonly why: string },
  path: string,
): Problem {
  const what = assigning.type === 'setting' ? assigning.address : `an item of assignments.${assigning.list}`;
  return warningProblem('NOT_WRITTEN', `${what} is not written into ${path}: ${why}.`, {
    hint: 'Write it by hand.',
  });
}

const asError = (problem: Problem): Problem => ({ ...problem, severity: 'error' });
