import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const fresh = createRoute({
  getParentRoute: () => rootRoute,
  path: '/editor',
  staticData: { fill: true },
  component: lazyRouteComponent(() => import('./editor-page'), 'NewEditorPage'),
});

const saved = createRoute({
  getParentRoute: () => rootRoute,
  path: '/editor/$protocolId',
  staticData: { fill: true },
  component: lazyRouteComponent(() => import('./editor-page'), 'EditorPage'),
});

export const editorRoutes = [fresh, saved] as const;
