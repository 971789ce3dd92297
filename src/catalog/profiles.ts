/** Whose reading of a configuration is wanted: what documents say, failing closed, or what one daemon really does. */
export const profileNames = ['serve', 'xinetd-2.3.15.3'] as const;
export type ProfileName = (typeof profileNames)[number];
export const defaultProfile: ProfileName = 'serve';
