import type { ModelFiles } from '../../model/host-tables.ts';
import type { Service } from '../../model/service.ts';
import type { ProgramLog } from '../log/program-log.ts';
import { locationOf } from '../origin-of.ts';
import type { Banners } from '../prepared-service.ts';

/** What every new connection takes without waiting for its client. */
const mostAtOnce = 16 * 1024;

/** The texts of the banner attributes. A file that cannot be read is said and left out: a banner restricts nobody. */
export function readBanners(service: Service, files: Pick<ModelFiles, 'read'>, log: ProgramLog): Banners {
  const read = (attribute: string, path: string | null): Buffer | null => {
    if (path === null) return null;
    const content = files.read(locationOf(service, attribute).source.fileName(path));
    if ('bytes' in content) {
      const { bytes } = content;
      if (bytes.length > mostAtOnce) {
        const fate = 'what a connection does not take at once is cut';
        log.write('WARNING', `service ${service.id}: ${attribute} has ${bytes.length} bytes: ${fate}`);
      }
      return bytes;
    }
    log.write('WARNING', `service ${service.id}: ${attribute} ${path} cannot be read: ${content.error}`);
    return null;
  };
  return {
    always: read('banner', service.banner),
    success: read('banner_success', service.bannerSuccess),
    failure: read('banner_fail', service.bannerFail),
  };
}
