import type { Problem } from '../../model/problem.ts';
import { fileCodes } from '../../model/problem-codes.ts';
import type { OrganizationResult, Result } from '../../model/result.ts';
import { findingsOf } from '../findings.ts';
import { jsonText } from '../json-text.ts';
import { printable, printableLines } from '../printable.ts';
import type { ResultView } from '../result-view.ts';
import { uriOf } from './uri.ts';

/** Problems, warnings and refusals as a SARIF 2.1.0 log, for code scanning: every result has a rule, a level, a place and a message. */
export function sarif(result: Result, { version }: ResultView): string {
  const found = result.organizations.flatMap((one) =>
    findingsOf(result.command, one).map((problem) => ({ one, problem })),
  );
  const codes = [...new Set(found.map(({ problem }) => problem.code))].sort();
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Ledgerform', version, semanticVersion: version, rules: codes.map(ruleOf) } },
        automationDetails: { id: automationId(result) },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: ![1, 5, 130].includes(result.exit_code),
            exitCode: result.exit_code,
          },
        ],
        results: found.map(({ one, problem }) => resultOf(problem, one, codes)),
      },
    ],
  });
}

/** What keeps the results of several configurations and commands apart where they are collected. */
function automationId({ command, many, organizations }: Result): string {
  const what = many ? 'organizations' : printable(organizations[0]?.path ?? '');
  return `ledgerform/${command}/${what}/`;
}

/** The page shows these by an input and its repair; each other one has a row in its table. */
const inFiles: ReadonlySet<string> = new Set(fileCodes);

/** No address leads to docs/errors.md until the project has one: the text names the page. */
function ruleOf(code: string): unknown {
  const words = code.toLowerCase().replaceAll('_', ' ');
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  const how = inFiles.has(code)
    ? ', with an input that causes it and its repair'
    : ' and says what to do about it';
  const help = `docs/errors.md of Ledgerform explains ${code}${how}.`;
  return { id: code, shortDescription: { text }, fullDescription: { text: help }, help: { text: help } };
}

function resultOf(problem: Problem, one: OrganizationResult, codes: readonly string[]): unknown {
  const { address, code, column, file, hint, line, message, severity } = problem;
  // A place that nobody knows is the configuration: code scanning shows no result without one.
  const region = {
    startLine: line ?? 1,
    ...(line !== null && column !== null ? { startColumn: column } : {}),
  };
  const physicalLocation = { artifactLocation: uriOf(file ?? one.path), region };
  const logical = address === null ? {} : { logicalLocations: [{ fullyQualifiedName: printable(address) }] };
  const whose = one.organization === null ? {} : { organization: printable(one.organization.id) };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: plainMessage(hint === null ? message : `${message}\n→ ${hint}`) },
    locations: [{ physicalLocation, ...logical }],
    properties: { ...whose, ...(one.environment === null ? {} : { environment: one.environment }) },
  };
}

/** A message in which brackets make no link and braces no placeholder. A backslash would not do: one of the text could stand before it. */
const plainMessage = (text: string): string =>
  printableLines(text).join('\n').replaceAll('](', '] (').replaceAll('{', '{{').replaceAll('}', '}}');
