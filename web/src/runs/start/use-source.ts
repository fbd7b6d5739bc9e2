import { type CombinedError, useQuery } from 'urql';
import type {
  StartCheckDocumentQuery,
  StartProtocolQuery,
  StartVersionQuery,
} from '../../api/gql/graphql';
import type { ProtocolDocument } from '../../editor/model/document';
import type { Source } from './plan';
import { CheckDocumentQuery, ProtocolQuery, TemplateQuery, VersionQuery } from './queries';

export type Check = StartCheckDocumentQuery['checkProtocol'];
type Version = NonNullable<StartVersionQuery['protocolVersion']>;
export interface StartSearch {
  protocol?: string | undefined;
  version?: string | undefined;
  template?: string | undefined;
}

export interface Chosen {
  source: Source;
  name: string;
  /** 0 for what is not saved. */
  number: number;
  check: Check;
  document: ProtocolDocument;
}

/** What the address asks to start; undefined while it loads, null when it is not there. */
export function useSource({ protocol, version, template }: StartSearch): {
  chosen: Chosen | null | undefined;
  error: CombinedError | undefined;
} {
  const [saved] = useQuery({
    query: VersionQuery,
    variables: { id: version ?? '' },
    pause: version === undefined,
  });
  const [latest] = useQuery({
    query: ProtocolQuery,
    variables: { id: protocol ?? '' },
    pause: version !== undefined || protocol === undefined,
  });
  const [example] = useQuery({
    query: TemplateQuery,
    variables: { name: template ?? '' },
    pause: template === undefined,
  });
  const document = example.data?.template?.document;
  const [checked] = useQuery({
    query: CheckDocumentQuery,
    variables: { document },
    pause: document === undefined,
  });
  const error = saved.error ?? latest.error ?? example.error ?? checked.error;

  if (version !== undefined) return { chosen: ofVersion(saved.data?.protocolVersion), error };
  if (protocol !== undefined) return { chosen: ofProtocol(latest.data?.protocol), error };
  if (template === undefined) return { chosen: null, error };
  if (example.data && !example.data.template) return { chosen: null, error };
  if (!checked.data) return { chosen: undefined, error };
  const name = nameOf(document) ?? template;
  const { checkProtocol: check } = checked.data;
  const drawn = document as ProtocolDocument;
  return { chosen: { source: { document }, name, number: 0, check, document: drawn }, error };
}

const ofProtocol = (found: StartProtocolQuery['protocol'] | undefined) =>
  found ? ofVersion(found.latest) : found;

function ofVersion(found: Version | null | undefined): Chosen | null | undefined {
  if (!found) return found;
  return {
    source: { protocolVersion: found.id },
    name: found.protocol.name,
    number: found.number,
    check: found.check,
    document: found.document as ProtocolDocument,
  };
}

export function nameOf(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null || !('name' in document)) return undefined;
  return typeof document.name === 'string' ? document.name : undefined;
}
