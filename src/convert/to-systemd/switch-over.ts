import { hidesVendorUnit } from './unit-names.ts';
import type { UnitSet } from './unit-set.ts';

/** What is left to do, in this order: the old daemon has the ports until it is stopped. */
export function switchOverSteps(
  { units, enabled }: UnitSet,
  folder: string,
  daemon: string,
): readonly string[] {
  const hidden = units
    .map(({ name }) => name)
    .filter((name) => hidesVendorUnit(name.replace(/@?\.[a-z]+$/, '')));
  const warning = `warning: these hide units of the distribution, --prefix avoids it: ${hidden.join(' ')} [vendor-unit]`;
  return [
    ...(hidden.length === 0 ? [] : [warning]),
    'next steps:',
    `  cp ${quoted(folder)}/*.socket ${quoted(folder)}/*.service /etc/systemd/system/`,
    '  systemctl daemon-reload',
    `  systemctl disable --now ${daemon}`,
    ...(enabled.length === 0 ? [] : [`  systemctl enable --now ${enabled.join(' ')}`]),
  ];
}

/** A path as one word of a shell. */
function quoted(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
