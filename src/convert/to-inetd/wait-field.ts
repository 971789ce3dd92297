import type { Service } from '../../model/service.ts';
import type { PlaceReport } from '../diagnostic.ts';
import type { DialectForms } from './dialect-forms.ts';

/** xinetd's own limit, and what inetd needs to take any number of starts. */
const usualRate = 50;
const unlimitedStarts = 2147483647;

/** `wait` or `nowait` with the limits that the dialect can say. */
export function waitField(service: Service, forms: DialectForms, report: PlaceReport): string {
  const waits = service.wait || service.socketType === 'dgram';
  if (waits && !service.wait) report.warning('dgram-nowait', 'dgram with wait = no became wait');
  const word = waits ? 'wait' : 'nowait';
  return word + (forms.hasChildLimits ? childLimits(service, waits, report) : rate(service, forms, report));
}

function rate(service: Service, forms: DialectForms, report: PlaceReport): string {
  reportLostChildLimits(service, report);
  const { cps } = service;
  const isGiven = isRateGiven(service);
  const { rateSeparator } = forms;
  if (rateSeparator === null) {
    if (isGiven && cps !== null)
      report.warning('cps-lost', `cps ${cps.rate} ${cps.pause}: this inetd limits no rate`);
    return '';
  }
  if (!isGiven) {
    const starts = usualRate * 60;
    report.info(
      'rate-default',
      `no cps: ${rateSeparator}${starts} keeps the ${usualRate} per second of xinetd instead of the low default of inetd`,
    );
    return `${rateSeparator}${starts}`;
  }
  const starts = cps === null || cps.rate === 0 ? unlimitedStarts : cps.rate * 60;
  report.warning(
    'rate-approx',
    `cps ${cps?.rate ?? 0} ${cps?.pause ?? 0} became ${starts} starts per minute, then 10 minutes off`,
  );
  return `${rateSeparator}${starts}`;
}

/** FreeBSD counts servers, in all and for one client; 0 is no limit. */
function childLimits(service: Service, waits: boolean, report: PlaceReport): string {
  const { cps, instances, perSource } = service;
  if (isRateGiven(service) && cps !== null)
    report.warning('cps-lost', `cps ${cps.rate} ${cps.pause}: this inetd limits no rate`);
  // A service that waits has one server at a time anyway.
  if (waits || (instances === null && perSource === null)) return '';
  return perSource === null ? `/${instances}` : `/${instances ?? 0}/0/${perSource}`;
}

function reportLostChildLimits({ instances, perSource, wait }: Service, report: PlaceReport): void {
  if (wait) return;
  if (instances !== null)
    report.warning('instances-lost', `instances ${instances}: this inetd limits no servers`);
  if (perSource !== null)
    report.warning('per-source-lost', `per_source ${perSource}: this inetd counts no clients`);
}

function isRateGiven({ origins }: Service): boolean {
  return (origins.get('cps') ?? []).some(({ from }) => from === 'entry' || from === 'defaults');
}
