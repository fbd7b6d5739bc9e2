// Runs before anything is painted, so that a page in the dark does not flash.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('lics-color-scheme');
  } catch {
    // No storage, no choice.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
