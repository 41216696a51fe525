import type {
  Assignments,
  LineConditions,
  LineSelector,
  PayableSelector,
  ProductConditions,
  ProductSelector,
} from '../model/assignment.ts';
import type { Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { clashesOf } from './assignment-clashes.ts';
import { itemsOf, type Parts } from './assignment-list.ts';
import { targetReader } from './assignment-targets.ts';
import { lowerCase, pattern, selectorOf, textsOf, upperCase, word } from './conditions.ts';
import { createdBetween } from './created-between.ts';
import type { Names } from './references.ts';
import { below, keysBut, type Tree, treeAt } from './tree.ts';

/** The section `assignments` in order of precedence, as the merged layers have it, and what is wrong with its meaning. */
export function assignmentsOf(
  tree: Tree,
  kinds: Kinds,
  names: ReadonlyMap<string, Names>,
): { readonly assignments: Assignments; readonly problems: readonly Problem[] } {
  const products = itemsOf(
    treeAt(tree, ['assignments', 'products']),
    ofProducts,
    targetReader('product', kinds, names),
  );
  const lines = itemsOf(
    treeAt(tree, ['assignments', 'line_items']),
    ofLines,
    targetReader('line', kinds, names),
  );
  const assignments: Assignments = {
    products: products.items.map((item) => {
      if (item.type === 'rule') return item;
      const { selector, ...rest } = item;
      return { ...rest, product: selector };
    }),
    lineItems: lines.items.map((item) => {
      if (item.type === 'rule') return item;
      const { selector, ...rest } = item;
      return { ...rest, ...selector };
    }),
  };
  const problems = [products.problems, clashesOf(products.items), lines.problems, clashesOf(lines.items)];
  return { assignments, problems: problems.flat() };
}

const productForms = { type: word, name: pattern, external_reference: pattern, currency: upperCase };
const lineForms = { name: pattern, description: pattern };
const payableForms = {
  status: word,
  document_id: pattern,
  counterpart_name: pattern,
  counterpart_id: lowerCase,
  currency: upperCase,
};

const ofProducts: Parts<ProductSelector, ProductConditions> = {
  noun: { one: 'product', many: 'products' },
  selectors: ['product'],
  selector: (item) => selectorOf(below(item, 'product'), ['id', 'external_reference', 'name']),
  when: (tree) => ({ when: textsOf(tree, productForms), problems: [] }),
};

const ofLines: Parts<
  { readonly payable: PayableSelector; readonly line_item: LineSelector },
  LineConditions
> = {
  noun: { one: 'line', many: 'lines' },
  selectors: ['payable', 'line_item'],
  selector: (item) => {
    const payable = selectorOf(below(item, 'payable'), [
      'id',
      'document_id',
      'counterpart_id',
      'counterpart_name',
    ]);
    const line = selectorOf(below(item, 'line_item'), ['id', 'name', 'description']);
    return payable && line && { payable, line_item: line };
  },
  when: lineConditions,
};

/** Payables whose lines can still be changed. */
const usualStatus = ['draft', 'new'];

function lineConditions(tree: Tree) {
  const payable = below(tree, 'payable');
  const created = below(payable, 'created_at');
  const { between, problems } = created ? createdBetween(created) : { between: {}, problems: [] };
  const ofPayable = textsOf(payable && keysBut(payable, 'created_at'), payableForms);
  const ofLine = textsOf(below(tree, 'line_item'), lineForms);
  const closed = keysBut(keysBut(tree, 'payable'), 'line_item');
  if (!between || !ofPayable || !ofLine || !textsOf(closed, {})) return { when: null, problems };
  const when: LineConditions = {
    payable: {
      ...ofPayable,
      status: ofPayable.status ?? usualStatus,
      ...(Object.keys(between).length > 0 ? { created_at: between } : {}),
    },
    line_item: ofLine,
  };
  return { when, problems };
}
