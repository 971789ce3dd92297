import type { AssignmentOperator } from '../ast/nodes.ts';

export interface SectionKeyword {
  readonly name: 'service' | 'defaults' | 'include' | 'includedir';
  readonly form: string;
  readonly documentation: string;
}

/** The words with which a line of xinetd.conf outside of entries may begin. */
export const sectionKeywords: readonly SectionKeyword[] = [
  {
    name: 'service',
    form: 'service NAME',
    documentation:
      'An entry for one service. The braces stand alone on lines of their own; what follows the name is ignored.',
  },
  {
    name: 'defaults',
    form: 'defaults',
    documentation:
      'Values for the services that do not set them. One block in each file; the first value of a single attribute stays, lists accumulate. Let it stand before the services: lists and banners reach only entries that follow.',
  },
  {
    name: 'include',
    form: 'include FILE',
    documentation:
      'Reads a file at this place. A relative name is looked up in the working directory of the daemon, which is / when it reads its files again.',
  },
  {
    name: 'includedir',
    form: 'includedir DIRECTORY',
    documentation:
      'Reads the files of a directory in the order of their bytes, except names with a dot anywhere or a `~` at the end. Directories below it are not read.',
  },
];

export interface OperatorFacts {
  readonly operator: AssignmentOperator;
  readonly text: '=' | '+=' | '-=';
  readonly documentation: string;
}

/** The assignment operators; a blank must stand before them. */
export const operators: readonly OperatorFacts[] = [
  {
    operator: 'set',
    text: '=',
    documentation:
      'Sets the value. In a service it replaces an inherited list; in `defaults` it adds to a list.',
  },
  { operator: 'add', text: '+=', documentation: 'Adds words to a list, inherited or set before.' },
  {
    operator: 'remove',
    text: '-=',
    documentation: 'Removes words from a list; what is not in it is passed over.',
  },
];

/** The text of an operator. */
export function operatorText(operator: AssignmentOperator): string {
  return operator === 'set' ? '=' : operator === 'add' ? '+=' : '-=';
}
