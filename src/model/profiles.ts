import type { ProfileName } from '../catalog/profiles.ts';
import { allQuirks, type QuirkSet } from './quirks.ts';

const profiles: Readonly<Record<ProfileName, QuirkSet>> = {
  'xinetd-2.3.15.3': allQuirks,
  serve: new Set(),
};

/** A profile is the set of the quirks that it has; nothing but this table knows the names of profiles. */
export function quirksOf(profile: ProfileName): QuirkSet {
  return profiles[profile];
}
