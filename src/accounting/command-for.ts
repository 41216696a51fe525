/** A command about the configuration that was named, and not about the usual one. */
export const commandFor = (command: string, named: string | null): string =>
  named === null ? command : `${command} -c ${shellWord(named)}`;

/** A text as one word of a shell. */
export const shellWord = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
