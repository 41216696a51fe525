import { codeFrame, linesOf } from '../load/code-frame.ts';
import type { Problem } from '../model/problem.ts';
import { type Paint, paint } from '../render/paint.ts';
import { type LinesOf, problemsText } from '../render/problem-text.ts';
import type { Format } from './common-options.ts';
import type { Interrupt } from './interrupt.ts';
import { openPerson, type Person } from './person.ts';
import type { ProcessEdge } from './process-edge.ts';
import { openReader } from './reader.ts';
import { writeFitted } from './room.ts';
import { openTeller, type Teller, type Telling } from './tell.ts';

/** How a command speaks: the result on stdout, everything else on stderr. */
export interface Shell extends Teller {
  readonly edge: ProcessEdge;
  readonly format: Format;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Colours for stdout. */
  readonly paint: Paint;
  /** Colours for stderr. */
  readonly notePaint: Paint;
  /** Something to know on the way; silent with `-q`. */
  readonly note: (text: string) => void;
  /** Warnings on the way; silent with `-q`. */
  readonly warn: (problems: readonly Problem[]) => void;
  /** A problem with its hint about the configuration that was named, where the command has that. */
  readonly aim: (problem: Problem) => Problem;
  /** Something for `-v` alone. */
  readonly log: (line: string) => void;
  /** Texts of the files that were read, by the path that problems give: for code frames. */
  readonly texts: Map<string, string>;
  /** The lines of those files. */
  readonly linesOf: LinesOf;
  readonly interrupt: Interrupt;
  readonly person: Person;
}

/** What of the common options decides how a command speaks. */
export interface Voice extends Telling {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Long texts may be read in a pager. */
  readonly pager?: boolean;
}

/** The shell of one run. `NO_COLOR`, `--no-color` and anything but a terminal turn colours off; `CI` does not, its logs show them only in a terminal. */
export function openShell(edge: ProcessEdge, voice: Voice, interrupt: Interrupt): Shell {
  const plain = !voice.color || (edge.variables.NO_COLOR ?? '') !== '' || edge.variables.TERM === 'dumb';
  const json = voice.format === 'json';
  const quiet = voice.quiet && !voice.verbose;
  const notePaint = paint(!plain && edge.stderr.isTTY === true);
  const texts = new Map<string, string>();
  const shownLines = linesIn(texts);
  const person = openPerson(edge.now);
  const isRead = voice.pager !== false && !voice.quiet && !voice.verbose;
  const reader = openReader(edge, isRead, interrupt, person);
  const note = (text: string): void => {
    if (quiet) return;
    if (edge.stderr.isTTY === true) reader.told(text);
    writeFitted(edge.stderr, edge.variables, text);
  };
  return {
    edge,
    format: voice.format,
    json,
    quiet,
    verbose: voice.verbose,
    paint: paint(!plain && edge.stdout.isTTY === true),
    notePaint,
    ...openTeller(edge, voice, shownLines, reader),
    person,
    note,
    warn: (problems) => {
      if (problems.length > 0) note(problemsText(problems, notePaint, shownLines, codeFrame));
    },
    aim: (problem) => problem,
    log: (line) => {
      if (voice.verbose) edge.stderr.write(`${line}\n`);
    },
    texts,
    linesOf: shownLines,
    interrupt,
  };
}

/** Splits each file once, however many problems point into it. */
function linesIn(texts: ReadonlyMap<string, string>): LinesOf {
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const lines = split.get(file) ?? linesOf(text);
    split.set(file, lines);
    return lines;
  };
}
