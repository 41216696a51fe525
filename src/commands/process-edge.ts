import type { Readable } from 'node:stream';

/** A stream that text goes to. */
export interface TextOut {
  readonly isTTY?: boolean | undefined;
  /** Of a terminal. */
  readonly columns?: number | undefined;
  /** Of a terminal. */
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/** All that a command sees of its process. The tests put their own in its place. */
export interface ProcessEdge {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: TextOut;
  readonly stderr: TextOut;
  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  readonly version: string;
  /** The package's folder, where `schemas/` is. */
  readonly home: URL;
}
