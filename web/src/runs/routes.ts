import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const statuses = [
  'STARTING',
  'RUNNING',
  'PAUSED',
  'SEALING',
  'COMPLETED',
  'STOPPED',
  'FAILED',
  'ABORTED',
  'HALTED',
] as const;

const day = z.iso.date().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  validateSearch: z.object({
    status: z.array(z.enum(statuses)).optional().catch(undefined),
    protocol: text,
    subject: text,
    device: text,
    from: day,
    to: day,
    search: text,
  }),
  component: lazyRouteComponent(() => import('./runs-page'), 'RunsPage'),
});

const start = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/start',
  validateSearch: z.object({
    protocol: text,
    version: text,
    template: text,
    subject: text,
    experiment: text,
  }),
  component: lazyRouteComponent(() => import('./start-page'), 'StartPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./run-page'), 'RunPage'),
});

export const runRoutes = [list, start, one] as const;
