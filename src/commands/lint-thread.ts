import { parentPort, workerData } from 'node:worker_threads';
import { loadRules } from '../lint/registry.ts';
import { dialectOf } from './dialect-option.ts';
import { ConfigurationLoader } from './lint-configuration.ts';
import {
  lintSource,
  type PlainReport,
  plainReport,
  type SharedItem,
  type ThreadData,
  type ThreadMessage,
  type ThreadOrder,
} from './lint-share.ts';
import { lintTask, TaskOpener } from './lint-tasks.ts';
import { ruleEntries } from './rule-option.ts';

/** Files between two messages about the progress. */
const stride = 50;

/** The work of one thread of `xcfg lint`: it lints what it is given until nothing is left. */
export async function lintShare(): Promise<void> {
  const { args, cwd } = workerData as ThreadData;
  const rules = await loadRules();
  const commandLine = ruleEntries(args.rule ?? [], rules);
  const loader = new ConfigurationLoader(rules, {
    file: args.config,
    cwd,
    commandLine,
    dialect: args.dialect === undefined ? undefined : dialectOf(args.dialect),
    templates: args.template ?? [],
  });
  const opener = new TaskOpener(args, cwd, loader);
  let done = 0;
  const onFile = () => {
    done += 1;
    if (done % stride === 0) say({ kind: 'progress', files: stride });
  };
  const lint = async (items: readonly SharedItem[]) => {
    const reports: (readonly [number, PlainReport])[] = [];
    for (const { at, source } of items) {
      const task = await opener.open(lintSource(source));
      reports.push([at, plainReport(await lintTask(task, args, cwd, onFile))]);
    }
    say({ kind: 'result', reports });
  };
  // One batch after the other: the next one waits while this one is worked on.
  let turn = Promise.resolve();
  parentPort?.on('message', (order: ThreadOrder) => {
    turn = turn.then(() => (order === null ? parentPort?.close() : lint(order)));
  });
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}
