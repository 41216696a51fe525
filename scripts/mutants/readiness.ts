import type { Mutant } from './mutant.ts';

const judged = ['test/accounting/readiness/judge.test.ts'];
const wished = ['test/accounting/readiness/wishes.test.ts'];
const pasted = ['test/accounting/readiness/fixes.test.ts'];
const read = ['test/accounting/readiness/read-facts.test.ts'];

/** What readiness says of an organization. */
export const readinessMutants: readonly Mutant[] = [
  {
    title: 'readiness: what only warns blocks',
    file: 'src/accounting/readiness/judge.ts',
    find: "ready: !gaps.some(({ severity }) => severity === 'blocks'),",
    replace: 'ready: gaps.length === 0,',
    tests: judged,
  },
  {
    title: 'readiness: the percentage is rounded up',
    file: 'src/accounting/readiness/judge.ts',
    find: 'Math.floor((100 * can) / open.length)',
    replace: 'Math.ceil((100 * can) / open.length)',
    tests: judged,
  },
  {
    title: 'readiness: an archived rate has the value of a line',
    file: 'src/accounting/readiness/targets.ts',
    find: 'filter((each) => each.external && !isArchived(each))',
    replace: 'filter((each) => each.external)',
    tests: judged,
  },
  {
    title: 'readiness: the total of a compounded rate is not its value',
    file: 'src/accounting/readiness/targets.ts',
    find: '[fields[field], total]',
    replace: '[fields[field]]',
    tests: judged,
  },
  {
    title: 'readiness: the total of a rate is not read',
    file: 'src/providers/tesouro/decode.ts',
    find: 'return { total: hundredthsToPercent(total) };',
    replace: 'return {};',
    tests: read,
  },
  {
    title: 'readiness: before the first pull everything internal is alone',
    file: 'src/accounting/readiness/targets.ts',
    find: 'return pulled || [...index.byId.values()].some(({ external }) => external);',
    replace: 'return true;',
    tests: judged,
  },
  {
    title: 'readiness: an archived account is a counterpart',
    file: 'src/accounting/readiness/targets.ts',
    find: 'some((each) => !isArchived(each))',
    replace: 'length > 0',
    tests: judged,
  },
  {
    title: 'readiness: a product is not covered by the setting',
    file: 'src/accounting/readiness/product-findings.ts',
    find: "severity: 'covered' }));",
    replace: "severity: 'blocks' }));",
    tests: judged,
  },
  {
    title: 'readiness: an older record of an object counts',
    file: 'src/accounting/records-by-object.ts',
    find: 'timeOf(b) - timeOf(a)',
    replace: 'timeOf(a) - timeOf(b)',
    tests: judged,
  },
  {
    title: 'readiness: a rule without overwrite replaces what is archived',
    file: 'src/accounting/readiness/wishes.ts',
    find: "const enforced = type === 'specific' || overwrite === true;",
    replace: "const enforced = type === 'specific' || overwrite !== undefined;",
    tests: wished,
  },
  {
    title: 'readiness: an archived account in the file mends a gap',
    file: 'src/accounting/readiness/wishes.ts',
    find: '{ unset: 0, missing: 0, archived: 0, alone: 1, fine: 2 }',
    replace: '{ unset: 0, missing: 0, archived: 1, alone: 1, fine: 2 }',
    tests: wished,
  },
  {
    title: 'readiness: a name with a variable in it is pasted as one',
    file: 'src/accounting/readiness/yaml.ts',
    find: ".replaceAll('${', '$$${')",
    replace: '',
    tests: pasted,
  },
  {
    title: 'readiness: what is archived is mended by a rule',
    file: 'src/accounting/readiness/fixes.ts',
    find: 'written(abouts, kinds, specificLines)',
    replace: 'written(abouts, kinds, ruleLines)',
    tests: pasted,
  },
  {
    title: 'readiness: lines of bills that are pushed are read',
    file: 'src/accounting/readiness/push-state.ts',
    find: "if (record?.sync_status === 'done') return 'pushed';",
    replace: '',
    tests: read,
  },
  {
    title: 'readiness: what is older than the connection is still to be pushed',
    file: 'src/accounting/to-push.ts',
    find: "instantOf(created_at ?? '') < instantOf(since ?? '')",
    replace: 'false',
    tests: judged,
  },
  {
    title: 'readiness: an invoice that is not issued is to be pushed',
    file: 'src/accounting/to-push.ts',
    find: "    recurring: 'not_expected',",
    replace: "    recurring: 'expected',",
    tests: judged,
  },
  {
    title: 'readiness: what another accounting system got counts as pushed',
    file: 'src/accounting/readiness/read-facts.ts',
    find: 'const records = recordsOfSystems(all, connections);',
    replace: 'const records = recordsOfSystems(all, []);',
    tests: read,
  },
  {
    title: 'readiness: what was pushed as it is counts as changed since',
    file: 'src/accounting/readiness/push-state.ts',
    find: "instantOf(updated_at ?? '') > instantOf(record.object_updated_at ?? '')",
    replace: "instantOf(updated_at ?? '') >= instantOf(record.object_updated_at ?? '')",
    tests: judged,
  },
  {
    title: 'readiness: lines of a bill that is locked are mended by an apply',
    file: 'src/accounting/readiness/bill-findings.ts',
    find: 'isEditable(each.payable.status) ? wishes.line(each, kind) : null',
    replace: 'wishes.line(each, kind)',
    tests: pasted,
  },
  {
    title: 'readiness: lines of a bill that is locked get a rule',
    file: 'src/accounting/readiness/fixes.ts',
    find: "about.what === 'line' && !isEditable(about.status)",
    replace: 'about === null',
    tests: pasted,
  },
  {
    title: 'readiness: a file that cannot be planned mends something',
    file: 'src/accounting/readiness/wishes.ts',
    find: 'if (broken.length > 0) return',
    replace: 'if (broken.length < 0) return',
    tests: wished,
  },
  {
    title: 'readiness: what is used is told as unused as well',
    file: 'src/accounting/readiness/unused-findings.ts',
    find: ' && !used.has(each.id),',
    replace: ',',
    tests: judged,
  },
];
