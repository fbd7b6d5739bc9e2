import { createRootRoute } from '@tanstack/react-router';
import { NotFound } from './not-found';
import { RouteError } from './route-error';
import { SessionGate } from './session-gate';
import { Shell } from './shell';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page takes the whole area below the header, without margins, and scrolls by itself. */
    fill?: boolean;
  }
}

/** Parent of every page. */
export const rootRoute = createRootRoute({
  component: () => (
    <SessionGate>
      <Shell />
    </SessionGate>
  ),
  errorComponent: RouteError,
  notFoundComponent: NotFound,
});
