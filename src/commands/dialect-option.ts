import { type DialectChoice, dialectNamed, dialects } from '../grammar/inetd/dialects.ts';
import { closestWord } from '../text/closest-word.ts';
import { UsageError } from './usage-error.ts';

/**
 * What `--dialect` asks for.
 * @throws UsageError for a name that no dialect has
 */
export function dialectOf(name: string): DialectChoice {
  const dialect = dialectNamed(name);
  if (dialect !== undefined) return dialect;
  const near = closestWord(name, dialects);
  throw new UsageError(
    `option "--dialect" cannot be "${name}"`,
    near === undefined ? `choose one of auto, ${dialects.join(', ')}` : `did you mean "${near}"?`,
  );
}
