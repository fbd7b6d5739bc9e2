import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs-page'), 'RunsPage'),
});

const start = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/start',
  component: lazyRouteComponent(() => import('./start-page'), 'StartPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./run-page'), 'RunPage'),
});

export const runRoutes = [list, start, one] as const;
