import type { RegisteredCommand } from './command.ts';
import { dashed } from './option-table.ts';
import { UsageError } from './usage-error.ts';

const whole = /^[+-]?[0-9]+$/;
const decimal = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;

/**
 * The number of an option. As the old daemons read theirs it is decimal, all of the word: yargs would take `0x10`, `1e3`
 * and blanks around it as well.
 * @throws UsageError for anything else
 */
export function optionNumber(name: string, text: string, command: RegisteredCommand): number {
  const hasFraction = command.fractions?.includes(name) ?? false;
  const value = Number(text);
  const isRight = hasFraction
    ? decimal.test(text) && Number.isFinite(value)
    : whole.test(text) && Number.isSafeInteger(value);
  if (isRight) return value;
  throw new UsageError(
    `option "${dashed(name)}" wants a ${hasFraction ? '' : 'whole '}number, not "${text}"`,
    `see "xcfg ${command.name} --help"`,
  );
}
