import { askGit, type Variables } from './run-git.ts';

/** The ref that says which commit was last applied to an organization. */
export const appliedRef = (organizationId: string): string =>
  `refs/ledgerform/${organizationId.toLowerCase()}`;

/** What a remote has of such refs; `failed` is why it could not be asked. */
export type RemoteRefs = ReadonlyMap<string, string> | { readonly failed: string };

/** Whether the repository has a remote of this name. A URL is none: what is recorded goes where the repository says. */
export async function hasRemote(root: string, name: string, variables: Variables): Promise<boolean> {
  const { stdout } = await askGit(['remote'], root, variables);
  return stdout.toString('utf8').split('\n').includes(name);
}

/** Asks a remote for all refs of this kind. */
export async function remoteRefs(root: string, remote: string, variables: Variables): Promise<RemoteRefs> {
  const args = ['ls-remote', '--refs', '--', remote, 'refs/ledgerform/*'];
  const { ok, stdout, words } = await askGit(args, root, variables, { remote: true });
  if (!ok) return { failed: words };
  const refs = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [commit = '', ref = ''] = line.split('\t');
    if (ref !== '') refs.set(ref, commit);
  }
  return refs;
}

/** The commit of a ref of this repository; null where there is no such ref. */
export async function localRef(root: string, ref: string, variables: Variables): Promise<string | null> {
  const { ok, stdout } = await askGit(['rev-parse', '--verify', '--quiet', ref], root, variables);
  return ok ? stdout.toString('utf8').trim() : null;
}

/** Moves a ref of this repository from what it was; why not, where that fails. */
export async function moveLocal(
  root: string,
  ref: string,
  { from, to }: { readonly from: string | null; readonly to: string },
  variables: Variables,
): Promise<string | null> {
  const before = from ?? '0'.repeat(to.length);
  const { ok, words } = await askGit(
    ['update-ref', '-m', 'ledgerform apply', ref, to, before],
    root,
    variables,
  );
  return ok ? null : words;
}

/** Moves a ref of a remote from what it was there, and nothing besides; why not, where that fails. */
export async function push(
  root: string,
  { remote, ref, from, to }: { remote: string; ref: string; from: string | null; to: string },
  variables: Variables,
): Promise<string | null> {
  const alone = ['--no-verify', '--no-follow-tags', '--recurse-submodules=no', '--no-signed', '--porcelain'];
  const lease = `--force-with-lease=${ref}:${from ?? ''}`;
  const args = ['push', ...alone, lease, '--', remote, `${to}:${ref}`];
  const { ok, words } = await askGit(args, root, variables, { remote: true });
  return ok ? null : words;
}

/** The command that does by hand what `push` could not. */
export const pushCommand = (remote: string, ref: string, to: string): string =>
  `git push ${remote} ${to}:${ref}`;
