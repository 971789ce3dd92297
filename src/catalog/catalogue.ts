import type { CatalogueAttribute, InetdAttribute, Section, SectionUse } from './attribute.ts';
import { attributes } from './attributes.ts';
import { inetdAttributes } from './inetd-attributes.ts';

const byName = new Map<string, CatalogueAttribute>();
const position = new Map<string, number>();
for (const [index, attribute] of attributes.entries()) {
  for (const name of [attribute.name, ...attribute.aliases]) {
    byName.set(name, attribute);
    position.set(name, index);
  }
}
const inetdByName = new Map<string, InetdAttribute>(
  inetdAttributes.map((attribute) => [attribute.name, attribute]),
);

/** The attribute of a name or alias, whatever its case. */
export function findAttribute(name: string): CatalogueAttribute | undefined {
  return byName.get(name) ?? byName.get(name.toLowerCase());
}

/** The attribute of inetd.conf of a key in the tree. */
export function findInetdAttribute(key: string): InetdAttribute | undefined {
  return inetdByName.get(key);
}

/** How an attribute may be written in a section; null where it must not stand. */
export function useIn(attribute: CatalogueAttribute, section: Section): SectionUse | null {
  return section === 'service' ? attribute.service : attribute.defaults;
}

/** The attributes that may stand in a section, in canonical order. */
export function attributesIn(section: Section): readonly CatalogueAttribute[] {
  return attributes.filter((attribute) => useIn(attribute, section) !== null);
}

/** Every name and alias that may stand in a section. */
export function attributeNames(section: Section): readonly string[] {
  return attributesIn(section).flatMap((attribute) => [attribute.name, ...attribute.aliases]);
}

/** Place of an attribute in an entry as `convert` and `fmt` write it; unknown names come last. */
export function canonicalPosition(name: string): number {
  return position.get(name.toLowerCase()) ?? attributes.length;
}
