import type { Report } from '../convert/diagnostic.ts';
import { readXinetd } from '../convert/from-xinetd/read-xinetd.ts';
import { convertXinetd } from '../convert/to-inetd/convert-xinetd.ts';
import { dialectForms } from '../convert/to-inetd/dialect-forms.ts';
import { printFile } from '../format/print-file.ts';
import type { Conversion, ConversionInput } from './conversion.ts';
import type { ConvertOptions } from './convert.ts';

/** xinetd.conf, with all it includes, to inetd.conf. */
export function convertToInetd(
  { source, tables, files }: ConversionInput,
  options: ConvertOptions,
  report: Report,
): Conversion {
  const configuration = readXinetd(source, tables, files, report);
  const target = {
    forms: dialectForms[options.dialect],
    tcpd: options.tcpd,
    annotates: options.annotate,
  };
  return {
    document: () => [printFile(convertXinetd(source, configuration, target, report))],
    files: null,
    notes: () => [],
    encoding: configuration.services.some(({ service }) => service.location.source.encoding === 'latin1')
      ? 'latin1'
      : source.encoding,
  };
}
