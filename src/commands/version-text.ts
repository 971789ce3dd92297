import { version } from '../version.ts';

/** What `--version` prints; with `--verbose` also Node and the platform, which a bug report needs. */
export async function versionText(isVerbose: boolean): Promise<string> {
  if (!isVerbose) return `${version}\n`;
  const { arch, platform, version: node } = process;
  return [`xcfg ${version}`, `node ${node.replace(/^v/, '')}`, `platform ${platform} ${arch}`, ''].join('\n');
}
