/** Where a value stands: keys of mappings and indexes of sequences, as they are in the text before any edit. */
export type Path = readonly (string | number)[];

/** What can be written into a file. */
export type Written =
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly [key: string]: Written };

/** One intended change of what a text says. */
export type YamlEdit =
  /**
   * The value at the path, with every mapping on the way that is not there yet. With `whole` comments inside of what was there go
   * with it. A `remark` stands as a comment beside the first line of what is new, but for between brackets, where none can stand.
   */
  | {
      readonly type: 'set';
      readonly path: Path;
      readonly value: Written;
      readonly whole?: true;
      readonly remark?: string;
    }
  /** An item before the one that has the index now, or at the end; a list that is not there yet is made. An equal item that is there already is enough. */
  | { readonly type: 'insert'; readonly path: Path; readonly at: number; readonly value: Written }
  /** A key or an item with its lines and the comment beside it; one that is not there is fine. */
  | { readonly type: 'remove'; readonly path: Path };

/** What keeps an edit from being made safely. */
export type Obstacle =
  | 'syntax'
  | 'alias'
  | 'anchor'
  | 'merge'
  | 'tag'
  | 'variable'
  | 'comment'
  | 'form'
  | 'clash'
  | 'unsafe';

/** An edit that is not made, and why. */
export interface Refusal {
  readonly edit: YamlEdit;
  readonly why: Obstacle;
}

/** Ends the work on one edit. */
export class Refused extends Error {
  readonly why: Obstacle;
  constructor(why: Obstacle) {
    super(why);
    this.name = 'Refused';
    this.why = why;
  }
}

const words: Readonly<Record<Obstacle, string>> = {
  syntax: 'the file is not one document of valid YAML',
  alias: 'an alias (`*…`) stands there, for a value that is written elsewhere',
  anchor: 'it has an anchor (`&…`) that is used elsewhere in the file',
  merge: 'it may come from a merge key (`<<`)',
  tag: 'it has a tag (`!…`)',
  variable: `it holds a variable (\`\${var.…}\`)`,
  comment: 'comments stand inside of what would be replaced',
  form: 'what stands there has another form',
  clash: 'two edits concern one place',
  unsafe: 'the file would not read back as intended',
};

/** An obstacle, to go on after "because" or a colon. */
export const obstacleText = (why: Obstacle): string => words[why];

/** Whether a value is a mapping, not a list or a scalar. */
export const isMapping = (value: Written): value is { readonly [key: string]: Written } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a list. */
export const isList = (value: Written): value is readonly Written[] => Array.isArray(value);
