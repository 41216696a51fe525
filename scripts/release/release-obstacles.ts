/** What a release is made of. */
export interface Release {
  readonly tag: string;
  /** Our package.json. */
  readonly manifest: {
    readonly version: string;
    readonly repository?: string | { readonly url?: string };
  };
  readonly changelog: string;
  /** `owner/name` of the repository that the workflow runs in; null elsewhere. */
  readonly hostedAt: string | null;
}

/** Why this cannot be published as it is, each with what to do; empty when it can. */
export function releaseObstacles({ tag, manifest, changelog, hostedAt }: Release): readonly string[] {
  const { version, repository } = manifest;
  const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const obstacles: string[] = [];
  if (tag !== `v${version}`)
    obstacles.push(`The tag ${tag || '(none)'} is not v${version}. Tag the commit that npm version made.`);
  if (!changelog.includes(`\n## ${version} `) && !changelog.includes(`\n## [${version}]`))
    obstacles.push(
      `CHANGELOG.md has no section ${version}. Move what is under Unreleased there, with its date.`,
    );
  if (url === '')
    obstacles.push(
      'package.json has no "repository". npm attests where a package was built only when it says so: add { "type": "git", "url": "git+https://github.com/OWNER/NAME.git" }.',
    );
  else if (hostedAt !== null && !url.toLowerCase().endsWith(`github.com/${hostedAt.toLowerCase()}.git`))
    obstacles.push(
      `"repository" in package.json is ${url}, but this runs in ${hostedAt}. npm refuses to attest that.`,
    );
  return obstacles;
}
