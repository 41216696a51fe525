import type { LiveLine, LiveProduct } from '../../model/live.ts';
import { selectorText } from '../../plan/match.ts';
import { groupBy } from '../../plan/select.ts';

/** How a file names one thing: `product: { name: … }`, or `payable` and `line_item` together. */
export type Selector = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** As many characters as a text that names something may have in a file. */
const longest: Readonly<Record<string, number>> = {
  external_reference: 255,
  document_id: 255,
  name: 100,
  line_name: 500,
  description: 2048,
};

/** Names products by the most readable text that no other has: external reference, name, else the id. All products must be there. */
export function namingProducts(
  products: readonly LiveProduct[],
  isWritable: (text: string) => boolean,
): (product: LiveProduct) => Selector {
  const ways = (['external_reference', 'name'] as const).map((by) => ({
    by,
    index: groupBy(products, (product) => selectorText(by, product[by])),
  }));
  return (product) => {
    const way = ways.find(({ by, index }) => {
      const text = selectorText(by, product[by]);
      return text !== null && fits(by, text, isWritable) && index.get(text)?.length === 1;
    });
    const text = way ? selectorText(way.by, product[way.by]) : null;
    return { product: way && text !== null ? { [way.by]: text } : { id: product.id } };
  };
}

/**
 * Names lines by the number of their payable, where `isOnly` says that no other payable has it, and by their name or
 * description where no other line there has it; else by ids.
 */
export function namingLines(
  lines: readonly LiveLine[],
  isOnly: (documentId: string) => boolean,
  isWritable: (text: string) => boolean,
): (line: LiveLine) => Selector {
  const beside = groupBy(lines, ({ payable }) => payable.id);
  return ({ line, payable }) => {
    const number = selectorText('document_id', payable.document_id);
    const named = number !== null && fits('document_id', number, isWritable) && isOnly(number);
    const others = beside.get(payable.id) ?? [];
    const by = (['name', 'description'] as const).find((field) => {
      const text = selectorText(field, line[field]);
      if (text === null || !fits(field === 'name' ? 'line_name' : field, text, isWritable)) return false;
      return others.filter((each) => selectorText(field, each.line[field]) === text).length === 1;
    });
    const text = by ? selectorText(by, line[by]) : null;
    return {
      payable: named ? { document_id: number } : { id: payable.id },
      line_item: by && text !== null ? { [by]: text } : { id: line.id },
    };
  };
}

const fits = (by: string, text: string, isWritable: (text: string) => boolean): boolean =>
  text.length <= (longest[by] ?? 0) && isWritable(text);
