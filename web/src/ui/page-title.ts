import { useEffect } from 'react';

/** Title of the browser's tab while the component is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · LICS` : 'LICS';
  }, [title]);
}
