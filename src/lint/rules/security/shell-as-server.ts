import { baseName } from '../../../text/base-name.ts';
import { defineRule, eachRunning, type Finding } from '../../rule.ts';
import type { ServiceView } from '../../service-view.ts';
import { type StartedProgram, startedProgram } from '../../started-program.ts';
import { quote } from '../../wording.ts';
import { isLoopbackOnly } from './loopback.ts';

const shells = /^(?:sh|bash|rbash|dash|ash|ksh|mksh|pdksh|zsh|csh|tcsh|fish|busybox|toybox)$/;
const interpreters = /^(?:python|perl|ruby|node|php|lua|tclsh|awk|gawk)[\d.]*$/;
/** Programs that start the one behind their own options. */
const wrappers: ReadonlySet<string> = new Set([
  'env',
  'nice',
  'nohup',
  'timeout',
  'stdbuf',
  'chroot',
  'unshare',
  'setsid',
  'setpriv',
  'sudo',
  'ionice',
  'tcpd',
]);

export const rule = defineRule({
  meta: {
    name: 'security/shell-as-server',
    summary: 'A shell, or an interpreter with code on its command line, as the server',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Whoever connects gets a shell. The classic backdoor of intrusion reports is one line of inetd.conf that runs /bin/sh. Images for security exercises do it on purpose, and lower this rule.',
    references: ['https://github.com/Asuri-Team/ctf-xinetd/issues/5'],
    examples: {
      bad: 'server = /bin/sh\nuser = root',
      good: 'server = /usr/local/libexec/status',
      also: ['security/run-as-root'],
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      const program = finding(view);
      if (program === undefined) return;
      const isLocal = isLoopbackOnly(view, service) && view.user !== 'root' && view.user !== '0';
      context.report({ ...program, ...(isLocal ? { severity: 'warning' } : {}) });
    }),
});

function finding(view: ServiceView): Pick<Finding, 'at' | 'message'> | undefined {
  const program = startedProgram(view);
  if (program === null) return undefined;
  const words = commandOf(program);
  const name = baseName(words[0] ?? '');
  const args = words.slice(1);
  const { at } = program;
  if (shells.test(name)) {
    // A script that is run by a shell is a program like others.
    const isScript = args.some((word) => !word.startsWith('-')) && !args.some((word) => /^-\w*c$/.test(word));
    const isApplet = /^(?:busybox|toybox)$/.test(name) && !/^(?:sh|ash)$/.test(args[0] ?? '');
    if (isApplet || (isScript && !/^(?:busybox|toybox)$/.test(name))) return undefined;
    return { at, message: `whoever connects talks to ${quote(words.join(' '))}: a shell` };
  }
  if (
    interpreters.test(name) &&
    args.some((word) => /^-[ceErR]$/.test(word) || /^--(?:eval|exec)/.test(word))
  ) {
    return {
      at,
      message: `${quote(name)} runs code from its command line for whoever connects; write a program`,
    };
  }
  if (
    /^(?:nc|ncat|netcat|socat)$/.test(name) &&
    args.some((word) => /^-\w*e$|^(?:EXEC|SYSTEM):/i.test(word))
  ) {
    return { at, message: `${quote(name)} starts a program for whoever connects` };
  }
  return undefined;
}

/** The words of the program that is run in the end, wrappers and their options left out. */
function commandOf({ path, args }: StartedProgram): string[] {
  let words = [path, ...args];
  for (let depth = 0; depth < 5; depth += 1) {
    const name = baseName(words[0] ?? '');
    if (!wrappers.has(name)) return words;
    const next = words.slice(1).findIndex((word) => /^(?:\/|[a-z][\w.-]*$)/.test(word));
    // chroot's first path is the new root, not a program.
    const skip = name === 'chroot' ? words.slice(next + 2).findIndex((word) => word.startsWith('/')) : 0;
    if (next === -1 || skip === -1) return words;
    words = words.slice(name === 'chroot' ? next + 2 + skip : next + 1);
  }
  return words;
}
