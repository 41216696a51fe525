/** The first line of a file whose schema lies at a path relative to it, with `/`: editors read it. Without its line end. */
export const modelineTo = (way: string): string => `# yaml-language-server: $schema=${way}`;

/** Both ways in which editors are told a schema: the YAML language server's, and the one that JetBrains came up with. */
const modeline = /^#\s+(?:yaml-language-server\s*:|\$schema:)/;

/** What may stand above the first thing that a file says: comments, directives, the mark of a document, and nothing. */
const above = /^\s*(?:#.*|%.*|---(?:\s+#.*)?)?\s*$/;

/** Whether a text tells editors its schema already, in the comments above all that it says. */
export function hasModeline(text: string): boolean {
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    if (modeline.test(line.trimStart())) return true;
    if (!above.test(line)) return false;
  }
  return false;
}
