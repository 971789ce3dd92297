import { isDeepStrictEqual } from 'node:util';
import type { DaemonResult, DifferentialCase, LoadResult, ModelResult } from './case.ts';
import { mayCrash, modelResult } from './compare.ts';
import { generateCase } from './generate.ts';
import { Random } from './random.ts';
import { runXinetd } from './run-xinetd.ts';

/** A configuration that the model reads in another way than the daemon. */
export interface Difference {
  readonly seed: number;
  readonly case: DifferentialCase;
  readonly daemon: DaemonResult;
  readonly model: ModelResult;
}

/** Makes configurations from seeds that follow each other, and compares what the daemon and the model make of them. */
export function fuzz(firstSeed: number, count: number): readonly Difference[] {
  const seeds = Array.from({ length: count }, (_, index) => firstSeed + index);
  const cases = seeds.map((seed) => generateCase(new Random(seed)));
  const results = runXinetd(cases);
  return cases.flatMap((each, index) => {
    const daemon = results[index];
    const model = modelResult(each);
    if (daemon === undefined) throw new Error(`no result for seed ${firstSeed + index}`);
    if (model.isUndefined || !daemon.isInTime || (hasCrashed(daemon) && mayCrash(each))) return [];
    const isSame = isDeepStrictEqual(comparable(daemon), comparable(model));
    return isSame ? [] : [{ seed: firstSeed + index, case: each, daemon, model }];
  });
}

function hasCrashed({ diagnostics }: DaemonResult): boolean {
  return diagnostics.some(({ message }) => message.includes('Unexpected signal: 11'));
}

/** Without what the model leaves out on purpose: the pause of a rate that is no limit, services that wait for none. */
function comparable({ exitCode, services, diagnostics }: LoadResult): LoadResult {
  const isIdle = services.every(({ state }) => state === 'Not started');
  return {
    exitCode,
    diagnostics,
    services: isIdle ? [] : services.map((service) => ({ ...service, config: plainLines(service.config) })),
  };
}

function plainLines(config: unknown): unknown {
  return Array.isArray(config)
    ? config.map((line) => String(line).replace(/^(CPS = max conn:0) .*/, '$1'))
    : config;
}
