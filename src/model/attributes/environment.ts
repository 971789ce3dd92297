import { lowerAscii } from '../../text/lower-ascii.ts';
import { ownList } from '../own-list.ts';
import { reject, remark, type ValueReader } from './assignment.ts';

/** `=` forgets what earlier lines of the entry gave. */
export const readEnv: ValueReader = (assignment) => {
  const { draft, line } = assignment;
  if (line.operator === 'remove') {
    return reject(
      assignment,
      'bad-operator',
      `operator '-=' not supported for env attribute`,
      undefined,
      'WARNING',
    );
  }
  const words = ownList(draft, line.operator === 'set' ? [] : draft.values.env);
  for (const word of line.values) {
    if (!word.text.includes('=')) {
      draft.values.env = words;
      return reject(assignment, 'bad-assignment', `${word.text} has no '='`, word);
    }
    words.push(word.text);
  }
  draft.values.env = words;
  return true;
};

/** Unknown names are left out, the rest counts. */
export const readPassenv: ValueReader = (assignment) => {
  const { draft, line, context } = assignment;
  const replaces = line.operator === 'set' && draft.section === 'service';
  // Names are told apart without case here, though the environment knows them by case.
  const names = new Map(
    (replaces ? [] : (draft.values.passenv ?? [])).map((name) => [lowerAscii(name), name]),
  );
  for (const word of line.values) {
    const key = lowerAscii(word.text);
    if (line.operator === 'remove') names.delete(key);
    else if (names.has(key)) continue;
    else if (context.environment.has(word.text)) names.set(key, word.text);
    else {
      const message = `undefined environment variable: ${word.text}`;
      remark(assignment, 'WARNING', 'undefined-variable', message, word);
    }
  }
  draft.values.passenv = [...names.values()];
  return true;
};
