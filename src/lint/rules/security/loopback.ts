import type { Service } from '../../../model/service.ts';
import type { ServiceView } from '../../service-view.ts';

/** Whether only the machine itself can reach the service. */
export function isLoopbackOnly(view: ServiceView, service: Service | null): boolean {
  const bind = service?.bind ?? view.bind;
  return bind !== null && /^(?:127\.|::1$|localhost$|\[::1\]$)/i.test(bind);
}
