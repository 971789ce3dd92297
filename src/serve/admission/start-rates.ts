import { isDeepStrictEqual } from 'node:util';
import type { Service } from '../../model/service.ts';
import { RateWindow } from './rate-window.ts';
import { SourceRates } from './source-rates.ts';

type Limits = Pick<Service, 'cps' | 'maxPerMinute' | 'maxPerMinutePerSource'>;

const second = 1000;
const minute = 60_000;

/** How often a service was started lately. It outlives the settings whose limits it counts for: a reload forgives nobody. */
export class StartRates {
  readonly #limits: Limits;
  /** Null without a limit, like the others. */
  readonly perSecond: RateWindow | null;
  readonly perMinute: RateWindow | null;
  readonly perMinutePerSource: SourceRates | null;

  constructor({ cps, maxPerMinute, maxPerMinutePerSource }: Limits) {
    this.#limits = { cps, maxPerMinute, maxPerMinutePerSource };
    this.perSecond = cps === null ? null : new RateWindow(cps.rate, second);
    this.perMinute = maxPerMinute === null ? null : new RateWindow(maxPerMinute, minute);
    this.perMinutePerSource =
      maxPerMinutePerSource === null ? null : new SourceRates(maxPerMinutePerSource, minute);
  }

  /** These where they count for the limits of `service`, new ones otherwise. */
  continuedFor({ cps, maxPerMinute, maxPerMinutePerSource }: Limits): StartRates {
    const limits = { cps, maxPerMinute, maxPerMinutePerSource };
    return isDeepStrictEqual(limits, this.#limits) ? this : new StartRates(limits);
  }
}
