import { Composer, type Document, Lexer, Parser } from 'yaml';
import { errorProblem, type Problem } from '../model/problem.ts';
import { originOf, type SourceFile, sourceFile } from './source-file.ts';
import { swallowsTheRest, syntaxProblem } from './syntax-problem.ts';

/** Deeper than any sensible file, and far from where a recursive reader runs out of stack. */
const maxDepth = 100;
/** Pieces of syntax, which all stand in memory at once; 50,000 entries come to 1.6 million. */
const maxPieces = 1_700_000;

/** What takes more memory than a word does, in words. */
const weights: ReadonlyMap<string, number> = new Map([
  ['\n', 2],
  ['---', 2],
  ['{', 4],
  ['[', 4],
]);

export interface Parsed {
  readonly file: SourceFile;
  /** Null when the text is no usable YAML; the problems say why. */
  readonly document: Document | null;
  readonly problems: readonly Problem[];
}

/**
 * YAML text as a document. The pieces of syntax are counted while they arrive, before anything recursive sees them: deep
 * nesting would otherwise end the whole process. With `with tokens` each value keeps them, for those who edit the text.
 */
export function parse(path: string, text: string, kept: 'with tokens' | null = null): Parsed {
  const file = sourceFile(path, text);
  const parser = new Parser();
  const tokens = [];
  let pieces = 0;
  for (const piece of new Lexer().lex(text)) {
    for (const token of parser.next(piece)) tokens.push(token);
    pieces += weights.get(piece) ?? 1;
    if (parser.stack.length > maxDepth)
      return refused(file, parser.offset, `nested more than ${maxDepth} levels deep`, brackets);
    if (pieces > maxPieces)
      return refused(file, parser.offset, `made of more than ${maxPieces} pieces`, split);
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    keepSourceTokens: kept !== null,
    version: '1.2',
    merge: false,
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (!document) return { file, document: null, problems: [] };
  const problems = problemsOf(file, document, second);
  return { file, document: problems.length > 0 ? null : document, problems };
}

const brackets = 'Look for brackets that are opened and never closed.';
const split = 'Split it into several files and name them in `extends`.';

function refused(file: SourceFile, start: number, reason: string, hint: string): Parsed {
  const message = `The file is ${reason}, which no configuration needs.`;
  return {
    file,
    document: null,
    problems: [errorProblem('YAML_SYNTAX', message, { origin: originOf({ file, start }), hint })],
  };
}

/** One problem a line: what follows on the same line is most often the same mistake. */
function problemsOf(file: SourceFile, document: Document, second: Document | undefined): readonly Problem[] {
  const lines = new Set<number>();
  const problems: Problem[] = [];
  const add = (problem: Problem) => {
    if (problem.line === null || lines.has(problem.line)) return;
    lines.add(problem.line);
    problems.push(problem);
  };
  const { yaml } = document.directives ?? {};
  if (yaml?.explicit && yaml.version !== '1.2') add(oldVersion(file, yaml.version));
  for (const error of [...document.errors, ...document.warnings]) {
    add(syntaxProblem(error, document, file));
    if (swallowsTheRest(error, file)) return problems;
  }
  if (second) add(severalDocuments(file, second.range?.[0] ?? 0));
  return problems;
}

function oldVersion(file: SourceFile, version: string): Problem {
  const start = Math.max(0, file.text.search(/^\ufeff?%YAML/m));
  const message = `The file asks for YAML ${version}, in which \`NO\` is false and \`010\` is 8.`;
  return errorProblem('YAML_SYNTAX', message, {
    origin: originOf({ file, start }),
    hint: 'Remove the line `%YAML`.',
  });
}

const severalDocuments = (file: SourceFile, start: number): Problem =>
  errorProblem('YAML_SYNTAX', 'The file holds more than one document.', {
    origin: originOf({ file, start }),
    hint: 'Remove the line `---`, or make two files.',
  });
