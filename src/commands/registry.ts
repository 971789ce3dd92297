import { type RegisteredCommand, registered } from './command.ts';
import { command as completion } from './completion.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly RegisteredCommand[] = [registered(completion)];
