import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/protocols',
  component: lazyRouteComponent(() => import('./protocols-page'), 'ProtocolsPage'),
});

export const protocolRoutes = [list] as const;
