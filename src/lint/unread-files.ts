import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readErrorTexts } from '../model/includes.ts';
import type { InclusionOutcome, SourceTree, UnreadOutcome } from './source-tree.ts';
import { quote } from './wording.ts';

interface Unread {
  readonly reason: string;
  /** The daemon has no such scruples. */
  readonly effect: string;
}

const readAllTheSame = 'the daemon reads it all the same';

const unread: Readonly<Record<UnreadOutcome, Unread>> = {
  denied: { reason: readErrorTexts.denied, effect: 'a daemon that runs as root reads it all the same' },
  pipe: {
    reason: readErrorTexts.pipe,
    effect: 'the daemon waits until somebody writes to it',
  },
  device: {
    reason: readErrorTexts.device,
    effect: 'the daemon reads from it for as long as something comes',
  },
  'too-large': { reason: readErrorTexts['too-large'], effect: readAllTheSame },
  'too-many': { reason: 'too many files have been read before it', effect: readAllTheSame },
  'not-text': {
    reason: 'it is no text file',
    effect: 'the daemon reads it all the same, and what it takes for lines of text',
  },
  failed: { reason: readErrorTexts.other, effect: 'the daemon goes on without it' },
};

/**
 * Files that are included and could not be read: what is said of the rest holds only as far as they do not change it. It
 * is no finding about the configuration, and nothing makes it one that can be switched off.
 */
export function unreadFiles({ inclusions }: SourceTree): readonly Diagnostic[] {
  return inclusions.flatMap(({ by, path, outcome }): readonly Diagnostic[] => {
    const why = isUnread(outcome) ? unread[outcome] : undefined;
    const word = by?.directive.values[0];
    if (why === undefined || by === null || word === undefined) return [];
    return [
      {
        code: 'unreadable-input',
        severity: 'error',
        message: `${quote(path)} cannot be read: ${why.reason}`,
        effect: why.effect,
        location: { source: by.file.source, range: { start: word.start, end: word.end } },
      },
    ];
  });
}

function isUnread(outcome: InclusionOutcome): outcome is UnreadOutcome {
  return outcome in unread;
}
