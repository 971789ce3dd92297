import type { UnitFile } from '../../ast/unit-file.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import { lostText } from '../lost-text.ts';
import { withoutSpecifiers } from './exec-line.ts';
import { reportLosses } from './losses.ts';
import { refusalOf } from './refusal.ts';
import { serviceSettings, serviceUnitSettings } from './service-unit.ts';
import { socketSettings } from './socket-unit.ts';
import type { UnitNames } from './unit-names.ts';
import type { ServiceUnits } from './unit-set.ts';
import { isAccepting, type SystemdOptions, type UnitSource } from './unit-source.ts';

/** The socket of a service and the unit that it starts; nothing, and a diagnostic, where units cannot say what it is. */
export function unitsOfService(
  source: UnitSource,
  options: SystemdOptions,
  names: UnitNames,
  report: Report,
): ServiceUnits {
  const { service, isDisabled } = source;
  const { source: text, range } = service.location;
  const line = text.lineAt(range.start);
  const here = new PlaceReport(report, { file: text.path, line });
  const refusal = refusalOf(source, options);
  if (refusal !== null) {
    here.error(refusal.code, refusal.text);
    return {
      units: [],
      isDisabled,
      lost: lostText(`line ${line}`, `${refusal.code} (service ${service.name})`, []),
    };
  }
  const name = names.claim(sourceName(source), service.protocol);
  const socketName = `${name}.socket`;
  const serviceName = isAccepting(service) ? `${name}@.service` : `${name}.service`;
  const description = descriptionOf(source);
  reportLosses(source, options, here);
  const units: readonly UnitFile[] = [
    {
      name: socketName,
      header: headerOf(source, socketName),
      sections: [
        { title: 'Unit', settings: [['Description', `${description} socket`]] },
        { title: 'Socket', settings: socketSettings(source, options, here) },
        { title: 'Install', settings: [['WantedBy', 'sockets.target']] },
      ],
    },
    {
      name: serviceName,
      header: headerOf(source, serviceName),
      sections: [
        {
          title: 'Unit',
          settings: [
            ['Description', `${description} server`],
            ...serviceUnitSettings(source, options, socketName),
          ],
        },
        { title: 'Service', settings: serviceSettings(source, options, here) },
      ],
    },
  ];
  return { units, isDisabled, lost: [] };
}

/** What the units are named after: the id, or the first field of an inetd.conf line. */
function sourceName({ service, format }: UnitSource): string {
  if (format === 'xinetd') return service.id;
  return service.unixPath ?? service.name;
}

function descriptionOf(source: UnitSource): string {
  const { service, format } = source;
  const name = sourceName(source);
  const text = format === 'inetd' ? name : `${name} (${service.protocol}/${service.port})`;
  return withoutSpecifiers(text.replaceAll(/[\x00-\x1F\x7F]/g, '?'));
}

function headerOf(source: UnitSource, unit: string): readonly string[] {
  const { service } = source;
  const { source: text, range } = service.location;
  const name = source.format === 'inetd' ? sourceName(source) : service.name;
  return [
    `Made by xcfg convert from ${text.path}, line ${text.lineAt(range.start)} (service ${name}).`,
    'A new run overwrites this file. Put local changes into a drop-in:',
    `  systemctl edit ${unit}`,
    ...(source.isDisabled ? ['Disabled in the source: do not enable.'] : []),
  ];
}
