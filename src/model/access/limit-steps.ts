import type { Limit, Service } from '../service.ts';
import { type AccessQuestion, type AccessStep, lineOf } from './step.ts';

/** `access_times`: without a time nobody can say. */
export function timeSteps(service: Service, { minute }: AccessQuestion): readonly AccessStep[] {
  const { accessTimes } = service;
  if (accessTimes === null) return [];
  const location = lineOf(service, 'access_times');
  if (accessTimes.length === 0) {
    return [
      { check: 'access_times', outcome: 'refuses', reason: 'no time is left of access_times', location },
    ];
  }
  const times = accessTimes.map(({ start, end }) => `${clock(start)}-${clock(end)}`).join(' ');
  if (minute === undefined) {
    return [{ check: 'access_times', outcome: 'depends', reason: `only at ${times}`, location }];
  }
  const isOpen = accessTimes.some(({ start, end }) => start <= minute && minute <= end);
  const reason = `${clock(minute)} is ${isOpen ? 'within' : 'outside of'} ${times}`;
  return [{ check: 'access_times', outcome: isOpen ? 'passes' : 'refuses', reason, location }];
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** How often clients may come: `cps`, and the limits that inetd has by minute. */
export function rateSteps(service: Service): readonly AccessStep[] {
  const { cps, maxPerMinute, maxPerMinutePerSource } = service;
  return [
    ...limitStep(
      service,
      'max_per_minute_per_source',
      maxPerMinutePerSource,
      (limit) => `not after ${limit} starts for the address in a minute`,
    ),
    ...limitStep(
      service,
      'cps',
      cps?.rate ?? null,
      (rate) => `not while there are more than ${rate} connections a second, nor for ${cps?.pause} s after`,
    ),
    ...limitStep(
      service,
      'max_per_minute',
      maxPerMinute,
      (limit) => `not while there are more than ${limit} starts in a minute`,
    ),
  ];
}

export function loadSteps(service: Service): readonly AccessStep[] {
  return limitStep(service, 'max_load', service.maxLoad, (load) => `not while the load is ${load} or more`);
}

/** How many servers may run. Beyond `max_children` a client is not refused but waits. */
export function countSteps(service: Service): readonly AccessStep[] {
  const running = (of: string) => (limit: number) => `not while ${limit} servers run for ${of}`;
  return [
    ...limitStep(service, 'instances', service.instances, running('the service')),
    ...limitStep(service, 'per_source', service.perSource, running('the address')),
    ...limitStep(
      service,
      'max_children',
      service.maxChildren,
      (limit) => `it waits while ${limit} servers run for the service`,
    ),
  ];
}

function limitStep(
  service: Service,
  check: AccessStep['check'],
  limit: Limit,
  reasonOf: (limit: number) => string,
): readonly AccessStep[] {
  if (limit === null) return [];
  const location = lineOf(service, check);
  if (limit <= 0) return [{ check, outcome: 'refuses', reason: 'the limit is 0', location }];
  return [{ check, outcome: 'depends', reason: reasonOf(limit), location }];
}
