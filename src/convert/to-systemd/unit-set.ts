import type { UnitFile } from '../../ast/unit-file.ts';

/** The units of one service: none where it cannot be said in units. */
export interface ServiceUnits {
  readonly units: readonly UnitFile[];
  readonly isDisabled: boolean;
  /** Why there are none, as comments. */
  readonly lost: readonly string[];
}

/** The units of a whole configuration. */
export interface UnitSet {
  readonly units: readonly UnitFile[];
  /** Names of the sockets that are to be enabled: not those of services that are switched off in the source. */
  readonly enabled: readonly string[];
  /** What could not be carried over, as comments. */
  readonly lost: readonly string[];
}

/** `lost`: comments on what is no service. */
export function unitSetOf(services: readonly ServiceUnits[], lost: readonly string[]): UnitSet {
  return {
    units: services.flatMap(({ units }) => units),
    enabled: services
      .filter(({ isDisabled }) => !isDisabled)
      .flatMap(({ units }) => units.map(({ name }) => name).filter((name) => name.endsWith('.socket'))),
    lost: [...lost, ...services.flatMap((each) => each.lost)],
  };
}
