import type { Argv } from 'yargs';
import { defaultProfile, type ProfileName, profileNames } from '../catalog/profiles.ts';
import { dialectOption } from './input-options.ts';

/** Options of the commands that resolve a configuration. */
export type ModelOptions = {
  profile: ProfileName;
  dialect: string;
  etc: string | undefined;
  root: string | undefined;
  'inetd-compat': boolean;
};

export function withModelOptions<Options>(argv: Argv<Options>): Argv<Options & ModelOptions> {
  return argv
    .option('profile', {
      choices: profileNames,
      default: defaultProfile,
      describe: 'Whose reading: as documented and failing closed, or as the named daemon does it',
      group: 'Reading:',
    })
    .option('dialect', { ...dialectOption, group: 'Reading:' })
    .option('etc', {
      type: 'string',
      describe: 'Take services, protocols, rpc, networks, hosts, passwd and group from this folder',
      group: 'Reading:',
    })
    .option('root', {
      type: 'string',
      describe: 'Read absolute paths below this folder',
      group: 'Reading:',
    })
    .option('inetd-compat', {
      type: 'boolean',
      default: false,
      describe: 'Read inetd.conf (of --etc) as well, after the main file',
      group: 'Reading:',
    }) as Argv<Options & ModelOptions>;
}
