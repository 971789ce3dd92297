import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ruleFiles } from './prepare/libwrap-rules.ts';

/** Something that goes on until it is closed. */
export interface RuleWatch {
  close(): void;
}

/**
 * Calls `changed` when a file of hosts_access(5) may hold something else now: xinetd asks them for each client, so a rule
 * counts from the moment in which it is written. Where the kernel has no watch to give, rules count from the next reload.
 */
export function watchRules(changed: () => void): RuleWatch {
  const names = new Set(ruleFiles.map((path) => basename(path)));
  const folders = new Set(ruleFiles.map((path) => dirname(path)));
  const watches = [...folders].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name)) changed();
      });
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return {
    close() {
      for (const watcher of watches) watcher.close();
    },
  };
}
