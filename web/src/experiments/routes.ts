import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiments',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    archived: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./experiments-page'), 'ExperimentsPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiments/$experimentId',
  component: lazyRouteComponent(() => import('./experiment-page'), 'ExperimentPage'),
});

export const experimentRoutes = [list, one] as const;
