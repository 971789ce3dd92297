import { type DialectChoice, dialectNamed, dialectNames } from '../catalog/inetd-dialects.ts';
import { closestWord } from '../text/closest-word.ts';
import { UsageError } from './usage-error.ts';

/**
 * The dialect that `--dialect` names.
 * @throws UsageError for an unknown one
 */
export function dialectOf(name: string): DialectChoice {
  const dialect = dialectNamed(name);
  if (dialect !== undefined) return dialect;
  const near = closestWord(name, dialectNames);
  throw new UsageError(
    `option "--dialect" cannot be "${name}"`,
    near === undefined ? `choose one of ${dialectNames.join(', ')}` : `did you mean "${near}"?`,
  );
}
