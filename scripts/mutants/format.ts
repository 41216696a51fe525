import type { Mutant } from './mutant.ts';

const table = ['test/load/format/format.test.ts'];
const property = ['test/load/format/format.property.test.ts'];

/** What the canonical form promises. */
export const formatMutants: readonly Mutant[] = [
  {
    title: 'an alias comes to stand before its anchor',
    file: 'src/load/format/key-order.ts',
    find: 'const orderly = used.size === 0 || keepsAnchors(sorted, used);',
    replace: 'const orderly = true;',
    tests: table,
  },
  {
    title: 'a mapping with an unknown key is put into another order',
    file: 'src/load/format/key-order.ts',
    find: 'if (place.members.some((member) => rank(member) < 0)) return place.members;',
    replace: '',
    tests: table,
  },
  {
    title: 'a comment between sections comes to head another section',
    file: 'src/load/format/arrange.ts',
    find: 'return isBound ? place.members : ordered;',
    replace: 'return ordered;',
    tests: table,
  },
  {
    title: 'the heading of a file moves with its first key',
    file: 'src/load/format/attach.ts',
    find: "part.apart || (of === 'file' && last <= 0)",
    replace: 'part.apart',
    tests: table,
  },
  {
    title: 'comments at the end of a section go to the next',
    file: 'src/load/format/give.ts',
    find: 'const block = column > limit ? closed[left] : undefined;',
    replace: 'const block = undefined as (typeof closed)[number] | undefined;',
    tests: table,
  },
  {
    title: 'quotes that somebody has written are lost',
    file: 'src/load/format/inline.ts',
    find: "if (typeof value !== 'string' || style === 'double') return source;",
    replace:
      "if (typeof value !== 'string') return source;\n  if (style === 'double' && isSafe(value, inFlow)) return value;",
    tests: table,
  },
  {
    title: 'an empty line is added to a text that keeps its own',
    file: 'src/load/format/sheet.ts',
    find: 'closed = keeps;',
    replace: 'closed = false;',
    tests: table,
  },
  {
    title: 'a text that moves loses what its lines begin with',
    file: 'src/load/format/text-lines.ts',
    find: 'const rest = line.slice(column);',
    replace: 'const rest = line.trimStart();',
    tests: table,
  },
  {
    title: 'a key that stands twice is formatted',
    file: 'src/load/format/format.ts',
    find: 'if (duplicateKeys(path, layout).length > 0)',
    replace: 'if (path === "")',
    tests: table,
  },
  {
    title: 'what belongs to another program is formatted',
    file: 'src/load/format/format.ts',
    find: 'if (!isOurs(layout)) return { problems: [foreign(path)] };',
    replace: '',
    tests: table,
  },
  {
    title: 'entries that are commented out leave their section',
    file: 'src/load/format/give.ts',
    find: 'let open = before && holdsNothing(before) ? before : null;',
    replace: 'let open = null as Station | null;',
    tests: table,
  },
  {
    title: 'comments change places',
    file: 'src/load/format/give.ts',
    find: 'else notes.of(behind.part).above.push(note);\n  return [];',
    replace: 'else notes.of((sibling ?? behind).part).above.push(note);\n  return [];',
    tests: property,
  },
];
