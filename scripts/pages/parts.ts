/** A fence or a comment of a Markdown page. */
export type Part = Fence | Comment;

/** Text between two lines of backticks. */
export interface Fence {
  readonly type: 'fence';
  /** What stands behind the first backticks: `yaml file=ledgerform.yaml`. */
  readonly info: string;
  readonly body: string;
  /** Where its first line of backticks stands. */
  readonly line: number;
}

/** Text between `<!--` at the beginning of a line and `-->`. */
export interface Comment {
  readonly type: 'comment';
  readonly text: string;
  readonly line: number;
}

const pattern = /^(`{3,})(.*)\n([\s\S]*?)^\1$|^<!--([\s\S]*?)-->/gm;

/** The fences and comments of a page, in its order. A fence that is indented or never ends is an error: nobody would see it. */
export function partsOf(page: string): readonly Part[] {
  if (/^\s*```/m.test(page.replace(pattern, ''))) throw new Error('a fence is indented or never ends');
  return [...page.matchAll(pattern)].map(({ 2: info, 3: body = '', 4: text = '', index }) => {
    const line = page.slice(0, index).split('\n').length;
    return info === undefined
      ? { type: 'comment', text: text.trim(), line }
      : { type: 'fence', info: info.trim(), body, line };
  });
}
