import type { BlockEntry } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { meantValues } from '../../line.ts';

/** What the first line of an attribute that is set once says; undefined where it says nothing. */
export function wordOf(entry: BlockEntry, name: string): string | undefined {
  const attribute = entry.attributes.find(({ key }) => findAttribute(key)?.name === name);
  return attribute === undefined ? undefined : meantValues(attribute)[0]?.text;
}

/** The id of a service: its name unless it says otherwise. */
export function idOf(entry: BlockEntry): string {
  return wordOf(entry, 'id') ?? entry.name?.text ?? '';
}
