import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/protocols',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    archived: z.boolean().optional().catch(undefined),
    sort: z.enum(['name', 'versions', 'updated']).optional().catch(undefined),
    descending: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./protocols-page'), 'ProtocolsPage'),
});

export const protocolRoutes = [list] as const;
