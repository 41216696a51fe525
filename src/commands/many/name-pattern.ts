/** Whether a text has signs that mean more than themselves in a pattern of paths. */
export const isPattern = (text: string): boolean => /[*?[\]{}]/.test(text);

/**
 * Whether the name of a file or folder matches one segment of a pattern: `*` any text, `?` one sign, `[ab]` and `[!ab]` one
 * of them or none of them. What is hidden matches only a segment that begins with a dot, and node_modules only itself.
 */
export function matchesName(name: string, segment: string): boolean {
  if (name === segment) return true;
  if (name === 'node_modules' || (name.startsWith('.') && !segment.startsWith('.'))) return false;
  return expressionOf(segment).test(name);
}

function expressionOf(segment: string): RegExp {
  const parts = segment.match(/\*+|\?|\[!?[^\]]+\]|[\s\S]/g) ?? [];
  const text = parts.map((part) => {
    if (part.startsWith('*')) return '[^]*';
    if (part === '?') return '[^]';
    if (part.length > 2 && part.startsWith('[')) return setOf(part);
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${text.join('')}$`, 'u');
}

function setOf(part: string): string {
  const none = part.startsWith('[!');
  const signs = part.slice(none ? 2 : 1, -1).replace(/[\\\]^[]/g, '\\$&');
  // A range that is upside down is no expression.
  const safe = /(.)-(.)/.test(signs) && [...signs.matchAll(/(.)-(.)/g)].some(([, a = '', b = '']) => a > b);
  return `[${none ? '^' : ''}${safe ? signs.replaceAll('-', '\\-') : signs}]`;
}

/** The patterns that one with braces stands for: `{a,b}.yaml` is `a.yaml` and `b.yaml`. At most so many; braces that are none stay. */
export function withoutBraces(pattern: string, most = 1000): readonly string[] {
  const done = new Set<string>();
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(next);
    if (!found || done.size + open.length >= most) done.add(next);
    else {
      const [, before = '', choices = '', after = ''] = found;
      for (const choice of choices.split(',').reverse()) open.push(`${before}${choice}${after}`);
    }
  }
  return [...done];
}
