import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root-route';

const fresh = createRoute({
  getParentRoute: () => rootRoute,
  path: '/editor',
  validateSearch: z.object({ template: z.string().optional().catch(undefined) }),
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
