import type { RegisteredCommand } from './command.ts';

/** Every command, in the order in which help lists them: `registered(convert)` and so on. */
export const commands: readonly RegisteredCommand[] = [];
