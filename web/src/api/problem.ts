import type { CombinedError } from 'urql';

/** What went wrong, in the words of the server, and what it is called in code. */
export interface Problem {
  /** A `lab.Code` such as `NOT_FOUND`, or `NETWORK` when there was no answer. */
  code: string;
  message: string;
  /** The field of the input that is wrong, when the server says so. */
  field: string | null;
}

export function problem(error: CombinedError): Problem {
  const first = error.graphQLErrors[0];
  if (!first) return { code: 'NETWORK', message: '', field: null };
  const { code, field } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    message: first.message,
    field: typeof field === 'string' ? field : null,
  };
}
