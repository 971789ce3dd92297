import type { DialectRules } from '../../../grammar/inetd/dialects.ts';
import { parseInetAton } from '../../../model/addresses/ipv4.ts';
import { isInterfaceName } from '../../interface-names.ts';
import type { Finding } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** Words of a line of inetd.conf that every daemon takes, and that can mean nothing on any machine. */
export function impossibleWord(view: ServiceView): Finding | undefined {
  return impossibleName(view) ?? impossibleAddress(view);
}

/** Tables of services have letters, digits and `+ - . _ * /` in names; a path is the socket of a UNIX service. */
function impossibleName(view: ServiceView): Finding | undefined {
  const { name, protocol, entry } = view;
  const at = entry.name ?? entry;
  if (protocol === 'unix') return undefined;
  const consequence = { effect: 'drops-service', consequence: 'no services file has it' } as const;
  if (name.startsWith('/')) {
    return { at, message: `${quote(name)} is a path, which needs the protocol 'unix'`, ...consequence };
  }
  if (/^-[0-9]+$/.test(name)) {
    return { at, message: `${quote(name)} is no port number: they go from 1 to 65535`, ...consequence };
  }
  const odd = /[\x21-\x7e]/.test(name) ? /[^\w.+*/:-]/.exec(name)?.[0] : undefined;
  return odd === undefined || /[^\x21-\x7e]/.test(odd)
    ? undefined
    : { at, message: `${quote(name)} holds ${quote(odd)}, which no name of a service has`, ...consequence };
}

function impossibleAddress(view: ServiceView): Finding | undefined {
  const bad = attributeOf(view, 'bind')?.values.find(({ text }) => isNoAddress(text));
  if (bad === undefined) return undefined;
  return {
    at: bad,
    message: isInterfaceName(bad.text)
      ? `${quote(bad.text)} is the name of an interface; in front of a service stands an address to listen on`
      : `${quote(bad.text)} is no address`,
    effect: 'drops-service',
    consequence: 'the daemon cannot look it up',
  };
}

function isNoAddress(text: string): boolean {
  return isInterfaceName(text) || (/^[0-9.]+$/.test(text) && parseInetAton(text) === undefined);
}

/** A built-in service that not every inetd has. */
export function foreignBuiltin(view: ServiceView, { dialect, tcpmux }: DialectRules): Finding | undefined {
  const { name, types, entry } = view;
  if (!types.has('INTERNAL')) return undefined;
  const isForeign =
    name === 'tcpmux' ? !tcpmux : name === 'auth' && dialect !== 'auto' && dialect !== 'freebsd';
  return isForeign
    ? {
        at: entry.name ?? entry,
        message: `${dialect} has no built-in ${quote(name)}`,
        effect: 'drops-service',
      }
    : undefined;
}

/** Where the name of the program is left out, the first option takes its place. */
export function optionAsName(view: ServiceView): Finding | undefined {
  const { argv0, server } = view;
  // A shell that is called `-sh` is a login shell.
  if (argv0 === null || !/^--?[a-z]/i.test(argv0) || argv0.endsWith('sh')) return undefined;
  // Words of another field have slipped into both.
  if (server?.startsWith('/') !== true) return undefined;
  const at = attributeOf(view, 'argv')?.values[0] ?? rangeOf(view, 'server');
  return {
    at,
    message: `${quote(argv0)} stands where the program's own name belongs: the arguments begin with that`,
    severity: 'warning',
    effect: 'misreads',
    consequence: 'the program takes this word for its name, and does not see it as an option',
  };
}
