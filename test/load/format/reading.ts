import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { tryText } from '../try-load.ts';

/** What a text is loaded to, without where it stands; and the codes of its problems. */
export async function desiredOf(text: string): Promise<unknown> {
  const { declared, problems } = await tryText(text);
  return { declared: placeless(declared), problems: problems.map(({ code }) => code).sort() };
}

const places = new Set(['origin', 'fieldOrigins', 'stated', 'line', 'column']);

function placeless(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(placeless);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !places.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, placeless(each)]));
}

/** Each comment `# N at PATH`, and whether it stands beside what is at the path or right above it. */
export function ownersIn(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const pathAt = pathsByLine(text);
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    const comment = /#\s(\d+)\tat (\S+)$/.exec(line);
    if (!comment) continue;
    const [whole = '', number = '', path = ''] = comment;
    const isAbove = line.trimStart() === whole;
    const next = lines.findIndex(
      (each, at) => at > index && each.trim() !== '' && !each.trimStart().startsWith('#'),
    );
    const paths = pathAt.get((isAbove ? next : index) + 1) ?? [];
    // An item and the field that it begins with share a line.
    const isThere = paths.some(
      (each) => each === path || each.startsWith(`${path}.`) || path.startsWith(`${each}.`),
    );
    found.push(`${number.padStart(4, '0')} ${path} ${isThere ? 'there' : `elsewhere: ${paths.join(' ')}`}`);
  }
  return found.sort();
}

/** The keys and items that begin on each line. */
function pathsByLine(text: string): ReadonlyMap<number, readonly string[]> {
  const counter = new LineCounter();
  const { contents } = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: counter });
  const found = new Map<number, string[]>();
  const add = (offset: number, path: string): void => {
    const { line } = counter.linePos(offset);
    found.set(line, [...(found.get(line) ?? []), path]);
  };
  const walk = (node: unknown, path: string): void => {
    if (isMap(node))
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const own = `${path}.${String(key.value)}`;
        add(key.range?.[0] ?? 0, own);
        walk(value, own);
      }
    if (isSeq(node))
      node.items.forEach((item, index) => {
        const own = `${path}.${index}`;
        if (isMap(item) || isScalar(item) || isSeq(item)) add(item.range?.[0] ?? 0, own);
        walk(item, own);
      });
  };
  walk(contents, '');
  return found;
}
