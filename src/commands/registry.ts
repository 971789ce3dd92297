import { command as access } from './access.ts';
import { type RegisteredCommand, registered } from './command.ts';
import { command as completion } from './completion.ts';
import { command as convert } from './convert.ts';
import { command as effective } from './effective.ts';
import { command as explain } from './explain.ts';
import { command as facts } from './facts.ts';
import { command as format } from './format.ts';
import { command as lint } from './lint.ts';
import { command as parse } from './parse.ts';
import { command as rules } from './rules.ts';
import { command as serve } from './serve.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly RegisteredCommand[] = [
  registered(convert),
  registered(lint),
  registered(explain),
  registered(rules),
  registered(facts),
  registered(format),
  registered(effective),
  registered(access),
  registered(parse),
  registered(serve),
  registered(completion),
];
