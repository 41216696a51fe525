import { type Document, type ErrorCode, visit, type YAMLError } from 'yaml';
import { errorProblem, type Problem } from '../model/problem.ts';
import { originOf, type SourceFile } from './source-file.ts';

type Words = readonly [message: string, hint: string];

const align = 'Give keys that belong together the same number of spaces before them.';
const quote = 'Put the value between double quotes.';

const wordsOf: Partial<Record<ErrorCode, Words>> = {
  BAD_ALIAS: ['This alias or anchor has no usable name.', 'Give it a name, or write the value out.'],
  BAD_DIRECTIVE: [
    'A line that begins with `%` is an instruction to the YAML reader, and this one is not known.',
    'Remove it.',
  ],
  BAD_DQ_ESCAPE: [
    'A backslash between double quotes begins an escape, and this one is not known.',
    'Write the backslash twice, or use single quotes.',
  ],
  BAD_INDENT: ['The indentation does not fit what stands above, or a bracket is not closed.', align],
  BAD_SCALAR_START: ['A value cannot begin with this character unless it is quoted.', quote],
  BLOCK_AS_IMPLICIT_KEY: [
    'There is a second `key:` inside this value.',
    'Quote the value if the colon belongs to it; if it is a nested key, put it on its own line, further to the right.',
  ],
  BLOCK_IN_FLOW: [
    'Inside brackets, lists and mappings need brackets of their own.',
    'Write `[a, b]` or `{ key: value }`.',
  ],
  MISSING_CHAR: ['A colon, a quote or a bracket is missing here or before.', 'Look at the line above too.'],
  MULTILINE_IMPLICIT_KEY: [
    'A key must stand on one line and be followed by a colon and a space.',
    'Write `key: value`, with a space after the colon.',
  ],
  NON_STRING_KEY: ['A key must be text.', 'Write a name, a colon, then the value.'],
  RESOURCE_EXHAUSTION: [
    'The file is nested too deeply.',
    'Look for brackets that are opened and never closed.',
  ],
  TAB_AS_INDENT: ['Lines are indented by spaces; this one begins with a tab.', 'Replace the tab by spaces.'],
  TAG_RESOLVE_FAILED: ['Tags, words that begin with `!`, mean nothing here.', 'Remove the tag.'],
  UNEXPECTED_TOKEN: [
    'This cannot stand here.',
    'Put it on a line of its own, or quote the value it belongs to.',
  ],
};

const openQuote = ({ message }: YAMLError): boolean => message.startsWith('Missing closing');

/** Inside brackets `${var.NAME}` opens a mapping of its own, unless it is quoted. */
const bareVariable = ({ pos }: YAMLError, { text }: SourceFile): boolean =>
  text.startsWith('${', pos[0] - 1) || text.startsWith('${', pos[0]);

/** An open quote or a bare variable: whatever else is complained of follows from it. */
export const swallowsTheRest = (error: YAMLError, file: SourceFile): boolean =>
  openQuote(error) || bareVariable(error, file);

/** What the YAML reader complains of, in plain words. */
export function syntaxProblem(error: YAMLError, document: Document, file: SourceFile): Problem {
  const quoted = openQuote(error) ? openedQuote(document, error.pos[0]) : null;
  if (bareVariable(error, file)) return variableWithoutQuotes(error, file);
  const [message, hint] =
    quoted === null
      ? (wordsOf[error.code] ?? otherWords(error))
      : ['This quote is never closed.', 'Close it at the end of the value.'];
  const start = quoted ?? Math.min(error.pos[0], Math.max(0, file.text.trimEnd().length));
  return errorProblem('YAML_SYNTAX', message, { origin: originOf({ file, start }), hint });
}

function variableWithoutQuotes({ pos }: YAMLError, file: SourceFile): Problem {
  const start = file.text.startsWith('${', pos[0]) ? pos[0] : pos[0] - 1;
  const message = 'Inside brackets, the `{` of a variable begins a mapping of its own.';
  const hint = `Put the value between double quotes: \`"\${var.NAME}"\`.`;
  return errorProblem('YAML_SYNTAX', message, { origin: originOf({ file, start }), hint });
}

const otherWords = ({ message }: YAMLError): Words => [
  `This is not valid YAML: ${message}.`,
  'Compare it with the example in the documentation.',
];

/** The reader notices a missing quote where the text ends, often far below; people look for the one that is open. */
function openedQuote(document: Document, end: number): number | null {
  let start: number | null = null;
  visit(document, {
    Scalar(_, { range, type }) {
      if (range && type?.startsWith('QUOTE') && range[0] < end && range[2] >= end) start = range[0];
    },
  });
  return start;
}
