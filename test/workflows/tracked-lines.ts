import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Which lines of the scripts in workflows have been run. Shell lines are told by bash itself (`set -x` with the line number
 * as prompt), JavaScript by V8's coverage. A line of JavaScript is run when every part of it is, a branch on it included.
 */

/** How a script is run so that its lines are known afterwards. */
export interface Traced {
  /** The file to run. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** To be called when it has ended. */
  readonly ended: () => void;
}

/** A piece of a script. One without a name is not looked at. */
export interface Piece {
  readonly name: string | null;
  readonly text: string;
}

/** Collects the lines that were run, over many runs. */
export interface Tracker {
  /** A script of bash in pieces, one below the other; JavaScript in one stands between `<<'JS'` and `JS`. */
  readonly bash: (...pieces: readonly Piece[]) => Traced;
  readonly javaScript: (name: string, text: string) => Traced;
  /** `name:line: text` of each line that no run has run. */
  readonly notRun: () => readonly string[];
}

interface Script {
  readonly text: string;
  readonly language: Language;
  readonly lines: Set<number>;
  /** For each sign of the JavaScript in it: whether some run has run it. */
  readonly signs: boolean[];
}

type Language = 'bash' | 'javascript';

/** A tracker that keeps its files in a folder. */
export function trackLines(folder: string): Tracker {
  const scripts = new Map<string, Script>();
  mkdirSync(folder, { recursive: true });
  const prompt = join(folder, 'prompt.sh');
  writeFileSync(
    prompt,
    `exec 9>> "$TRACE_FILE"\nBASH_XTRACEFD=9\nPS4='@\${BASH_SOURCE[0]##*/}:$LINENO@ '\nset -x\n`,
  );
  let count = 0;
  const known = ({ name, text }: Piece, language: Language): Script | null => {
    if (name === null) return null;
    const script = scripts.get(name) ?? { text, language, lines: new Set(), signs: [] };
    if (script.text !== text) throw new Error(`${name} has two texts`);
    scripts.set(name, script);
    return script;
  };
  const begin = (pieces: readonly Piece[], language: Language): Traced => {
    const parts = pieces.map((piece) => ({
      script: known(piece, language),
      length: piece.text.split('\n').length,
    }));
    count += 1;
    // GitHub gives scripts of other programs than shells no extension.
    const path = join(folder, `step-${count}${language === 'bash' ? '.sh' : ''}`);
    writeFileSync(path, pieces.map(({ text }) => text).join('\n'));
    const [trace, coverage] = [`${path}.trace`, `${path}.coverage`];
    const shell = { BASH_ENV: prompt, TRACE_FILE: trace };
    const ended = () => {
      const run = linesIn(trace, basename(path));
      let before = 0;
      for (const { length, script } of parts) {
        for (const line of run)
          if (line > before && line <= before + length) script?.lines.add(line - before);
        before += length;
        const inside = script === null ? null : javaScriptIn(script);
        if (script !== null && inside !== null) addSigns(script.signs, inside.text, coverage, path);
      }
    };
    const environment = { NODE_V8_COVERAGE: coverage, ...(language === 'bash' ? shell : {}) };
    return { path, environment, ended };
  };
  return {
    bash: (...pieces) => begin(pieces, 'bash'),
    javaScript: (name, text) => begin([{ name, text }], 'javascript'),
    notRun: () => [...scripts].flatMap(([name, script]) => missing(name, script)),
  };
}

function linesIn(trace: string, name: string): readonly number[] {
  if (!existsSync(trace)) return [];
  return [...readFileSync(trace, 'utf8').matchAll(/^@+([^:@\n]+):(\d+)@ /gm)]
    .filter(([, source]) => source === name)
    .map(([, , line]) => Number(line));
}

/** The JavaScript of a script, and on which of its lines it begins (from 0). */
function javaScriptIn({ language, text }: Script): { readonly text: string; readonly from: number } | null {
  if (language === 'javascript') return { text, from: 0 };
  const found = /<<'JS'\n([\s\S]*?)^JS$/m.exec(text);
  if (found === null) return null;
  return { text: found[1] ?? '', from: text.slice(0, found.index).split('\n').length };
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

function addSigns(signs: boolean[], text: string, folder: string, path: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const {
      result,
    }: { result: readonly { url: string; functions: readonly { ranges: readonly Range[] }[] }[] } =
      JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const { functions, url } of result) {
      if (!url.startsWith('file:')) continue;
      const file = fileURLToPath(url);
      if (file !== path && !file.endsWith('/ledgerform-gitlab.cjs')) continue;
      const counts = new Array<number>(text.length).fill(0);
      for (const { ranges } of functions)
        for (const { count, endOffset, startOffset } of ranges) counts.fill(count, startOffset, endOffset);
      counts.forEach((each, at) => {
        signs[at] = signs[at] === true || each > 0;
      });
    }
  }
}

function missing(name: string, script: Script): readonly string[] {
  const inside = javaScriptIn(script);
  const all = script.text.split('\n');
  const from = inside?.from ?? 0;
  const until = inside === null ? 0 : from + inside.text.split('\n').length - 1;
  const shell = all
    .map((_, at) => at)
    .filter((at) => script.language === 'bash' && (at < from || at >= until))
    .filter((at) => isCommand(all[at] ?? '', all[at - 1] ?? '') && !wasRun(all, at, script.lines));
  const javaScript = inside === null ? [] : partsNotRun(inside.text, script.signs).map((at) => at + from);
  return [...shell, ...javaScript].map((at) => `${name}:${at + 1}: ${all[at]?.trim()}`);
}

/** Of a command over several lines bash tells one of them, which one depends on its version. */
function wasRun(all: readonly string[], at: number, lines: ReadonlySet<number>): boolean {
  for (let line = at; ; line += 1) {
    if (lines.has(line + 1)) return true;
    if (all[line]?.endsWith('\\') !== true) return false;
  }
}

/** Whether bash tells when it has run a line: no comment, no word of its grammar alone, no later part of a longer line. */
function isCommand(line: string, before: string): boolean {
  const text = line.trim();
  if (text === '' || text.startsWith('#') || /\\$/.test(before)) return false;
  if (text === 'JS') return false;
  return !/^(then|else|fi|do|done|esac|;;|\{|\})(\s|$)|^[\w|*"-]+\)$|^\w+\(\) \{$/.test(text);
}

/** The lines (from 0) of JavaScript with a part that was never run. */
function partsNotRun(text: string, signs: readonly boolean[]): readonly number[] {
  let offset = 0;
  const found: number[] = [];
  text.split('\n').forEach((line, at) => {
    const isCode = line.trim() !== '' && !line.trim().startsWith('//');
    const unrun = [...Array(line.length).keys()].some(
      (column) => !/[\s});]/.test(line[column] ?? '') && signs[offset + column] !== true,
    );
    if (isCode && unrun) found.push(at);
    offset += line.length + 1;
  });
  return found;
}
