import { join, resolve } from 'node:path';
import type { FactsSettings } from '../config/configuration.ts';
import type { Host } from '../lint/host.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { FileError } from './file-error.ts';

export interface HostChoice {
  /** `off`, `live`, or the name of a snapshot. */
  readonly facts: string | undefined;
  readonly etc: string | undefined;
  readonly root: string | undefined;
  readonly cwd: string;
}

/**
 * What the rules may know of the machine: nothing, its databases (`--etc`), a snapshot, or what is found now.
 * @throws FileError when a snapshot cannot be read
 */
export async function hostFor(
  open: () => SourceTree,
  choice: HostChoice,
  configured: (FactsSettings & { readonly folder: string }) | undefined,
): Promise<Host | undefined> {
  const { cwd } = choice;
  const facts = choice.facts ?? configuredFacts(configured) ?? 'off';
  const root = choice.root ?? configured?.root;
  if (facts === 'live') {
    const { gatherFacts } = await import('./gather-facts.ts');
    const { hostOfFacts } = await import('../lint/host-of-facts.ts');
    const folder = root === undefined ? undefined : resolve(cwd, root);
    const files =
      choice.etc === undefined ? diskFiles({ directory: cwd, root: folder }) : diskFiles({ directory: cwd });
    return hostOfFacts(gatherFacts([open()], { files, root: folder, etc: choice.etc ?? '/etc' }));
  }
  if (facts !== 'off') {
    const { hostOfFacts } = await import('../lint/host-of-facts.ts');
    const { parseFacts } = await import('../config/parse-facts.ts');
    const content = diskFiles({ directory: cwd }).read(facts);
    if (!('bytes' in content)) throw new FileError(facts, `cannot be read (${content.error})`);
    const snapshot = parseFacts(content.bytes.toString('utf8'));
    if (snapshot === undefined) throw new FileError(facts, 'not a snapshot that "xcfg facts" has written');
    return hostOfFacts(snapshot);
  }
  if (choice.etc === undefined) return undefined;
  const { readTables } = await import('../model/host/disk-tables.ts');
  const { withAssumptions } = await import('../lint/host.ts');
  const { etcFiles } = await import('../model/host/tables.ts');
  const { etc } = choice;
  const files = diskFiles({ directory: cwd });
  const missing = new Set(etcFiles.filter((name) => files.kind(join(etc, name)) !== 'file'));
  return { hasFacts: true, tables: withAssumptions(readTables(etc, files), missing) };
}

/** Whether anything is to be known of the machine. */
export function hasFacts(
  { facts, etc }: Pick<HostChoice, 'facts' | 'etc'>,
  configured: (FactsSettings & { readonly folder: string }) | undefined,
): boolean {
  return (facts ?? configuredFacts(configured) ?? 'off') !== 'off' || etc !== undefined;
}

function configuredFacts(
  configured: (FactsSettings & { readonly folder: string }) | undefined,
): string | undefined {
  if (configured?.mode === 'snapshot' && configured.file !== undefined) {
    return resolve(configured.folder, configured.file);
  }
  return configured?.mode === 'live' ? 'live' : undefined;
}
