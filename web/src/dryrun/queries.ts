import { graphql } from '../api/gql';

export const StartDryRun = graphql(`
  mutation StartDryRunPanel($input: StartDryRunInput!) {
    startDryRun(input: $input) {
      dryRun { id state }
      diagnostics { severity message node }
    }
  }
`);

export const CancelDryRun = graphql(`
  mutation CancelDryRunPanel($dryRun: ID!) {
    cancelDryRun(input: { dryRun: $dryRun }) { dryRun { id state } }
  }
`);

export const DryRunProgress = graphql(`
  subscription DryRunPanelProgress($id: ID!) {
    dryRunProgress(id: $id) {
      id state error animals animalsDone virtualNs timesRealTime
      rowCount trialCount rewardCount
    }
  }
`);

export const DryRunResult = graphql(`
  query DryRunPanelResult($id: ID!) {
    dryRun(id: $id) {
      id
      session {
        ended outcome error durationNs accuracy rewards microlitres rowCount
        outcomes { outcome count }
        warnings { code message node atNs count }
        timeline {
          truncated
          lanes { kind name node role startNs endNs level state drawnAs }
        }
        trials(first: 1000) { nodes { node number startNs durationNs outcome } }
      }
    }
  }
`);

export const CohortResult = graphql(`
  query DryRunPanelCohort($id: ID!) {
    dryRun(id: $id) {
      id
      cohort {
        distributions {
          quantity unit animals mean sd
          low: quantile(p: 0.05)
          median: quantile(p: 0.5)
          high: quantile(p: 0.95)
          bins { low high count }
        }
        endings { outcome count }
        warnings { outcome count }
      }
    }
  }
`);

export const DocumentParameters = graphql(`
  query DryRunPanelParameters($document: JSON!) {
    checkProtocol(input: { document: $document }) {
      ok
      diagnostics { severity message node }
      parameters { name type label help unit default minimum maximum options live }
    }
  }
`);
