import type { Word } from '../../../ast/nodes.ts';
import type { RelatedLocation } from '../../../diagnostics/diagnostic.ts';
import { closestWord } from '../../../text/closest-word.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues } from '../../line.ts';
import { defaultsInOrder, servicesInOrder } from '../../reading-order.ts';
import { defineRule, type TreeFinding } from '../../rule.ts';
import { isSwitchedOff } from '../../service-view.ts';
import type { SourceTree } from '../../source-tree.ts';
import { didYouMean, list, quote } from '../../wording.ts';
import { idOf } from './entry-words.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/enable-list',
    summary: 'An enabled or disabled list that does not fit the entries',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'The lists are compared with ids, and nothing is said about one that no entry has: `disabled = t-one` leaves t1 running, `enabled = tt1` switches everything off. `enabled` does not bring back an entry with `disable = yes` in 2.3.15.3, and does in 2.3.15. `enabled =` without a value switches every service off, and a daemon without services exits.',
    references: [
      'remove_disabled_services in confparse.c',
      'https://build.opensuse.org/projects/openSUSE:Maintenance:7319/packages/xinetd.openSUSE_Leap_42.3_Update/files/README.SUSE?expand=0',
    ],
    examples: {
      bad: 'defaults\n{\n\tdisabled = web\n}\nservice web\n{\n\tid = web-stream\n\t...\n}',
      good: 'defaults\n{\n\tdisabled = web-stream\n}\nservice web\n{\n\tid = web-stream\n\t...\n}',
    },
  },
  checkTree: ({ tree, analysis, report }) => {
    const entries = servicesInOrder(tree).map(({ source, entry }) => ({
      id: idOf(entry),
      name: entry.name?.text ?? '',
      isOff: isSwitchedOff(entry),
      location: { source, range: entry.name ?? entry.keyword },
    }));
    const lists = { enabled: listed('enabled'), disabled: listed('disabled') };
    for (const [key, items] of Object.entries(lists)) {
      for (const { source, word } of items) {
        const finding = unknownId(word, key);
        if (finding !== undefined) report({ source, at: word, ...finding });
      }
    }
    for (const { source, word } of lists.enabled) {
      const other = lists.disabled.find((each) => sameId(each.word.text, word.text));
      const off = entries.filter(({ id }) => sameId(id, word.text));
      if (other !== undefined) {
        report({
          source,
          at: word,
          message: `${quote(word.text)} stands in 'disabled' too, and that counts more`,
          consequence: 'the service does not run',
          related: [{ source: other.source, range: other.word, message: 'here' }],
        });
      } else if (off.length > 0 && off.every((each) => each.isOff)) {
        report({
          source,
          at: word,
          message: `'enabled' does not bring back ${quote(word.text)}, whose entry says 'disable = yes'`,
          consequence: 'the service stays off in 2.3.15.3, and runs in 2.3.15',
          related: off.map(({ location }) => ({ ...location, message: 'switched off here' })),
        });
      }
    }
    reportUnlisted();
    reportNoneEnabled();

    /** Of a drop-in by itself nothing follows: others may be on. */
    function reportNoneEnabled(): void {
      const [defaults] = defaultsInOrder(tree);
      const including = tree.inclusions.find(({ by, kind }) => by !== null && kind === 'includedir')?.by;
      const isWhole = tree.inclusions.every(({ outcome }) => outcome === 'read');
      if (tree.isPartial || !isWhole || entries.length === 0 || !entries.every(({ isOff }) => isOff)) return;
      const place =
        including != null
          ? { source: including.file.source, at: including.directive }
          : defaults === undefined
            ? undefined
            : { source: defaults.source, at: defaults.entry.keyword };
      if (place === undefined) return;
      report({
        ...place,
        message: 'every service of the whole configuration is switched off',
        severity: 'warning',
        consequence: 'the daemon exits for want of services, unless it is started with -stayalive',
      });
    }

    function listed(key: string): { source: SourceText; word: Word }[] {
      return defaultsInOrder(tree).flatMap(({ source, entry }) =>
        entry.attributes
          .filter((attribute) => attribute.key === key)
          .flatMap((attribute) => meantValues(attribute).map((word) => ({ source, word }))),
      );
    }

    function unknownId(word: Word, key: string): Omit<TreeFinding, 'source' | 'at'> | undefined {
      if (word.text.includes(',') || entries.some(({ id }) => sameId(id, word.text))) return undefined;
      const named = entries.filter(({ name }) => sameId(name, word.text));
      const near = closestWord(
        word.text,
        entries.map(({ id }) => id),
      );
      const related: RelatedLocation[] = named.map(({ id, location }) => ({
        ...location,
        message: `has the id ${quote(id)}`,
      }));
      // Without its drop-ins a main file names services that are elsewhere.
      if (tree.isPartial || entries.length === 0 || !isWhole(tree)) return undefined;
      return {
        message:
          named.length > 0
            ? `no entry has the id ${quote(word.text)}: the service of this name has ${list(named.map(({ id }) => quote(id)))}`
            : `no entry has the id ${quote(word.text)}${didYouMean(near)}`,
        consequence:
          key === 'disabled'
            ? 'the daemon switches nothing off by it'
            : 'the daemon switches nothing on by it',
        related,
      };
    }

    /** A list of what runs forgets what is added later. */
    function reportUnlisted(): void {
      const [first] = lists.enabled;
      const empty = defaultsInOrder(tree).flatMap(({ source, entry }) =>
        entry.attributes
          .filter(({ key, values }) => key === 'enabled' && values.length === 0)
          .map((attribute) => ({ source, attribute })),
      );
      for (const { source, attribute } of first === undefined ? empty : []) {
        report({
          source,
          at: attribute,
          message: "'enabled' without a value switches every service off",
          consequence: 'no service runs, and the daemon exits',
        });
      }
      if (first === undefined) return;
      const left = entries.filter(
        ({ id, isOff }) => !isOff && !lists.enabled.some(({ word }) => sameId(word.text, id)),
      );
      if (left.length > 0 && analysis.configuration.services.length > 0) {
        report({
          source: first.source,
          at: first.word,
          message: `'enabled' does not name ${list(left.slice(0, 5).map(({ id }) => quote(id)))}, which is switched off by that`,
          severity: 'info',
          effect: 'none',
          related: left.slice(0, 5).map(({ location }) => ({ ...location, message: 'not in the list' })),
        });
      }
    }
  },
});

/** Whether everything that the files include has been read. */
function isWhole({ files, inclusions }: SourceTree): boolean {
  const read = new Set(inclusions.filter(({ outcome }) => outcome === 'read').map(({ by }) => by?.directive));
  return files.every(({ file }) =>
    file.children.every(
      (node) =>
        node.type !== 'Directive' ||
        (node.kind !== 'include' && node.kind !== 'includedir') ||
        read.has(node),
    ),
  );
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
