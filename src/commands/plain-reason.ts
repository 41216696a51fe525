/** What the system's own words for a failure mean to a person. */
const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'you are not allowed to',
  EPERM: 'you are not allowed to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EFBIG: 'a file may not become larger than it is',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links go round in circles',
};

/** Why something failed, in plain words where the system has only a code for it. */
export function plainReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const known = 'code' in cause && typeof cause.code === 'string' ? words[cause.code] : undefined;
  return known ?? cause.message.replace(/\.$/, '');
}
