import { type NewEntry, newEntry } from '../../ast/new-entry.ts';
import type { Report } from '../diagnostic.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import type { EntryPlan } from './entry-plan.ts';

/** Looks at the entries of a file for TCPMUX services and the service through which they are reached. */
export class TcpmuxWatch {
  #hasClients = false;
  #hasMaster = false;
  #hasDisabledMaster = false;

  see(plan: EntryPlan): void {
    if (plan.isInternal && plan.name === 'tcpmux') {
      if (plan.isDisabled) this.#hasDisabledMaster = true;
      else this.#hasMaster = true;
    }
    if (plan.serviceType?.startsWith('TCPMUX') === true && !plan.isDisabled) this.#hasClients = true;
  }

  /**
   * The GNU daemon opens the port of tcpmux by itself (tested), also beside an entry that is switched off; with the others
   * the services could not be reached.
   */
  missingEntry(dialect: InetdDialect, file: string, report: Report): NewEntry | null {
    if (!this.#hasClients || this.#hasMaster) return null;
    if (dialect !== 'gnu') {
      const text = 'TCPMUX services need an entry for tcpmux itself; the input has none';
      report({ level: 'W', code: 'tcpmux-missing', file, line: 0, text });
      return null;
    }
    const text = 'GNU inetd opens the tcpmux port by itself; an entry for tcpmux is added';
    report({ level: 'I', code: 'tcpmux-added', file, line: 0, text });
    return tcpmuxEntry(this.#hasDisabledMaster ? 'tcpmux-stream-2' : 'tcpmux-stream');
  }
}

function tcpmuxEntry(id: string): NewEntry {
  return newEntry('tcpmux', [
    ['type', 'INTERNAL'],
    ['id', id],
    ['socket_type', 'stream'],
    ['protocol', 'tcp'],
    ['wait', 'no'],
    ['user', 'root'],
  ]);
}
