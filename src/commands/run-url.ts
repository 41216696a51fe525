/** Where the log of this run can be read: as `LEDGERFORM_RUN_URL`, GitHub Actions or GitLab CI says. Null where nobody does. */
export function runUrlOf(variables: Readonly<Record<string, string | undefined>>): string | null {
  const { CI_JOB_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_SERVER_URL, LEDGERFORM_RUN_URL } = variables;
  const github =
    GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID
      ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
      : undefined;
  const url = LEDGERFORM_RUN_URL || github || CI_JOB_URL || '';
  // Only what can stand in a link of any output as it is.
  return url.length <= 500 && /^https?:\/\/[\w.:-]+(?:\/[\w.~%/-]*)?(?:[?#][\w.~%&=-]*)?$/.test(url)
    ? url
    : null;
}
