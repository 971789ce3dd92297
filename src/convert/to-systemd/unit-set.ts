import type { UnitFile } from '../../ast/unit-file.ts';

/** The units of one service: none where it cannot be said in units. */
export interface ServiceUnits {
  readonly units: readonly UnitFile[];
  readonly isDisabled: boolean;
}

/** The units of a whole configuration. */
export interface UnitSet {
  readonly units: readonly UnitFile[];
  /** Names of the sockets that are to be enabled: not those of services that are switched off in the source. */
  readonly enabled: readonly string[];
}

export function unitSetOf(services: readonly ServiceUnits[]): UnitSet {
  return {
    units: services.flatMap(({ units }) => units),
    enabled: services
      .filter(({ isDisabled }) => !isDisabled)
      .flatMap(({ units }) => units.map(({ name }) => name).filter((name) => name.endsWith('.socket'))),
  };
}
