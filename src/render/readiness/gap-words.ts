import type { Fix, Gap, GapGroup } from '../../model/readiness.ts';
import { labelText } from '../label-text.ts';
import { printable } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';
import { shorten } from '../width.ts';

/** What a severity is called in a summary. */
export function gapCounts(gaps: readonly Gap[]): string {
  const count = (severity: Gap['severity']) => gaps.filter((each) => each.severity === severity).length;
  const [blocks, warns] = [count('blocks'), count('warns')];
  const parts = [
    blocks === 0 ? '' : `${counted(blocks, 'gap')} ${blocks === 1 ? 'blocks' : 'block'}`,
    warns === 0 ? '' : `${counted(warns, 'warning')}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** A reason in the words of an accounting system may be long. */
const longestLabel = 200;

/** Places named beside a group that they say more than. */
const namedPlaces = 3;

/** A group on one harmless line: what it is, how many places, some of them, and what the next apply does. */
export function groupText({ filled_by_apply, label, places }: GapGroup): string {
  const others = places.map((place) => place.label).filter((name) => !name.trim().endsWith(label));
  const named = others.slice(0, namedPlaces).map(labelText).join(', ');
  const rest = others.length - namedPlaces;
  const count = places.length > 1 ? ` · ${numberText(places.length)}` : '';
  const who = named === '' ? '' : `: ${named}${rest > 0 ? ` and ${numberText(rest)} more` : ''}`;
  const filled =
    filled_by_apply === 0
      ? ''
      : ` · ledgerform apply mends ${filled_by_apply === places.length ? (places.length === 1 ? 'it' : 'all') : numberText(filled_by_apply)}`;
  return `${shorten(printable(label), longestLabel)}${count}${who}${filled}`;
}

/** The groups that say more than the message does. */
export const groupsToTell = ({ groups, message }: Gap): readonly GapGroup[] =>
  groups.length === 1 ? groups.filter(({ label }) => !message.includes(label)) : groups;

/** What the next apply does for a gap; empty where it does nothing. */
export const filledText = ({ count, filled_by_apply }: Gap): string => {
  if (filled_by_apply === 0) return '';
  return `ledgerform apply mends ${filled_by_apply === count ? (count === 1 ? 'it' : 'all of these') : `${numberText(filled_by_apply)} of these`}.`;
};

/** How the text of a fix is led in. */
export const fixTitle = ({ text, type }: Fix): string => {
  if (type === 'command') return 'run';
  if (type === 'by_hand') return 'by hand';
  return text.includes('"CODE"') ? 'write, with a code that is listed there in place of CODE' : 'write';
};
