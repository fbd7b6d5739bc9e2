import { graphql } from '../../api/gql';

export const ProtocolsQuery = graphql(`
  query StartProtocols {
    protocols(first: 200) { nodes { id name } pageInfo { hasNextPage endCursor } }
    templates { name document }
  }
`);

export const StartCheck = graphql(`
  fragment StartCheck on ProtocolCheck {
    ok
    diagnostics { severity message node }
    roles { name channels { name direction needsCalibration } }
    parameters { name type label help unit default minimum maximum options live }
  }
`);

export const StartVersion = graphql(`
  fragment StartVersion on ProtocolVersion {
    id number document protocol { id name }
    check { ...StartCheck }
  }
`);

export const VersionQuery = graphql(`
  query StartVersion($id: ID!) {
    protocolVersion(id: $id) { id ...StartVersion }
  }
`);

export const ProtocolQuery = graphql(`
  query StartProtocol($id: ID!) {
    protocol(id: $id) { id name latest { id ...StartVersion } }
  }
`);

export const TemplateQuery = graphql(`
  query StartPageTemplate($name: String!) {
    template(name: $name) { name document }
  }
`);

export const CheckDocumentQuery = graphql(`
  query StartCheckDocument($document: JSON!) {
    checkProtocol(input: { document: $document }) { ...StartCheck }
  }
`);

export const CandidatesQuery = graphql(`
  query StartCandidates($input: BindingCandidatesInput!) {
    bindingCandidates(input: $input) {
      device { id name online rig { channels { name direction available } } }
      fits
      checks { severity message hint }
      channels { protocol rig }
    }
  }
`);

export const CheckRunQuery = graphql(`
  query StartCheckRun($input: StartRunInput!, $timeZone: String) {
    checkRun(input: $input, timeZone: $timeZone) {
      ok
      checks { code severity message hint field role }
    }
  }
`);

export const StartRun = graphql(`
  mutation StartRunFromPage($input: StartRunInput!) {
    startRun(input: $input) { run { id status createdAt } created }
  }
`);
