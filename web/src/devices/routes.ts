import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    online: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./devices-page'), 'DevicesPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$deviceId',
  validateSearch: z.object({
    // As in Grafana: `now-6h`, `now`, or a moment.
    from: z.string().optional().catch(undefined),
    to: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./device-page'), 'DevicePage'),
});

export const deviceRoutes = [list, one] as const;
