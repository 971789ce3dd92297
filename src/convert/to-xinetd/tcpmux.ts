import { type NewEntry, newEntry } from '../../ast/new-entry.ts';
import type { Report } from '../diagnostic.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import type { EntryPlan } from './entry-plan.ts';

/** Looks at the entries of a file for TCPMUX services and the service through which they are reached. */
export class TcpmuxWatch {
  #hasClients = false;
  #hasMaster = false;

  see(plan: EntryPlan): void {
    if (plan.isInternal && plan.name === 'tcpmux') this.#hasMaster = true;
    else if (plan.serviceType?.startsWith('TCPMUX') === true && !plan.isDisabled) this.#hasClients = true;
  }

  /** The GNU daemon opens the port of tcpmux by itself (tested); with the others the services could not be reached. */
  missingEntry(dialect: InetdDialect, file: string, report: Report): NewEntry | null {
    if (!this.#hasClients || this.#hasMaster) return null;
    if (dialect !== 'gnu') {
      const text = 'TCPMUX services need an entry for tcpmux itself; the input has none';
      report({ level: 'W', code: 'tcpmux-missing', file, line: 0, text });
      return null;
    }
    const text = 'GNU inetd opens the tcpmux port by itself; an entry for tcpmux is added';
    report({ level: 'I', code: 'tcpmux-added', file, line: 0, text });
    return tcpmuxEntry;
  }
}

const tcpmuxEntry = newEntry('tcpmux', [
  ['type', 'INTERNAL'],
  ['id', 'tcpmux-stream'],
  ['socket_type', 'stream'],
  ['protocol', 'tcp'],
  ['wait', 'no'],
  ['user', 'root'],
]);
