import { allQuirks, type QuirkSet } from './quirks.ts';

export type ProfileName = 'serve' | 'xinetd-2.3.15.3';

const profiles: Readonly<Record<ProfileName, QuirkSet>> = {
  'xinetd-2.3.15.3': allQuirks,
  serve: new Set(),
};

export function quirksOf(profile: ProfileName): QuirkSet {
  return profiles[profile];
}
