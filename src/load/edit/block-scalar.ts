/** A text as the lines of a `|` or `>`. */
export interface BlockText {
  /** The sign and what it says of the last line ends. */
  readonly header: string;
  readonly lines: readonly string[];
}

/** How a block scalar is to look. */
export interface BlockForm {
  readonly style: 'literal' | 'folded';
  readonly indent: string;
  /** Where a folded one breaks its lines. */
  readonly width: number;
  /** It keeps all line ends: empty lines behind it belong to it. */
  readonly keeps: boolean;
}

/** A text as a block scalar; null where it has signs or spaces that such a one cannot show. */
export function blockText(text: string, { indent, keeps, style, width }: BlockForm): BlockText | null {
  const body = text.replace(/\n+$/, '');
  const endings = text.length - body.length;
  if (!isShowable(body) || (endings > 1 && !keeps)) return null;
  const paragraphs = body.split('\n');
  if (style === 'folded' && paragraphs.some((line) => /^[ \t]|[ \t]$/.test(line))) return null;
  const chomp = endings === 0 ? '-' : endings === 1 ? '' : '+';
  const lines = style === 'literal' ? paragraphs : folded(paragraphs, width - indent.length);
  const shown = lines.map((line) => (line === '' ? '' : `${indent}${line}`));
  const kept = Array.from({ length: Math.max(0, endings - 1) }, () => '');
  return { header: `${style === 'literal' ? '|' : '>'}${chomp}`, lines: [...shown, ...kept] };
}

/** A text of several lines as a new block scalar. */
export const literal = (text: string, indent: string): BlockText | null =>
  blockText(text, { style: 'literal', indent, width: 0, keeps: false });

/** Nothing invisible but line ends, a first line that shows where lines begin, and no line that a CI runner would obey. */
const isShowable = (body: string): boolean =>
  /^[^ \t\n]/.test(body) &&
  !/[^\P{Cc}\n\t]|(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]|^[ \t]+$/mu.test(body) &&
  !/##\w*\[|(?:^|\s)::/.test(body);

/** Between two lines of the text stands an empty one; long lines are broken at single spaces. */
function folded(paragraphs: readonly string[], width: number): readonly string[] {
  return paragraphs.flatMap((paragraph, index) => {
    const broken = paragraph === '' ? [] : brokenLines(paragraph, width);
    return index === 0 ? broken : ['', ...broken];
  });
}

function brokenLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(/(?<=[^ \t]) (?=[^ \t])/)) {
    if (line !== null && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === null ? word : `${line} ${word}`;
  }
  return line === null ? lines : [...lines, line];
}
