import { lineStart } from '../edit/lines.ts';
import { type Collection, type ItemPlace, partsOf } from '../edit/place.ts';
import { aboveOf, isBlock, isCompact, isMember, type Noted, partsInOrder, pathOf } from './arrange.ts';
import { inlineText, isInline, keyIn, withProps } from './inline.ts';
import { isSection, type SchemaPath, schemaRoot } from './key-order.ts';
import type { Beside } from './notes.ts';
import { newSheet, type Sheet } from './sheet.ts';
import { textLines } from './text-lines.ts';

const step = '  ';

interface Work extends Noted {
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
export function print(root: Collection, noted: Noted): readonly string[] {
  const { layout, notes } = noted;
  const sheet = newSheet();
  if (isBlock(root, layout)) {
    printCollection(root, { path: schemaRoot, indent: '', lead: '' }, { ...noted, sheet });
    return sheet.lines;
  }
  const { foot, head } = notes.around(root);
  sheet.notes([...head, ...partsOf(root).flatMap((part) => notes.of(part).above)], '');
  sheet.line(inlineText(root, schemaRoot, layout, false));
  sheet.notes(foot, '');
  return sheet.lines;
}

function printCollection(place: Collection, where: Where, work: Work): void {
  const { indent, lead, path } = where;
  const { notes, sheet } = work;
  const { foot, head, headApart } = notes.around(place);
  // What is above the first part of an item stands above the item already.
  const isItem = lead !== indent;
  if (!isItem) sheet.notes(head, indent);
  const parts = partsInOrder(place, path, work);
  for (const [index, part] of parts.entries()) {
    const isFirst = index === 0;
    const isOpened = isFirst && isItem;
    const { after, apart, inside } = notes.of(part);
    const above = isOpened ? [] : aboveOf(part, path, work);
    const isMoved = isFirst && part !== partsOf(place)[0];
    if (!isFirst && path === schemaRoot && isMember(part) && isSection(part.name)) sheet.apart();
    if (isFirst && !isOpened && head.length > 0 && (headApart || isMoved)) sheet.apart();
    if (!isFirst && above.length === 0 && apart) sheet.apart();
    sheet.notes(above, indent);
    if (above.length > 0 && apart) sheet.apart();
    printPart(part, { path, indent, lead: isFirst ? lead : indent }, work);
    if (inside.length > 0) sheet.close();
    sheet.notes(inside, indent + step);
    sheet.notes(after, indent);
    if (after.length > 0) sheet.apart();
  }
  sheet.notes(foot, indent);
}

function printPart(part: ItemPlace, { indent, lead, path }: Where, work: Work): void {
  const { layout, notes, sheet } = work;
  const { value } = part;
  const start = isMember(part) ? `${lead}${keyIn(part)}:` : `${lead}-`;
  const below = { path: pathOf(part, path), indent: indent + step };
  const [beside] = notes.of(part).beside;
  const moved = indent.length - (part.start - lineStart(layout.text, part.start));
  const remarked = (line: string): string => (beside ? withRemark(line, beside, moved) : line);
  const put = (text: string): void => sheet.line(remarked(text === '' ? start : `${start} ${text}`));
  if (isBlock(value, layout)) {
    const compact = isCompact(part, layout);
    if (!compact) put(value.props);
    if (!compact) sheet.close();
    printCollection(value, { ...below, lead: compact ? `${start} ` : below.indent }, work);
  } else if (value.type !== 'scalar' || isInline(value, layout)) {
    put(withProps(value, inlineText(value, below.path, layout, false)));
  } else {
    const { first, keeps, more } = textLines(value, layout.text, below.indent);
    const isBare = value.header === '';
    if (isBare) sheet.line(`${start} ${withProps(value, first)}`);
    else put(withProps(value, first));
    sheet.body(isBare ? [...more.slice(0, -1), remarked(more.at(-1) ?? '')] : more, keeps);
  }
}

/** A comment that may stand below others keeps its column where it can. */
function withRemark(line: string, { column, text }: Beside, moved: number): string {
  const space = column === null ? 1 : Math.max(1, column + moved - line.length);
  return `${line}${' '.repeat(space)}${text}`;
}
