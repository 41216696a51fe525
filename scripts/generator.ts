/** Writes generated files: `make` gives the complete text of each, by path from the project's root, and nothing else is touched. */
export interface Generator {
  readonly paths: readonly string[];
  make(): Promise<Readonly<Record<string, string>>>;
}
