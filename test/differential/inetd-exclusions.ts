import { isIP } from 'node:net';
import type { LineEntry, TopLevel } from '../../src/ast/nodes.ts';
import { EntryValues } from '../../src/grammar/inetd/entry-values.ts';
import type { SourceText } from '../../src/text/source-text.ts';
import type { InetdDaemon } from './inetd-daemon.ts';
import { protocolWord } from './inetd-prediction.ts';

/**
 * Why a line is not compared: a bug of the daemon that we do not copy (dialects reference, section 13), or a question that
 * the line alone cannot answer. Null compares it.
 */
export function exclusionOf(node: TopLevel, source: SourceText, daemon: InetdDaemon): string | null {
  if (node.type === 'Directive' && node.kind === 'default-bind') {
    const hosts = node.values.map((value) => value.text);
    if (daemon === 'inetutilsInetd' && hosts.includes('*'))
      return 'B8: the default address is not taken back';
    return hosts.every(isResolved) ? null : 'the default address is a name to look up';
  }
  if (node.type !== 'Entry' || node.syntax !== 'line') return null;
  const isIndented = /[ \t]/.test(source.text[node.start - 1] ?? '');
  if (
    daemon === 'openbsdInetd' &&
    (isIndented || isContinued(node, source)) &&
    !/[46]$|^unix$/.test(protocolWord(node)?.text ?? '')
  ) {
    return 'B1, B2: the IPv6 twin sees the first line only, or the daemon hangs';
  }
  const values = new EntryValues(node);
  // Names and numbers, for getaddrinfo: it skips white space and takes a sign in front of a number.
  if (!/^(?![+-])[\x21-\x7E]*$/.test(node.name?.text ?? ''))
    return 'the C library has its own way with control characters and signs';
  const needsTable = !/^[a-z]+4(?:,|$)/.test(protocolWord(node)?.text ?? '');
  const hosts = values.texts('bind') ?? [];
  if (daemon === 'inetutilsInetd' && hosts.includes('*'))
    return 'B8: * stands for an address that is left over';
  if (daemon === 'inetutilsInetd' && hosts.some((host) => host.startsWith('[')))
    return 'B7: brackets make a name of an address';
  if (!hosts.every(isResolved) || (needsTable && hosts.includes('localhost')))
    return 'the address is a name to look up';
  // Also a sign in front of the number, for strtoul.
  const isSigned = node.fields.some(({ text }) => /^[a-z]*\.[-+]/.test(text));
  if (isSigned || (values.number('max_per_minute') ?? 0) >= 2 ** 31) return 'rates above a C int wrap';
  if (daemon === 'openbsdInetd' && /buf=[0-9]+(?![km](?:,|$))/.test(protocolWord(node)?.text ?? '')) {
    return 'B4: a size without k or m is judged by the byte behind it in memory';
  }
  const last = node.fields.at(-1);
  if (
    daemon === 'inetutilsInetd' &&
    /^["']/.test(last?.text ?? '') &&
    /[^\S\n]/.test(source.text[node.end] ?? '')
  ) {
    return 'GNU: a quote that is not closed keeps the first blank of those at the line end';
  }
  if (/tcp6only/.test(protocolWord(node)?.text ?? '') && daemon === 'openbsdInetd') {
    return 'B6: tcp6only is loaded for IPv4 and IPv6';
  }
  return null;
}

function isResolved(host: string): boolean {
  return host === '*' || host === 'localhost' || isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

export function isContinued(entry: LineEntry, source: SourceText): boolean {
  return source.lineAt(entry.start) !== source.lineAt(entry.end - 1);
}
