import { isIP } from 'node:net';
import type { Service } from '../../../src/model/service.ts';
import type { SpawnPlan } from '../../../src/native/spawn-types.ts';
import type { AddressCheck } from '../../../src/serve/admission/address-check.ts';
import type { LogSink } from '../../../src/serve/log/sink.ts';
import { findEndpoints } from '../../../src/serve/prepare/endpoints.ts';
import type { PreparedService } from '../../../src/serve/prepared-service.ts';
import { Supervisor, type SupervisorOptions } from '../../../src/serve/supervisor.ts';
import { plainPlan } from '../../support/plain-plan.ts';
import { FakeAddon } from './fake-addon.ts';
import { FakeClock } from './fake-clock.ts';
import { makeService } from './service.ts';

/** A sink that keeps its lines. */
export class MemorySink implements LogSink {
  readonly lines: string[] = [];

  write(line: string): void {
    this.lines.push(line);
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}

const plan: SpawnPlan = { ...plainPlan, path: '/bin/true', argv: ['true'] };

/** Services under a supervisor with a fake kernel and a clock that the test moves. */
export interface FakeRuntime {
  readonly kernel: FakeAddon;
  readonly clock: FakeClock;
  readonly supervisor: Supervisor;
  /** `LEVEL: text` of the program log. */
  readonly messages: string[];
  /** Service log, without time stamps. */
  readonly serviceLog: string[];
  readonly killed: { readonly pid: number; readonly signal: string }[];
  /** Makes a service for `supervisor.reconfigure`. */
  readonly prepare: (attributes: Partial<Service>, rules?: AddressCheck) => PreparedService;
}

export interface FakeRuntimeOptions extends Partial<SupervisorOptions> {
  readonly load?: () => number;
  /** Clients that nobody has accepted; by default nobody can know. */
  readonly waiting?: () => ReadonlySet<string> | null;
  readonly rules?: AddressCheck;
  readonly failure?: FakeAddon['failure'];
}

/** Starts services that need nothing from this machine. */
export function startFake(
  services: readonly Partial<Service>[],
  { load = () => 0, waiting = () => null, rules, failure, ...options }: FakeRuntimeOptions = {},
): FakeRuntime {
  const kernel = new FakeAddon();
  if (failure !== undefined) kernel.failure = failure;
  const clock = new FakeClock();
  const sink = new MemorySink();
  const messages: string[] = [];
  const killed: FakeRuntime['killed'] = [];
  const supervisor = new Supervisor(
    {
      addon: kernel.addon,
      clock,
      load,
      descriptorLimit: 1024,
      waitingClients: async () => waiting(),
      log: { write: (level, text) => messages.push(`${level}: ${text}`) },
      kill: (pid, signal) => killed.push({ pid, signal }),
    },
    { processLimit: null, grace: 5000, debug: false, ...options },
  );
  const prepare = (attributes: Partial<Service>, own = rules): PreparedService =>
    prepareFake(makeService(attributes), sink, own ?? null);
  supervisor.start(services.map((attributes) => prepare(attributes)));
  return { kernel, clock, supervisor, messages, serviceLog: sink.lines, killed, prepare };
}

function prepareFake(service: Service, sink: LogSink, rules: AddressCheck | null): PreparedService {
  const endpoints = findEndpoints(service, {
    tables: {
      hostAddresses: (_name, family) =>
        ['127.0.0.1', '::1', '127.0.0.1'].filter(
          (address) => family === undefined || isIP(address) === family,
        ),
      protocolNumber: () => undefined,
    },
    users: { userByName: () => null, userById: () => null, groupByName: () => null, groupList: () => [] },
  });
  if (!Array.isArray(endpoints)) throw new Error(endpoints.reason);
  return {
    service,
    plan,
    endpoints,
    addresses: rules,
    banners: { always: null, success: null, failure: null },
    logTarget: { sink, stamped: false },
  };
}
