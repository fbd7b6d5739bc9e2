import { setNonce } from 'get-nonce';

/**
 * The nonce of this answer, which styles made by the program must carry. The
 * browser hides the attribute from scripts and stylesheets, not the property.
 */
export const nonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// For the library that keeps the page still under a dialog.
setNonce(nonce);
