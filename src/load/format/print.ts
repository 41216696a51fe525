import type { Layout } from '../edit/layout.ts';
import { type Collection, type ItemPlace, type MemberPlace, type Place, partsOf } from '../edit/place.ts';
import { inlineText, isInline, keyIn, withProps } from './inline.ts';
import { belowKey, inList, inOrder, isSection, type SchemaPath, schemaRoot } from './key-order.ts';
import type { Note, Notes } from './notes.ts';
import { newSheet, type Sheet } from './sheet.ts';
import { textLines } from './text-lines.ts';

const step = '  ';

interface Work {
  readonly layout: Layout;
  readonly notes: Notes;
  readonly sheet: Sheet;
}

/** Where something is to stand. */
interface Where {
  readonly path: SchemaPath;
  readonly indent: string;
  /** What its first line begins with: the indent, or the dash of the item that it is. */
  readonly lead: string;
}

/** The lines of a document in canonical form. */
export function print(root: Collection, layout: Layout, notes: Notes): readonly string[] {
  const work: Work = { layout, notes, sheet: newSheet() };
  const { sheet } = work;
  if (isBlock(root, layout)) printCollection(root, { path: schemaRoot, indent: '', lead: '' }, work);
  else {
    const { foot, head } = notes.around(root);
    sheet.notes([...head, ...partsOf(root).flatMap((part) => notes.of(part).above)], '');
    sheet.line(inlineText(root, schemaRoot, layout, false));
    sheet.notes(foot, '');
  }
  return sheet.lines;
}

/** Brackets over several lines become a block; those on one line stay. */
const isBlock = (place: Place, layout: Layout): place is Collection =>
  (place.type === 'mapping' || place.type === 'sequence') &&
  partsOf(place).length > 0 &&
  !isInline(place, layout);

function printCollection(place: Collection, where: Where, work: Work): void {
  const { indent, lead, path } = where;
  const { notes, sheet } = work;
  const { foot, head, headApart } = notes.around(place);
  const isItem = lead !== indent;
  if (!isItem) sheet.notes(head, indent);
  const parts = partsInOrder(place, path, work);
  const isMoved = parts[0] !== partsOf(place)[0];
  for (const [index, part] of parts.entries()) {
    const { after, apart } = notes.of(part);
    const above = isItem && index === 0 ? [] : aboveOf(part, path, work);
    const apartHere = index === 0 ? !isItem && head.length > 0 && (headApart || isMoved) : apart;
    if (above.length === 0 && apartHere) sheet.apart();
    if (index > 0 && path === schemaRoot && isMember(part) && isSection(part.name)) sheet.apart();
    if (index === 0 && apartHere) sheet.apart();
    sheet.notes(above, indent);
    if (above.length > 0 && apart) sheet.apart();
    printPart(part, { path, indent, lead: index === 0 ? lead : indent }, work);
    sheet.notes(after, indent);
    if (after.length > 0) sheet.apart();
  }
  sheet.notes(foot, indent);
}

const partsInOrder = (place: Collection, path: SchemaPath, { layout }: Work): readonly ItemPlace[] =>
  place.type === 'mapping' ? inOrder(place, path, layout.used) : place.items;

const isMember = (part: ItemPlace): part is MemberPlace => 'key' in part;

const pathOf = (part: ItemPlace, path: SchemaPath): SchemaPath =>
  isMember(part) ? belowKey(path, part.name) : inList(path);

/** An item whose value begins behind its dash. */
const isCompact = (part: ItemPlace, { layout }: Work): boolean =>
  !isMember(part) && part.value.props === '' && isBlock(part.value, layout);

/** The comments on the lines above a part, with those that find no place on its own first line. */
function aboveOf(part: ItemPlace, path: SchemaPath, work: Work): readonly Note[] {
  const { notes } = work;
  const { above, beside } = notes.of(part);
  const compact = isCompact(part, work);
  const besides = beside.slice(compact ? 0 : 1).map((text) => ({ text, apart: false }));
  return [
    ...above,
    ...besides,
    ...within(part, path, compact, work).map((note) => ({ ...note, apart: false })),
  ];
}

function within({ value }: ItemPlace, path: SchemaPath, compact: boolean, work: Work): readonly Note[] {
  if (value.type !== 'mapping' && value.type !== 'sequence') return [];
  const { foot, head } = work.notes.around(value);
  if (partsOf(value).length === 0) return [...head, ...foot];
  if (!compact) return [];
  const below = inList(path);
  const [first] = partsInOrder(value, below, work);
  return first ? [...head, ...aboveOf(first, below, work)] : head;
}

function printPart(part: ItemPlace, { indent, lead, path }: Where, work: Work): void {
  const { layout, notes, sheet } = work;
  const { value } = part;
  const start = isMember(part) ? `${lead}${keyIn(part)}:` : `${lead}-`;
  const [remark] = notes.of(part).beside;
  const beside = remark === undefined ? '' : ` ${remark}`;
  const below = { path: pathOf(part, path), indent: indent + step };
  const put = (text: string): void =>
    sheet.line(`${[start, ...(text === '' ? [] : [text])].join(' ')}${beside}`);
  if (isBlock(value, layout)) {
    if (isCompact(part, work)) return printCollection(value, { ...below, lead: `${start} ` }, work);
    put(value.props);
    sheet.close();
    return printCollection(value, { ...below, lead: below.indent }, work);
  }
  if (value.type !== 'scalar' || isInline(value, layout))
    return put(withProps(value, inlineText(value, below.path, layout, false)));
  const { first, keeps, more } = textLines(value, layout.text, below.indent);
  if (value.header !== '') {
    put(withProps(value, first));
    return sheet.body(more, keeps);
  }
  sheet.line(`${start} ${withProps(value, first)}`);
  sheet.body([...more.slice(0, -1), `${more.at(-1) ?? ''}${beside}`], false);
}
