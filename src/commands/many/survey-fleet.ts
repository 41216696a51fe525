import type { OrganizationResult } from '../../model/result.ts';
import type { Survey } from '../../pipeline.ts';
import type { Shell } from '../shell.ts';
import { type Look, surveyOrganization } from '../survey-organization.ts';
import { atOnce } from './at-once.ts';
import { type Fleet, isMember, type Member } from './fleet.ts';
import { failed, haltOf, notStarted } from './outcome.ts';
import { type OwnShell, ownShell } from './own-shell.ts';
import type { Pool, Reached } from './pool.ts';
import { showFleet } from './show-fleet.ts';

/** An organization that was looked at. */
export interface Surveyed {
  readonly member: Member;
  /** What was read for it is let go of. */
  readonly found: Pick<Survey, 'plan' | 'refused' | 'others'>;
  readonly reached: Reached;
  readonly shell: OwnShell;
}

/** Organizations that are looked at or written to at once. The budget decides how fast that goes, and this how much is held. */
export const width = 8;

/** Looks at every organization of a fleet that can be worked with, some at once. Of one that cannot be looked at there is only its result. */
export function surveyFleet(
  fleet: Fleet,
  lookAt: (member: Member) => Look,
  pool: Pool,
  shell: Shell,
  before: (member: Member, reached: Reached, shell: OwnShell) => Promise<void> = async () => {},
): Promise<readonly (Surveyed | OrganizationResult)[]> {
  return showFleet(shell, 'Reading what is live', fleet.filter(isMember).length, pool, (tick) =>
    atOnce(fleet, width, async (each) => {
      if (!isMember(each)) return each;
      const own = ownShell(shell);
      try {
        return await look(each, own);
      } catch (thrown) {
        return failed(each, thrown, own, { api_url: null });
      } finally {
        tick();
      }
    }),
  );

  async function look(member: Member, own: OwnShell): Promise<Surveyed | OrganizationResult> {
    const halted = haltOf(shell, null);
    if (halted) return notStarted(member, halted);
    const reached = await pool.reach(member, member.configuration.root);
    const ended = haltOf(shell, reached.ended());
    if (ended) return notStarted(member, ended);
    await before(member, reached, own);
    const { others, plan, refused } = await surveyOrganization(
      member.configuration,
      lookAt(member),
      reached.provider,
      own,
    );
    return { member, found: { others, plan, refused }, reached, shell: own };
  }
}

/** Whether an organization was looked at. */
export const wasSurveyed = (each: Surveyed | OrganizationResult): each is Surveyed => 'found' in each;
