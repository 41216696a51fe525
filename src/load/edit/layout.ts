import { type CST, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { parse } from '../parse.ts';
import type { At, ItemPlace, MappingPlace, MemberPlace, Place, ScalarPlace, SequencePlace } from './place.ts';

/** A text and where everything in it stands. */
export interface Layout {
  readonly text: string;
  /** Null where the document says nothing. */
  readonly root: Place | null;
  /** Names of the anchors that aliases use. */
  readonly used: ReadonlySet<string>;
}

/** Where everything stands in a text; null when it is not one document of valid YAML. */
export function layOut(text: string): Layout | null {
  const { document, problems } = parse('', text, 'with tokens');
  if (problems.length > 0) return null;
  const used = new Set<string>();
  const contents: unknown = document?.contents ?? null;
  if (contents === null || isEmpty(contents)) return { text, root: null, used };
  return {
    text,
    root: placeOf(contents, { lead: 0, inFlow: false, outer: -1, props: '', text, used }),
    used,
  };
}

/** What is empty takes no place in the text. */
const isEmpty = (node: unknown): boolean => isScalar(node) && node.srcToken === undefined;

interface Around extends Pick<At, 'lead' | 'inFlow' | 'outer' | 'props'> {
  readonly text: string;
  readonly used: Set<string>;
}

function placeOf(node: unknown, around: Around): Place {
  const { inFlow, lead, outer, props, text, used } = around;
  const [start, end] = rangeOf(node);
  const at = { lead, inFlow, outer, props, start, end };
  if (isAlias(node)) {
    used.add(node.source);
    return { ...at, type: 'alias', name: node.source, anchor: null, tag: null };
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) throw new Error('a node of another kind');
  const own = { ...at, anchor: node.anchor ?? null, tag: node.tag ?? null };
  if (isMap(node)) return { ...own, ...mappingOf(node, around) };
  if (isSeq(node)) return { ...own, ...sequenceOf(node, around) };
  return { ...own, ...scalarOf(node.srcToken, start), value: node.value, source: text.slice(start, end) };
}

function mappingOf(
  node: YAMLMap,
  around: Around,
): Pick<MappingPlace, 'type' | 'form' | 'members' | 'column'> {
  const token = node.srcToken;
  const block = token?.type === 'block-map';
  const first = block ? token.items.flatMap(({ start }) => start.filter(isMark))[0]?.offset : undefined;
  const begin = Math.min(rangeOf(node)[0], first ?? Number.MAX_SAFE_INTEGER);
  const column = block ? columnOf(around.text, begin) : around.outer;
  const commas = token?.type === 'flow-collection' ? commasOf(token) : noCommas;
  const inside = { ...around, inFlow: !block, outer: column };
  const members = node.items.map((pair) => memberOf(pair, commas, inside));
  const form = block ? 'block' : token ? 'brackets' : 'none';
  return { type: 'mapping', form, members, column };
}

function memberOf(pair: Pair, commas: Commas, around: Around): MemberPlace {
  const source = pair.srcToken ?? { start: [] };
  const [keyStart, keyEnd] = rangeOf(pair.key);
  const marks = (source.sep ?? []).filter(isMark);
  const inside = { ...around, lead: endOf(marks.at(-1)) ?? keyEnd, props: propsIn(marks) };
  const colon = marks.some(({ type }) => type === 'map-value-ind');
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  return {
    name: key.normalize('NFC'),
    key: { value: key, source: around.text.slice(keyStart, keyEnd), props: propsIn(source.start) },
    start: source.start.find(isMark)?.offset ?? keyStart,
    comma: commas.get(source) ?? null,
    value: valuePlace(pair.value, colon, inside),
  };
}

function sequenceOf(
  node: YAMLSeq,
  around: Around,
): Pick<SequencePlace, 'type' | 'form' | 'items' | 'column'> {
  const token = node.srcToken;
  const block = token?.type === 'block-seq';
  const column = block ? columnOf(around.text, rangeOf(node)[0]) : around.outer;
  const sources: readonly CST.CollectionItem[] =
    token?.type === 'block-seq' || token?.type === 'flow-collection' ? token.items.filter(isReal) : [];
  const commas = token?.type === 'flow-collection' ? commasOf(token) : noCommas;
  const items = node.items.map((item, index): ItemPlace => {
    const source = sources[index] ?? { start: [] };
    const marks = source.start.filter(isMark);
    const from = isEmpty(item) ? 0 : rangeOf(item)[0];
    const lead = endOf(marks.at(-1)) ?? from;
    const inside = { ...around, inFlow: !block, outer: column, lead, props: propsIn(marks) };
    return {
      start: marks[0]?.offset ?? from,
      comma: commas.get(source) ?? null,
      value: valuePlace(item, true, inside),
    };
  });
  return { type: 'sequence', form: block ? 'block' : 'brackets', items, column };
}

/** A value, or the place where one is missing. */
function valuePlace(node: unknown, colon: boolean, around: Around): Place {
  if (node !== null && !isEmpty(node)) return placeOf(node, around);
  const { inFlow, lead, outer, props } = around;
  const [anchor, tag] = isScalar(node) ? [node.anchor ?? null, node.tag ?? null] : [null, null];
  return { type: 'missing', start: lead, end: lead, lead, inFlow, outer, props, anchor, tag, colon };
}

function scalarOf(
  token: CST.Token | undefined,
  start: number,
): Pick<ScalarPlace, 'type' | 'style' | 'header' | 'body'> {
  if (token?.type === 'block-scalar') {
    const head = token.props.map((each) => ('source' in each ? each.source : '')).join('');
    const header = /^[|>][-+\d]*/.exec(head)?.[0] ?? '';
    const style = header.startsWith('|') ? 'literal' : 'folded';
    return { type: 'scalar', style, header, body: start + head.length };
  }
  const quoted = token?.type === 'single-quoted-scalar' ? 'single' : 'double';
  const style = token?.type === 'scalar' ? 'plain' : quoted;
  return { type: 'scalar', style, header: '', body: start };
}

/** The signs before a value that are neither space nor comment nor comma. */
const isMark = ({ type }: CST.SourceToken): boolean =>
  ['anchor', 'tag', 'seq-item-ind', 'explicit-key-ind', 'map-value-ind'].includes(type);

/** Anchor and tag as they are written. */
const propsIn = (tokens: readonly CST.SourceToken[]): string =>
  tokens.flatMap(({ source, type }) => (type === 'anchor' || type === 'tag' ? source : [])).join(' ');

/** Comments behind the last item are kept as an item that holds nothing. */
const isReal = ({ start, key, sep, value }: CST.CollectionItem): boolean =>
  Boolean(key ?? value ?? sep) || start.some(isMark);

type Commas = ReadonlyMap<CST.CollectionItem, number>;
const noCommas: Commas = new Map();

/** The comma behind each item in brackets. */
function commasOf({ items }: CST.FlowCollection): Commas {
  const commas = new Map<CST.CollectionItem, number>();
  let before: CST.CollectionItem | null = null;
  for (const item of items) {
    const comma = item.start.find(({ type }) => type === 'comma');
    if (comma && before) commas.set(before, comma.offset);
    if (isReal(item)) before = item;
  }
  return commas;
}

const rangeOf = (node: unknown): readonly [number, number] =>
  (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range
    ? [node.range[0], node.range[1]]
    : [0, 0];

const endOf = (token: CST.SourceToken | undefined): number | null =>
  token ? token.offset + token.source.length : null;

/** Signs from the beginning of the line; a byte order mark is none. */
function columnOf(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return offset - lineStart - (lineStart === 0 && text.startsWith('\ufeff') ? 1 : 0);
}
