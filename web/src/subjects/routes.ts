import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/subjects',
  component: lazyRouteComponent(() => import('./subjects-page'), 'SubjectsPage'),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/subjects/$subjectId',
  component: lazyRouteComponent(() => import('./subject-page'), 'SubjectPage'),
});

export const subjectRoutes = [list, one] as const;
