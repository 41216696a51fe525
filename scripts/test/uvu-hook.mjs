const watched = new URL('./watched-uvu.ts', import.meta.url).href;

/** Answers `import … from 'uvu'` with watched-uvu.ts, which is the only module that gets the real one. */
export function resolve(specifier, context, next) {
  if (specifier !== 'uvu' || context.parentURL?.split('?')[0] === watched) return next(specifier, context);
  return { url: watched, shortCircuit: true };
}
