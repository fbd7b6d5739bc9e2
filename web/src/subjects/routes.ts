import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/subjects',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    cohort: z.string().optional().catch(undefined),
    archived: z.boolean().optional().catch(undefined),
    /** The form for a new one is open. */
    new: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./subjects-page'), 'SubjectsPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/subjects/$subjectId',
  component: lazyRouteComponent(() => import('./subject-page'), 'SubjectPage'),
});

export const subjectRoutes = [list, one] as const;
