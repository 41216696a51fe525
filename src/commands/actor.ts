import { userInfo } from 'node:os';

/** Who runs this, for the run record: as the CI system says, else the user of this machine. */
export function actorOf(variables: Readonly<Record<string, string | undefined>>): string {
  const named = variables.GITHUB_ACTOR ?? variables.GITLAB_USER_LOGIN;
  if (named !== undefined && named !== '') return named;
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return variables.USER ?? 'unknown';
  }
}
