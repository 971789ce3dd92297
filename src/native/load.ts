import type { Addon } from './addon.ts';

/** The addon, or why there is none and what to do about it. */
export type LoadedAddon =
  | { readonly ok: true; readonly addon: Addon }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };
