import type { Fix, Readiness } from '../../model/readiness.ts';
import { commandFor } from '../command-for.ts';

/** The same, with commands that are about the configuration that was named, and not about the usual one. */
export function forConfiguration(readiness: Readiness, named: string | null): Readiness {
  if (named === null) return readiness;
  const aimed = (fix: Fix): Fix =>
    fix.type === 'command' ? { ...fix, text: commandFor(fix.text, named) } : fix;
  return { ...readiness, gaps: readiness.gaps.map((gap) => ({ ...gap, fixes: gap.fixes.map(aimed) })) };
}
