import { version } from '../version.ts';

/** What `--version` prints; with `--verbose` also what xcfg runs on, which a bug report needs. */
export async function versionText(isVerbose: boolean): Promise<string> {
  if (!isVerbose) return `${version}\n`;
  const { loadAddon } = await import('../native/load.ts');
  const addon = loadAddon();
  return [
    `xcfg ${version}`,
    `node ${process.versions.node}`,
    `platform ${process.platform} ${process.arch}`,
    `native part ${addon.ok ? addon.file : `missing: ${addon.reason}`}`,
    '',
  ].join('\n');
}
