import { createRouter } from '@tanstack/react-router';
import { deviceRoutes } from '../devices/routes';
import { editorRoutes } from '../editor/routes';
import { experimentRoutes } from '../experiments/routes';
import { homeRoutes } from '../home/routes';
import { inboxRoutes } from '../inbox/routes';
import { protocolRoutes } from '../protocols/routes';
import { runRoutes } from '../runs/routes';
import { subjectRoutes } from '../subjects/routes';
import { templateRoutes } from '../templates/routes';
import { NotFound } from './not-found';
import { rootRoute } from './root-route';
import { RouteError } from './route-error';

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...homeRoutes,
    ...inboxRoutes,
    ...runRoutes,
    ...protocolRoutes,
    ...editorRoutes,
    ...templateRoutes,
    ...deviceRoutes,
    ...subjectRoutes,
    ...experimentRoutes,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
