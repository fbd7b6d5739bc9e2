import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    all: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./inbox-page'), 'InboxPage'),
});

export const inboxRoutes = [list] as const;
