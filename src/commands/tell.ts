import { repositoryAround } from '../git/repository.ts';
import { codeFrame } from '../load/code-frame.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import type { Command, OrganizationResult, Result } from '../model/result.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { jsonText } from '../render/json-text.ts';
import { paint, unpainted } from '../render/paint.ts';
import { type LinesOf, problemsText } from '../render/problem-text.ts';
import type { Format, ResultFormat } from './common-options.ts';
import type { Failure } from './fail.ts';
import { plainReason } from './plain-reason.ts';
import type { ProcessEdge } from './process-edge.ts';
import type { Reader } from './reader.ts';
import { replaceFile } from './replace-file.ts';
import type { ReportFile } from './report-option.ts';
import { boundless, roomIn, type Said, saidIn, writeFitted } from './room.ts';
import { runUrlOf } from './run-url.ts';

/** What a run is about, as far as it is known. */
export type Subject = Pick<OrganizationResult, 'path' | 'organization' | 'environment' | 'api_url'>;

/** How results are told: in the form that is asked for, and in every file that `--report` names. */
export interface Telling {
  readonly format: Format;
  readonly reports?: readonly ReportFile[];
  /** Of a command that comes to a result. */
  readonly command?: Command | null;
  /** What it is about before anything is read. */
  readonly subject?: Subject;
  /** Asked for many organizations. */
  readonly many?: boolean;
  /** A name for those that were asked for. */
  readonly chosen?: string;
}

/** The result's part of a shell. */
export interface Teller {
  /** A part of the result for people; in a terminal it is broken between words. */
  readonly say: (said: Said) => void;
  /** A part that may be long: read in a pager where that is right. Answers whether it was. */
  readonly show: (said: Said) => Promise<boolean>;
  /** A result that is a file: as it is, also in a terminal. */
  readonly print: (text: string) => void;
  /** Whether anybody gets to see what is said: otherwise it need not be made. */
  readonly keepsText: boolean;
  /** The whole result, for `--json`: once. */
  readonly sayJson: (document: unknown) => void;
  readonly toldJson: () => boolean;
  /** From now on it is known whom the run is about: also where it fails later. */
  readonly concerning: (subject: Subject) => void;
  /**
   * Once for each run: prints the result where the form is one of those made from results, and writes every report.
   * `unsaid` is what people are told on stderr alone; it ends a report for people.
   */
  readonly tell: (result: Result, unsaid?: readonly Problem[]) => Promise<void>;
  readonly told: () => boolean;
  /** The same for a run that ended early. */
  readonly tellFailure: (failure: Failure) => Promise<void>;
}

const nobody: Subject = { path: '', organization: null, environment: null, api_url: null };

/** The teller of one run. */
export function openTeller(
  edge: ProcessEdge,
  telling: Telling,
  linesOf: LinesOf,
  reader: Reader = { told: () => {}, read: async () => false },
): Teller {
  const { chosen = null, command = null, format, many = false, reports = [] } = telling;
  const forPeople = format === 'human' || format === 'table' || format === 'csv';
  const keepsText = reports.some((each) => each.format === 'human');
  const said: string[] = [];
  let document: unknown;
  let subject = telling.subject ?? nobody;
  let told = false;

  const textIn = async (form: ResultFormat, result: Result, unsaid: readonly Problem[]): Promise<string> => {
    if (form === 'json') return jsonText(document ?? failed(result));
    if (form === 'human') return peopleText(said, unsaid, linesOf);
    const { resultText } = await import('../render/result-text.ts');
    const runUrl = runUrlOf(edge.variables);
    const view = { kinds, version: edge.version, runUrl, chosen, linesOf, frame: codeFrame };
    return resultText(form, result, view);
  };
  const tell: Teller['tell'] = async (result, unsaid = []) => {
    if (told) throw new Error('a result was told twice');
    told = true;
    const root = repositoryAround(edge.cwd) ?? edge.cwd;
    const problems: Problem[] = [];
    for (const { format: form, path } of reports)
      problems.push(...(await writeReport(path, await textIn(form, result, unsaid), root)));
    if (format !== 'human' && format !== 'json' && format !== 'table' && format !== 'csv')
      edge.stdout.write(await textIn(format, result, unsaid));
    if (problems.length > 0) throw new Stop(1, problems);
  };
  const say: Teller['say'] = (what) => {
    if (keepsText) said.push(saidIn(what, boundless));
    if (!forPeople) return;
    const text = saidIn(what, roomIn(edge.stdout, edge.variables));
    reader.told(text);
    writeFitted(edge.stdout, edge.variables, text);
  };
  return {
    say,
    show: async (what) => {
      const isRead = forPeople && (await reader.read(saidIn(what, roomIn(edge.stdout, edge.variables))));
      if (!isRead) say(what);
      else if (keepsText) said.push(saidIn(what, boundless));
      return isRead;
    },
    print: (text) => {
      if (forPeople) edge.stdout.write(text);
    },
    sayJson: (given) => {
      document = given;
      if (format === 'json') edge.stdout.write(jsonText(given));
    },
    keepsText: forPeople || keepsText,
    toldJson: () => format === 'json' && document !== undefined,
    concerning: (known) => {
      subject = known;
    },
    tell,
    told: () => told,
    tellFailure: async ({ exitCode, problems }) => {
      if (command === null || told) return;
      const one = { ...subject, exit_code: exitCode, plan: null, apply: null, problems, skipped: null };
      await tell({ command, organizations: [one], many, exit_code: exitCode }, problems);
    },
  };
}

/** What `--json` prints of a run that came to no document. */
const failed = ({ exit_code, organizations }: Result): unknown => ({
  ok: false,
  exit_code,
  problems: organizations.flatMap(({ problems }) => problems),
});

/** All that was said, plain, and what else people were told. */
function peopleText(said: readonly string[], unsaid: readonly Problem[], linesOf: LinesOf): string {
  const rest = problemsText(unsaid, paint(false), linesOf, codeFrame);
  const blocks = [unpainted(said.join('')), rest].filter((block) => block !== '');
  return blocks.join('\n');
}

/** A report that cannot be written takes nothing back: the others are written, and the run says what failed. */
async function writeReport(path: string, text: string, root: string): Promise<readonly Problem[]> {
  try {
    await replaceFile(path, text, root, 'private');
    return [];
  } catch (cause) {
    const why = cause instanceof Stop ? cause.problems[0]?.message : undefined;
    const message = why ?? `${path} cannot be written: ${plainReason(cause)}.`;
    const hint = 'What the command did is not taken back; an apply is in its run record: ledgerform history.';
    return [errorProblem('OUTPUT_UNWRITABLE', `A report is missing: ${message}`, { hint })];
  }
}
