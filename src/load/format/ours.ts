import type { Layout } from '../edit/layout.ts';
import { isKnown } from './key-order.ts';

/** The first line of our files, wherever it stands among the comments. */
const ownModeline = /^\ufeff?#\s*(?:yaml-language-server\s*:|\$schema:).*ledgerform/m;

/** Whether a file that somebody names is a configuration or a part of one, right or wrong. Many files have a `version`. */
export function isOurs({ root, text }: Layout): boolean {
  if (root === null || ownModeline.test(text)) return true;
  return root.type === 'mapping' && root.members.some(({ name }) => name !== 'version' && isKnown(name));
}

/** Whether a file that is met in a folder is one: nothing in it belongs to another program. */
export function isSurelyOurs(layout: Layout): boolean {
  const { root, text } = layout;
  if (root === null) return false;
  if (ownModeline.test(text)) return true;
  return isOurs(layout) && root.type === 'mapping' && root.members.every(({ name }) => isKnown(name));
}
