import { watch } from 'node:fs';
import { ruleFiles } from '../model/host/libwrap-rules.ts';

/** Something that goes on until it is closed. */
export interface RuleWatch {
  close(): void;
}

/**
 * Calls `changed` when a file of hosts_access(5) may hold something else now: xinetd asks them for each client, so a rule
 * counts from the moment in which it is written. Where the kernel has no watch to give, rules count from the next reload.
 */
export function watchRules(changed: () => void): RuleWatch {
  try {
    const watcher = watch('/etc', { persistent: false }, (_event, name) => {
      if (name === null || ruleFiles.includes(name)) changed();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return { close: () => undefined };
  }
}
