import { closestWord } from '../text/closest-word.ts';
import type { Section } from './attribute.ts';
import { attributeConfusions } from './attribute-confusions.ts';
import { attributeNames } from './catalogue.ts';

/** The attribute that somebody most likely meant who wrote a name that is none. */
export function meantAttribute(name: string, section: Section): string | undefined {
  const key = name.toLowerCase();
  return attributeConfusions.get(key) ?? closestWord(key, attributeNames(section));
}
