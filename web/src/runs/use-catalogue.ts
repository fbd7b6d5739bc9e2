import { useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { type Catalogue, catalogueOf, type Kind } from '../editor/model/catalogue';

const CatalogueQuery = graphql(`
  query RunCatalogue {
    nodeKinds {
      type level container top label icon group help schema
      standard { term source }
      ports { name label direction optional many answers each when unless }
    }
  }
`);

/** The kinds of nodes, to draw a protocol that is run. */
export function useCatalogue(): Catalogue | undefined {
  const [{ data }] = useQuery({ query: CatalogueQuery });
  return useMemo(() => data && catalogueOf(data.nodeKinds as Kind[]), [data]);
}
