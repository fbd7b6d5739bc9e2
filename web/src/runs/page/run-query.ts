import { graphql } from '../../api/gql';

export const RunQuery = graphql(`
  query RunPage($id: ID!) {
    run(id: $id) {
      id status protocolName outcome error seed startedBy parameters
      createdAt startedAt endedAt temporalUrl
      subject { id name }
      experiment { id name }
      devices { role deviceId device { id name online } }
      protocolVersion {
        id number document
        protocol { id latestNumber }
        check {
          parameters { name type label help unit default minimum maximum options live }
        }
      }
    }
  }
`);

export const CountersQuery = graphql(`
  query RunPageCounters($id: ID!) {
    run(id: $id) {
      id
      counters { rewards microlitres }
      progress { node measure done limit }
    }
  }
`);

export const ParametersQuery = graphql(`
  query RunPageParameters($id: ID!) {
    run(id: $id) { id currentParameters { name value origin changedAt changedBy reason } }
  }
`);

export const NotesQuery = graphql(`
  query RunPageNotes($id: ID!) {
    run(id: $id) { id notes { id at by text } }
  }
`);

export const QuestionsQuery = graphql(`
  query RunPageQuestions($id: ID!) {
    run(id: $id) {
      id
      humanSteps {
        id node title text choices askedAt closedAt answeredAt answeredBy answer
        role statement mayAnswer
        form {
          name type label help unit required minimum maximum
          plausibleMinimum plausibleMaximum options
        }
      }
    }
  }
`);
