import { parentPort, workerData } from 'node:worker_threads';
import { loadRules } from '../lint/registry.ts';
import { dialectOf } from './dialect-option.ts';
import { ConfigurationLoader } from './lint-configuration.ts';
import { lintSource, type PlainReport, plainReport, type Share, type ThreadMessage } from './lint-share.ts';
import { lintTask, openTask } from './lint-tasks.ts';
import { ruleEntries } from './rule-option.ts';

/** Files between two messages about the progress. */
const stride = 50;

/** The work of one thread of `xcfg lint`. */
export async function lintShare(): Promise<void> {
  const { args, cwd, items } = workerData as Share;
  const rules = await loadRules();
  const commandLine = ruleEntries(args.rule ?? [], rules);
  const loader = new ConfigurationLoader(rules, {
    file: args.config,
    cwd,
    commandLine,
    dialect: args.dialect === undefined ? undefined : dialectOf(args.dialect),
    templates: args.template ?? [],
  });
  let done = 0;
  const onFile = () => {
    done += 1;
    if (done % stride === 0) say({ kind: 'progress', files: stride });
  };
  const reports: (readonly [number, PlainReport])[] = [];
  for (const { at, source } of items) {
    const task = await openTask(lintSource(source), args, cwd, loader);
    reports.push([at, plainReport(await lintTask(task, args, cwd, onFile))]);
  }
  say({ kind: 'result', reports });
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}
