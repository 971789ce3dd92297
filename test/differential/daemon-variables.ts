import { daemonEnvironment } from '../support/daemons.ts';
import { oracleEnvironment } from '../support/oracle-host.ts';

/** The environment that the daemon sees. */
export const daemonVariables: ReadonlyMap<string, string> = new Map([
  ...oracleEnvironment,
  ...Object.entries(daemonEnvironment()),
]);
