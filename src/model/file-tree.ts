/** What stands at one path of a tree of files. */
export type TreeEntry =
  | { readonly type: 'file'; readonly size: number; readonly read: () => Promise<Buffer> }
  | { readonly type: 'folder' }
  /** A symbolic link, and what it says. */
  | { readonly type: 'link'; readonly target: string }
  | { readonly type: 'none' }
  /** Something may be there, and cannot be looked at from here. */
  | { readonly type: 'unreachable'; readonly message: string; readonly hint: string };

/** Files as they were at some time. Paths are relative to its top, with `/`, and the empty path is the top. */
export interface FileTree {
  look(path: string): Promise<TreeEntry>;
}
