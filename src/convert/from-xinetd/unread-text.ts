import type { TopLevel } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import { lostText } from '../lost-text.ts';
import { passedOver } from './ignored-lines.ts';
import { placeIn, type SourceConfiguration } from './source-configuration.ts';

/** What of a node does not count and has no place in the result: its lines as comments. */
export function unreadIn(
  node: TopLevel,
  source: SourceText,
  configuration: SourceConfiguration,
): readonly string[] {
  const codes = configuration.remarks.get(source);
  const kept = (range: Range, code: string) => {
    const lines = source.slice(range).split(/\r?\n/);
    return lostText(placeIn(configuration, source, range.start), code, lines);
  };
  if (node.type === 'Unknown') return kept(node, codes?.get(node.start) ?? 'text-outside-section');
  const code = codes?.get(node.start);
  if (node.type === 'Directive') return code === undefined ? [] : kept(node, code);
  if (node.type !== 'Entry') return [];
  return node.attributes.flatMap((attribute) => {
    const reason = codes?.get(attribute.start);
    return reason !== undefined && passedOver.has(reason) ? kept(attribute, reason) : [];
  });
}
