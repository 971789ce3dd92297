import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import { checkDuplicate, type PortIndex } from './duplicates.ts';
import { clearUserId } from './ident.ts';
import { checkIntercept, checkInterceptable, checkInternal, checkLabeled } from './internal.ts';
import { checkListed } from './listed.ts';
import { checkNameInArgs, checkRedirect, checkTraffic } from './program.ts';
import { checkRequired } from './required.ts';
import { checkTcpmux } from './tcpmux.ts';
import { checkWait } from './waiting.ts';

/** Looks at a complete entry; false when it cannot run. Each check has reported why. */
export type Check = (draft: Draft, context: Context) => boolean;

/** In the order in which the daemon looks, so that its messages come out in its order (reference 9.2). */
const checks: readonly Check[] = [
  checkIntercept,
  checkInternal,
  checkLabeled,
  checkTcpmux,
  checkListed,
  checkRedirect,
  checkTraffic,
  checkNameInArgs,
  checkWait,
  checkRequired,
  checkInterceptable,
  clearUserId,
];

/** All checks of one entry against itself and the entries that were accepted before it. */
export function checkEntry(draft: Draft, earlier: PortIndex, context: Context): boolean {
  return checkDuplicate(draft, earlier, context) && checks.every((check) => check(draft, context));
}
