/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Who { viewer { id name role } }\n": typeof types.WhoDocument,
    "\n  query Shell {\n    viewer { id name role organisation { id name } }\n    system { version temporalUrl }\n    humanSteps(open: true, first: 100) { nodes { id } }\n  }\n": typeof types.ShellDocument,
    "\n  subscription RunsChange {\n    runs { id status startedAt endedAt outcome error }\n  }\n": typeof types.RunsChangeDocument,
    "\n  mutation SaveCalibration($input: SaveCalibrationInput!) {\n    saveCalibration(input: $input) { calibration { id channel } }\n  }\n": typeof types.SaveCalibrationDocument,
    "\n  fragment DeviceCalibration on Calibration {\n    id channel measuredAt measuredBy points { microlitres openMs }\n  }\n": typeof types.DeviceCalibrationFragmentDoc,
    "\n  fragment DeviceItem on Device {\n    id name online simulated lastSeen clockOffsetMs outbox\n    rig { name }\n    run { id protocolName subject { id name } }\n  }\n": typeof types.DeviceItemFragmentDoc,
    "\n  query Device($id: ID!) {\n    device(id: $id) {\n      id name online simulated version startedAt lastSeen clockOffsetMs outbox\n      rig {\n        name hash\n        channels {\n          name\n          rigCalibration { points { microlitres openMs } }\n          ...HardwareChannel\n        }\n      }\n      run { id protocolName }\n      calibrations { id ...DeviceCalibration }\n      metrics { name ...DeviceMetric }\n    }\n  }\n": typeof types.DeviceDocument,
    "\n  query DeviceRuns($id: ID!) {\n    runs(filter: { device: $id }, first: 10) { nodes { id ...RunItem } }\n  }\n": typeof types.DeviceRunsDocument,
    "\n  subscription DeviceChange($id: ID!) {\n    deviceStatus(id: $id) {\n      id name online lastSeen clockOffsetMs outbox run { id protocolName }\n    }\n  }\n": typeof types.DeviceChangeDocument,
    "\n  query Devices($filter: DeviceFilter, $after: Cursor) {\n    devices(filter: $filter, first: 100, after: $after) {\n      nodes { id ...DeviceItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.DevicesDocument,
    "\n  subscription DevicesChange {\n    deviceStatus { id ...DeviceItem }\n  }\n": typeof types.DevicesChangeDocument,
    "\n  query FormerCalibrations($id: ID!) {\n    device(id: $id) {\n      id\n      calibrationHistory(first: 200) {\n        nodes { id channel measuredAt measuredBy points { microlitres openMs } }\n      }\n    }\n  }\n": typeof types.FormerCalibrationsDocument,
    "\n  fragment HardwareChannel on RigChannel {\n    name direction available unavailable safe maxOnMs calibration { id }\n  }\n": typeof types.HardwareChannelFragmentDoc,
    "\n  subscription DeviceLevels($id: ID!) {\n    deviceLevels(id: $id) { deviceId at channels { channel level changes } }\n  }\n": typeof types.DeviceLevelsDocument,
    "\n  query Telemetry($id: ID!, $metric: String!, $from: Time!, $to: Time!) {\n    device(id: $id) {\n      id\n      telemetry(metric: $metric, from: $from, to: $to, maxPoints: 400) {\n        metric unit from to bucketMs points { at mean min max }\n      }\n    }\n  }\n": typeof types.TelemetryDocument,
    "\n  mutation SendDeviceCommand($input: SendDeviceCommandInput!) {\n    sendDeviceCommand(input: $input) { state reasonCode reason }\n  }\n": typeof types.SendDeviceCommandDocument,
    "\n  fragment DeviceMetric on Metric { name unit value at }\n": typeof types.DeviceMetricFragmentDoc,
    "\n  mutation StartDryRunPanel($input: StartDryRunInput!) {\n    startDryRun(input: $input) {\n      dryRun { id state }\n      diagnostics { severity message node }\n    }\n  }\n": typeof types.StartDryRunPanelDocument,
    "\n  mutation CancelDryRunPanel($dryRun: ID!) {\n    cancelDryRun(input: { dryRun: $dryRun }) { dryRun { id state } }\n  }\n": typeof types.CancelDryRunPanelDocument,
    "\n  subscription DryRunPanelProgress($id: ID!) {\n    dryRunProgress(id: $id) {\n      id state error animals animalsDone virtualNs timesRealTime\n      rowCount trialCount rewardCount\n    }\n  }\n": typeof types.DryRunPanelProgressDocument,
    "\n  query DryRunPanelResult($id: ID!) {\n    dryRun(id: $id) {\n      id\n      session {\n        ended outcome error durationNs accuracy rewards microlitres rowCount\n        outcomes { outcome count }\n        warnings { code message node atNs count }\n        timeline {\n          truncated\n          lanes { kind name node role startNs endNs level state drawnAs }\n        }\n        trials(first: 1000) { nodes { node number startNs durationNs outcome } }\n      }\n    }\n  }\n": typeof types.DryRunPanelResultDocument,
    "\n  query DryRunPanelCohort($id: ID!) {\n    dryRun(id: $id) {\n      id\n      cohort {\n        distributions {\n          quantity unit animals mean sd\n          low: quantile(p: 0.05)\n          median: quantile(p: 0.5)\n          high: quantile(p: 0.95)\n          bins { low high count }\n        }\n        endings { outcome count }\n        warnings { outcome count }\n      }\n    }\n  }\n": typeof types.DryRunPanelCohortDocument,
    "\n  query DryRunPanelParameters($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { severity message node }\n      parameters { name type label help unit default minimum maximum options live }\n    }\n  }\n": typeof types.DryRunPanelParametersDocument,
    "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n": typeof types.EditorCheckDocument,
    "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n    transitionSchema\n  }\n": typeof types.EditorCatalogueDocument,
    "\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n": typeof types.EditorProtocolDocument,
    "\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": typeof types.EditorTemplateDocument,
    "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt createdBy }\n    }\n  }\n": typeof types.EditorSaveDocument,
    "\n  query EditorTheirs($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      latest { id number note createdAt createdBy document }\n    }\n  }\n": typeof types.EditorTheirsDocument,
    "\n  query EditorVersions($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      versions(first: 200) { nodes { id number note createdAt createdBy } }\n    }\n  }\n": typeof types.EditorVersionsDocument,
    "\n  query EditorDiff($from: ID!, $to: ID!) {\n    protocolDiff(from: $from, to: $to) {\n      from { id number note document }\n      to { id number document }\n      changes { kind object id field before after }\n    }\n  }\n": typeof types.EditorDiffDocument,
    "\n  mutation EditorRestore($input: RestoreVersionInput!) {\n    restoreVersion(input: $input) {\n      protocol { id latestNumber }\n      version { id number document }\n    }\n  }\n": typeof types.EditorRestoreDocument,
    "\n  mutation SaveExperiment($input: SaveExperimentInput!) {\n    saveExperiment(input: $input) { experiment { id name description archivedAt } }\n  }\n": typeof types.SaveExperimentDocument,
    "\n  query Experiment($id: ID!) {\n    experiment(id: $id) {\n      id name description archivedAt\n      subjects(first: 200) { nodes { id name cohort } }\n      protocols(first: 200) { nodes { id name latestNumber } }\n    }\n  }\n": typeof types.ExperimentDocument,
    "\n  query ExperimentRuns($id: ID!, $after: Cursor) {\n    runs(filter: { experiment: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ExperimentRunsDocument,
    "\n  query ExperimentCandidates($subject: String!, $protocol: String!) {\n    subjects(filter: { search: $subject }, first: 50) { nodes { id name } }\n    protocols(filter: { search: $protocol }, first: 50) { nodes { id name } }\n  }\n": typeof types.ExperimentCandidatesDocument,
    "\n  mutation AddToExperiment($input: AddToExperimentInput!) {\n    addToExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n": typeof types.AddToExperimentDocument,
    "\n  mutation RemoveFromExperiment($input: RemoveFromExperimentInput!) {\n    removeFromExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n": typeof types.RemoveFromExperimentDocument,
    "\n  query Experiments($filter: ExperimentFilter, $after: Cursor) {\n    experiments(filter: $filter, first: 100, after: $after) {\n      nodes { id name description createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ExperimentsDocument,
    "\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n": typeof types.FleetDeviceFragmentDoc,
    "\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n": typeof types.BeginDocument,
    "\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n": typeof types.HomeDocument,
    "\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n": typeof types.HomeDevicesDocument,
    "\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n": typeof types.RunCardFragmentDoc,
    "\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n": typeof types.CountedEventsDocument,
    "\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n": typeof types.WaitingStepFragmentDoc,
    "\n  fragment AnswerableStep on HumanStep {\n    id choices statement\n    form { name type label help unit required minimum maximum options }\n  }\n": typeof types.AnswerableStepFragmentDoc,
    "\n  mutation AnswerHumanStep($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer values }\n    }\n  }\n": typeof types.AnswerHumanStepDocument,
    "\n  query Signer {\n    viewer { id name }\n  }\n": typeof types.SignerDocument,
    "\n  query Inbox($filter: HumanStepFilter, $after: Cursor) {\n    humanSteps(open: true, filter: $filter, first: 50, after: $after) {\n      nodes { id closedAt ...InboxStep }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.InboxDocument,
    "\n  subscription InboxChange($filter: HumanStepFilter) {\n    humanSteps(filter: $filter) { id closedAt ...InboxStep }\n  }\n": typeof types.InboxChangeDocument,
    "\n  fragment InboxStep on HumanStep {\n    id title text askedAt remindedAt role also mayAnswer\n    run { id protocolName subject { id name } devices { deviceId } }\n    ...AnswerableStep\n  }\n": typeof types.InboxStepFragmentDoc,
    "\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n": typeof types.UpdateProtocolDocument,
    "\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n": typeof types.DuplicateProtocolDocument,
    "\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ProtocolsDocument,
    "\n  query RunFeedBegin($id: ID!) {\n    run(id: $id) { id counters { trials outcomes { outcome count } cursor } }\n  }\n": typeof types.RunFeedBeginDocument,
    "\n  query RunFeedPage($id: ID!, $last: Int!, $upTo: Cursor!) {\n    run(id: $id) {\n      id\n      events(last: $last, upTo: $upTo) {\n        nodes { source at kind name node drawnAs value deviceId }\n        before\n      }\n    }\n  }\n": typeof types.RunFeedPageDocument,
    "\n  query RunFeedPresent($id: ID!) {\n    run(id: $id) {\n      id\n      steps { node startedAt endedAt }\n      activeStates { deviceId node drawnAs }\n      variables { node name value }\n      gaps { kind from to deviceId }\n    }\n  }\n": typeof types.RunFeedPresentDocument,
    "\n  subscription RunFeedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) {\n      cursor source at kind name node drawnAs value deviceId\n    }\n  }\n": typeof types.RunFeedEventsDocument,
    "\n  mutation SetRunPageParameters($input: SetRunParametersInput!) {\n    setRunParameters(input: $input) {\n      run { id currentParameters { name value origin changedAt changedBy reason } }\n      changes { name old new applies unconfirmed }\n    }\n  }\n": typeof types.SetRunPageParametersDocument,
    "\n  mutation AddRunNote($run: ID!, $text: String!) {\n    addNote(input: { run: $run, text: $text }) { note { id at by text } }\n  }\n": typeof types.AddRunNoteDocument,
    "\n  mutation AnswerRunQuestion($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer }\n    }\n  }\n": typeof types.AnswerRunQuestionDocument,
    "\n  query ReplayVersions($protocol: ID!) {\n    protocol(id: $protocol) {\n      id\n      versions(first: 100) { nodes { id number note } pageInfo { hasNextPage endCursor } }\n    }\n  }\n": typeof types.ReplayVersionsDocument,
    "\n  query ReplayRunPage($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      same decisions inputs draws events tasks interrupted deviceRows\n      difference {\n        at elapsedNs node visit role trial row\n        before { atNs kind text node }\n        expected { atNs kind text node }\n        got { atNs kind text node }\n      }\n    }\n  }\n": typeof types.ReplayRunPageDocument,
    "\n  mutation PauseRun($run: ID!, $reason: String) {\n    pauseRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n": typeof types.PauseRunDocument,
    "\n  mutation ResumeRun($run: ID!, $reason: String) {\n    resumeRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n": typeof types.ResumeRunDocument,
    "\n  mutation StopRun($run: ID!, $reason: String) {\n    stopRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": typeof types.StopRunDocument,
    "\n  mutation AbortRun($run: ID!, $reason: String) {\n    abortRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": typeof types.AbortRunDocument,
    "\n  mutation HaltRun($run: ID!, $reason: String) {\n    haltRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": typeof types.HaltRunDocument,
    "\n  query RunPage($id: ID!) {\n    run(id: $id) {\n      id status protocolName outcome error seed startedBy parameters\n      createdAt startedAt endedAt temporalUrl\n      subject { id name }\n      experiment { id name }\n      devices { role deviceId device { id name online } }\n      protocolVersion {\n        id number document\n        protocol { id latestNumber }\n        check {\n          parameters { name type label help unit default minimum maximum options live }\n        }\n      }\n    }\n  }\n": typeof types.RunPageDocument,
    "\n  query RunPageCounters($id: ID!) {\n    run(id: $id) {\n      id\n      counters { rewards microlitres }\n      progress { node measure done limit }\n    }\n  }\n": typeof types.RunPageCountersDocument,
    "\n  query RunPageParameters($id: ID!) {\n    run(id: $id) { id currentParameters { name value origin changedAt changedBy reason } }\n  }\n": typeof types.RunPageParametersDocument,
    "\n  query RunPageNotes($id: ID!) {\n    run(id: $id) { id notes { id at by text } }\n  }\n": typeof types.RunPageNotesDocument,
    "\n  query RunPageQuestions($id: ID!) {\n    run(id: $id) {\n      id\n      humanSteps {\n        id node title text choices askedAt closedAt answeredAt answeredBy answer\n        role statement mayAnswer\n        form {\n          name type label help unit required minimum maximum\n          plausibleMinimum plausibleMaximum options\n        }\n      }\n    }\n  }\n": typeof types.RunPageQuestionsDocument,
    "\n  query RunPageFiles($id: ID!) {\n    run(id: $id) {\n      id\n      files { format table name state size missing downloadUrl error }\n    }\n  }\n": typeof types.RunPageFilesDocument,
    "\n  mutation MakeRunPageFiles($input: MakeRunFilesInput!) {\n    makeRunFiles(input: $input) {\n      run { id files { format table name state size missing downloadUrl error } }\n    }\n  }\n": typeof types.MakeRunPageFilesDocument,
    "\n  query RunsPage($filter: RunFilter, $after: Cursor) {\n    runs(first: 50, filter: $filter, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.RunsPageDocument,
    "\n  subscription RunsPageChanges { runs { id ...RunItem } }\n": typeof types.RunsPageChangesDocument,
    "\n  query StartProtocols {\n    protocols(first: 200) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    templates { name document }\n  }\n": typeof types.StartProtocolsDocument,
    "\n  fragment StartCheck on ProtocolCheck {\n    ok\n    diagnostics { severity message node }\n    roles { name channels { name direction needsCalibration } }\n    parameters { name type label help unit default minimum maximum options live }\n  }\n": typeof types.StartCheckFragmentDoc,
    "\n  fragment StartVersion on ProtocolVersion {\n    id number document protocol { id name }\n    check { ...StartCheck }\n  }\n": typeof types.StartVersionFragmentDoc,
    "\n  query StartVersion($id: ID!) {\n    protocolVersion(id: $id) { id ...StartVersion }\n  }\n": typeof types.StartVersionDocument,
    "\n  query StartProtocol($id: ID!) {\n    protocol(id: $id) { id name latest { id ...StartVersion } }\n  }\n": typeof types.StartProtocolDocument,
    "\n  query StartPageTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": typeof types.StartPageTemplateDocument,
    "\n  query StartCheckDocument($document: JSON!) {\n    checkProtocol(input: { document: $document }) { ...StartCheck }\n  }\n": typeof types.StartCheckDocumentDocument,
    "\n  query StartCandidates($input: BindingCandidatesInput!) {\n    bindingCandidates(input: $input) {\n      device { id name online rig { channels { name direction available } } }\n      fits\n      checks { severity message hint }\n      channels { protocol rig }\n    }\n  }\n": typeof types.StartCandidatesDocument,
    "\n  query StartCheckRun($input: StartRunInput!, $timeZone: String) {\n    checkRun(input: $input, timeZone: $timeZone) {\n      ok\n      checks { code severity message hint field role }\n    }\n  }\n": typeof types.StartCheckRunDocument,
    "\n  mutation StartRunFromPage($input: StartRunInput!) {\n    startRun(input: $input) { run { id status createdAt } created }\n  }\n": typeof types.StartRunFromPageDocument,
    "\n  query RunCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n  }\n": typeof types.RunCatalogueDocument,
    "\n  query SubjectAccuracy($id: ID!) {\n    runs(filter: { subject: $id, status: [COMPLETED, STOPPED, FAILED, ABORTED, HALTED] }, first: 60) {\n      nodes { id startedAt counters { outcomes { outcome count } cursor } }\n    }\n  }\n": typeof types.SubjectAccuracyDocument,
    "\n  mutation CorrectWeight($input: CorrectWeightInput!) {\n    correctWeight(input: $input) { weight { id grams } }\n  }\n": typeof types.CorrectWeightDocument,
    "\n  mutation RecordWeight($input: RecordWeightInput!) {\n    recordWeight(input: $input) { weight { id grams } }\n  }\n": typeof types.RecordWeightDocument,
    "\n  mutation SaveSubject($input: SaveSubjectInput!) {\n    saveSubject(input: $input) {\n      subject {\n        id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      }\n    }\n  }\n": typeof types.SaveSubjectDocument,
    "\n  fragment SubjectItem on Subject {\n    id name species sex cohort baselineGrams targetFraction\n    latestWeight { id grams at }\n  }\n": typeof types.SubjectItemFragmentDoc,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) {\n      id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      experiments { id name }\n    }\n  }\n": typeof types.SubjectDocument,
    "\n  query SubjectRuns($id: ID!, $after: Cursor) {\n    runs(filter: { subject: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.SubjectRunsDocument,
    "\n  query Subjects($filter: SubjectFilter, $after: Cursor) {\n    subjects(filter: $filter, first: 100, after: $after) {\n      nodes { id ...SubjectItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.SubjectsDocument,
    "\n  query SubjectWeights($id: ID!) {\n    subject(id: $id) {\n      id baselineGrams targetFraction\n      latestWeight { id grams at }\n      weights(first: 400) { nodes { id grams at by note run { id protocolName } } }\n    }\n  }\n": typeof types.SubjectWeightsDocument,
    "\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n": typeof types.ParameterRowFragmentDoc,
    "\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n": typeof types.RunOnBoxTemplateFragmentDoc,
    "\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n": typeof types.SimulatedBoxesDocument,
    "\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n": typeof types.StartTemplateDocument,
    "\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n": typeof types.TemplatesDocument,
    "\n    query FoundProtocols($search: String) {\n      found: protocols(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": typeof types.FoundProtocolsDocument,
    "\n    query FoundSubjects($search: String) {\n      found: subjects(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": typeof types.FoundSubjectsDocument,
    "\n    query FoundExperiments($search: String) {\n      found: experiments(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": typeof types.FoundExperimentsDocument,
    "\n    query FoundDevices($search: String) {\n      found: devices(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": typeof types.FoundDevicesDocument,
    "query NameOfProtocol($id: ID!) { thing: protocol(id: $id) { id name } }": typeof types.NameOfProtocolDocument,
    "query NameOfSubject($id: ID!) { thing: subject(id: $id) { id name } }": typeof types.NameOfSubjectDocument,
    "query NameOfExperiment($id: ID!) { thing: experiment(id: $id) { id name } }": typeof types.NameOfExperimentDocument,
    "query NameOfDevice($id: ID!) { thing: device(id: $id) { id name } }": typeof types.NameOfDeviceDocument,
    "\n  query LiveProgress($id: ID!) {\n    run(id: $id) { id progress { node measure done limit } }\n  }\n": typeof types.LiveProgressDocument,
    "\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n": typeof types.PicturePartsFragmentDoc,
    "\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n": typeof types.RunItemFragmentDoc,
};
const documents: Documents = {
    "\n  query Who { viewer { id name role } }\n": types.WhoDocument,
    "\n  query Shell {\n    viewer { id name role organisation { id name } }\n    system { version temporalUrl }\n    humanSteps(open: true, first: 100) { nodes { id } }\n  }\n": types.ShellDocument,
    "\n  subscription RunsChange {\n    runs { id status startedAt endedAt outcome error }\n  }\n": types.RunsChangeDocument,
    "\n  mutation SaveCalibration($input: SaveCalibrationInput!) {\n    saveCalibration(input: $input) { calibration { id channel } }\n  }\n": types.SaveCalibrationDocument,
    "\n  fragment DeviceCalibration on Calibration {\n    id channel measuredAt measuredBy points { microlitres openMs }\n  }\n": types.DeviceCalibrationFragmentDoc,
    "\n  fragment DeviceItem on Device {\n    id name online simulated lastSeen clockOffsetMs outbox\n    rig { name }\n    run { id protocolName subject { id name } }\n  }\n": types.DeviceItemFragmentDoc,
    "\n  query Device($id: ID!) {\n    device(id: $id) {\n      id name online simulated version startedAt lastSeen clockOffsetMs outbox\n      rig {\n        name hash\n        channels {\n          name\n          rigCalibration { points { microlitres openMs } }\n          ...HardwareChannel\n        }\n      }\n      run { id protocolName }\n      calibrations { id ...DeviceCalibration }\n      metrics { name ...DeviceMetric }\n    }\n  }\n": types.DeviceDocument,
    "\n  query DeviceRuns($id: ID!) {\n    runs(filter: { device: $id }, first: 10) { nodes { id ...RunItem } }\n  }\n": types.DeviceRunsDocument,
    "\n  subscription DeviceChange($id: ID!) {\n    deviceStatus(id: $id) {\n      id name online lastSeen clockOffsetMs outbox run { id protocolName }\n    }\n  }\n": types.DeviceChangeDocument,
    "\n  query Devices($filter: DeviceFilter, $after: Cursor) {\n    devices(filter: $filter, first: 100, after: $after) {\n      nodes { id ...DeviceItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.DevicesDocument,
    "\n  subscription DevicesChange {\n    deviceStatus { id ...DeviceItem }\n  }\n": types.DevicesChangeDocument,
    "\n  query FormerCalibrations($id: ID!) {\n    device(id: $id) {\n      id\n      calibrationHistory(first: 200) {\n        nodes { id channel measuredAt measuredBy points { microlitres openMs } }\n      }\n    }\n  }\n": types.FormerCalibrationsDocument,
    "\n  fragment HardwareChannel on RigChannel {\n    name direction available unavailable safe maxOnMs calibration { id }\n  }\n": types.HardwareChannelFragmentDoc,
    "\n  subscription DeviceLevels($id: ID!) {\n    deviceLevels(id: $id) { deviceId at channels { channel level changes } }\n  }\n": types.DeviceLevelsDocument,
    "\n  query Telemetry($id: ID!, $metric: String!, $from: Time!, $to: Time!) {\n    device(id: $id) {\n      id\n      telemetry(metric: $metric, from: $from, to: $to, maxPoints: 400) {\n        metric unit from to bucketMs points { at mean min max }\n      }\n    }\n  }\n": types.TelemetryDocument,
    "\n  mutation SendDeviceCommand($input: SendDeviceCommandInput!) {\n    sendDeviceCommand(input: $input) { state reasonCode reason }\n  }\n": types.SendDeviceCommandDocument,
    "\n  fragment DeviceMetric on Metric { name unit value at }\n": types.DeviceMetricFragmentDoc,
    "\n  mutation StartDryRunPanel($input: StartDryRunInput!) {\n    startDryRun(input: $input) {\n      dryRun { id state }\n      diagnostics { severity message node }\n    }\n  }\n": types.StartDryRunPanelDocument,
    "\n  mutation CancelDryRunPanel($dryRun: ID!) {\n    cancelDryRun(input: { dryRun: $dryRun }) { dryRun { id state } }\n  }\n": types.CancelDryRunPanelDocument,
    "\n  subscription DryRunPanelProgress($id: ID!) {\n    dryRunProgress(id: $id) {\n      id state error animals animalsDone virtualNs timesRealTime\n      rowCount trialCount rewardCount\n    }\n  }\n": types.DryRunPanelProgressDocument,
    "\n  query DryRunPanelResult($id: ID!) {\n    dryRun(id: $id) {\n      id\n      session {\n        ended outcome error durationNs accuracy rewards microlitres rowCount\n        outcomes { outcome count }\n        warnings { code message node atNs count }\n        timeline {\n          truncated\n          lanes { kind name node role startNs endNs level state drawnAs }\n        }\n        trials(first: 1000) { nodes { node number startNs durationNs outcome } }\n      }\n    }\n  }\n": types.DryRunPanelResultDocument,
    "\n  query DryRunPanelCohort($id: ID!) {\n    dryRun(id: $id) {\n      id\n      cohort {\n        distributions {\n          quantity unit animals mean sd\n          low: quantile(p: 0.05)\n          median: quantile(p: 0.5)\n          high: quantile(p: 0.95)\n          bins { low high count }\n        }\n        endings { outcome count }\n        warnings { outcome count }\n      }\n    }\n  }\n": types.DryRunPanelCohortDocument,
    "\n  query DryRunPanelParameters($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { severity message node }\n      parameters { name type label help unit default minimum maximum options live }\n    }\n  }\n": types.DryRunPanelParametersDocument,
    "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n": types.EditorCheckDocument,
    "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n    transitionSchema\n  }\n": types.EditorCatalogueDocument,
    "\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n": types.EditorProtocolDocument,
    "\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": types.EditorTemplateDocument,
    "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt createdBy }\n    }\n  }\n": types.EditorSaveDocument,
    "\n  query EditorTheirs($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      latest { id number note createdAt createdBy document }\n    }\n  }\n": types.EditorTheirsDocument,
    "\n  query EditorVersions($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      versions(first: 200) { nodes { id number note createdAt createdBy } }\n    }\n  }\n": types.EditorVersionsDocument,
    "\n  query EditorDiff($from: ID!, $to: ID!) {\n    protocolDiff(from: $from, to: $to) {\n      from { id number note document }\n      to { id number document }\n      changes { kind object id field before after }\n    }\n  }\n": types.EditorDiffDocument,
    "\n  mutation EditorRestore($input: RestoreVersionInput!) {\n    restoreVersion(input: $input) {\n      protocol { id latestNumber }\n      version { id number document }\n    }\n  }\n": types.EditorRestoreDocument,
    "\n  mutation SaveExperiment($input: SaveExperimentInput!) {\n    saveExperiment(input: $input) { experiment { id name description archivedAt } }\n  }\n": types.SaveExperimentDocument,
    "\n  query Experiment($id: ID!) {\n    experiment(id: $id) {\n      id name description archivedAt\n      subjects(first: 200) { nodes { id name cohort } }\n      protocols(first: 200) { nodes { id name latestNumber } }\n    }\n  }\n": types.ExperimentDocument,
    "\n  query ExperimentRuns($id: ID!, $after: Cursor) {\n    runs(filter: { experiment: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ExperimentRunsDocument,
    "\n  query ExperimentCandidates($subject: String!, $protocol: String!) {\n    subjects(filter: { search: $subject }, first: 50) { nodes { id name } }\n    protocols(filter: { search: $protocol }, first: 50) { nodes { id name } }\n  }\n": types.ExperimentCandidatesDocument,
    "\n  mutation AddToExperiment($input: AddToExperimentInput!) {\n    addToExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n": types.AddToExperimentDocument,
    "\n  mutation RemoveFromExperiment($input: RemoveFromExperimentInput!) {\n    removeFromExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n": types.RemoveFromExperimentDocument,
    "\n  query Experiments($filter: ExperimentFilter, $after: Cursor) {\n    experiments(filter: $filter, first: 100, after: $after) {\n      nodes { id name description createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ExperimentsDocument,
    "\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n": types.FleetDeviceFragmentDoc,
    "\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n": types.BeginDocument,
    "\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n": types.HomeDocument,
    "\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n": types.HomeDevicesDocument,
    "\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n": types.RunCardFragmentDoc,
    "\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n": types.CountedEventsDocument,
    "\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n": types.WaitingStepFragmentDoc,
    "\n  fragment AnswerableStep on HumanStep {\n    id choices statement\n    form { name type label help unit required minimum maximum options }\n  }\n": types.AnswerableStepFragmentDoc,
    "\n  mutation AnswerHumanStep($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer values }\n    }\n  }\n": types.AnswerHumanStepDocument,
    "\n  query Signer {\n    viewer { id name }\n  }\n": types.SignerDocument,
    "\n  query Inbox($filter: HumanStepFilter, $after: Cursor) {\n    humanSteps(open: true, filter: $filter, first: 50, after: $after) {\n      nodes { id closedAt ...InboxStep }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.InboxDocument,
    "\n  subscription InboxChange($filter: HumanStepFilter) {\n    humanSteps(filter: $filter) { id closedAt ...InboxStep }\n  }\n": types.InboxChangeDocument,
    "\n  fragment InboxStep on HumanStep {\n    id title text askedAt remindedAt role also mayAnswer\n    run { id protocolName subject { id name } devices { deviceId } }\n    ...AnswerableStep\n  }\n": types.InboxStepFragmentDoc,
    "\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n": types.UpdateProtocolDocument,
    "\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n": types.DuplicateProtocolDocument,
    "\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ProtocolsDocument,
    "\n  query RunFeedBegin($id: ID!) {\n    run(id: $id) { id counters { trials outcomes { outcome count } cursor } }\n  }\n": types.RunFeedBeginDocument,
    "\n  query RunFeedPage($id: ID!, $last: Int!, $upTo: Cursor!) {\n    run(id: $id) {\n      id\n      events(last: $last, upTo: $upTo) {\n        nodes { source at kind name node drawnAs value deviceId }\n        before\n      }\n    }\n  }\n": types.RunFeedPageDocument,
    "\n  query RunFeedPresent($id: ID!) {\n    run(id: $id) {\n      id\n      steps { node startedAt endedAt }\n      activeStates { deviceId node drawnAs }\n      variables { node name value }\n      gaps { kind from to deviceId }\n    }\n  }\n": types.RunFeedPresentDocument,
    "\n  subscription RunFeedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) {\n      cursor source at kind name node drawnAs value deviceId\n    }\n  }\n": types.RunFeedEventsDocument,
    "\n  mutation SetRunPageParameters($input: SetRunParametersInput!) {\n    setRunParameters(input: $input) {\n      run { id currentParameters { name value origin changedAt changedBy reason } }\n      changes { name old new applies unconfirmed }\n    }\n  }\n": types.SetRunPageParametersDocument,
    "\n  mutation AddRunNote($run: ID!, $text: String!) {\n    addNote(input: { run: $run, text: $text }) { note { id at by text } }\n  }\n": types.AddRunNoteDocument,
    "\n  mutation AnswerRunQuestion($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer }\n    }\n  }\n": types.AnswerRunQuestionDocument,
    "\n  query ReplayVersions($protocol: ID!) {\n    protocol(id: $protocol) {\n      id\n      versions(first: 100) { nodes { id number note } pageInfo { hasNextPage endCursor } }\n    }\n  }\n": types.ReplayVersionsDocument,
    "\n  query ReplayRunPage($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      same decisions inputs draws events tasks interrupted deviceRows\n      difference {\n        at elapsedNs node visit role trial row\n        before { atNs kind text node }\n        expected { atNs kind text node }\n        got { atNs kind text node }\n      }\n    }\n  }\n": types.ReplayRunPageDocument,
    "\n  mutation PauseRun($run: ID!, $reason: String) {\n    pauseRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n": types.PauseRunDocument,
    "\n  mutation ResumeRun($run: ID!, $reason: String) {\n    resumeRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n": types.ResumeRunDocument,
    "\n  mutation StopRun($run: ID!, $reason: String) {\n    stopRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": types.StopRunDocument,
    "\n  mutation AbortRun($run: ID!, $reason: String) {\n    abortRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": types.AbortRunDocument,
    "\n  mutation HaltRun($run: ID!, $reason: String) {\n    haltRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n": types.HaltRunDocument,
    "\n  query RunPage($id: ID!) {\n    run(id: $id) {\n      id status protocolName outcome error seed startedBy parameters\n      createdAt startedAt endedAt temporalUrl\n      subject { id name }\n      experiment { id name }\n      devices { role deviceId device { id name online } }\n      protocolVersion {\n        id number document\n        protocol { id latestNumber }\n        check {\n          parameters { name type label help unit default minimum maximum options live }\n        }\n      }\n    }\n  }\n": types.RunPageDocument,
    "\n  query RunPageCounters($id: ID!) {\n    run(id: $id) {\n      id\n      counters { rewards microlitres }\n      progress { node measure done limit }\n    }\n  }\n": types.RunPageCountersDocument,
    "\n  query RunPageParameters($id: ID!) {\n    run(id: $id) { id currentParameters { name value origin changedAt changedBy reason } }\n  }\n": types.RunPageParametersDocument,
    "\n  query RunPageNotes($id: ID!) {\n    run(id: $id) { id notes { id at by text } }\n  }\n": types.RunPageNotesDocument,
    "\n  query RunPageQuestions($id: ID!) {\n    run(id: $id) {\n      id\n      humanSteps {\n        id node title text choices askedAt closedAt answeredAt answeredBy answer\n        role statement mayAnswer\n        form {\n          name type label help unit required minimum maximum\n          plausibleMinimum plausibleMaximum options\n        }\n      }\n    }\n  }\n": types.RunPageQuestionsDocument,
    "\n  query RunPageFiles($id: ID!) {\n    run(id: $id) {\n      id\n      files { format table name state size missing downloadUrl error }\n    }\n  }\n": types.RunPageFilesDocument,
    "\n  mutation MakeRunPageFiles($input: MakeRunFilesInput!) {\n    makeRunFiles(input: $input) {\n      run { id files { format table name state size missing downloadUrl error } }\n    }\n  }\n": types.MakeRunPageFilesDocument,
    "\n  query RunsPage($filter: RunFilter, $after: Cursor) {\n    runs(first: 50, filter: $filter, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.RunsPageDocument,
    "\n  subscription RunsPageChanges { runs { id ...RunItem } }\n": types.RunsPageChangesDocument,
    "\n  query StartProtocols {\n    protocols(first: 200) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    templates { name document }\n  }\n": types.StartProtocolsDocument,
    "\n  fragment StartCheck on ProtocolCheck {\n    ok\n    diagnostics { severity message node }\n    roles { name channels { name direction needsCalibration } }\n    parameters { name type label help unit default minimum maximum options live }\n  }\n": types.StartCheckFragmentDoc,
    "\n  fragment StartVersion on ProtocolVersion {\n    id number document protocol { id name }\n    check { ...StartCheck }\n  }\n": types.StartVersionFragmentDoc,
    "\n  query StartVersion($id: ID!) {\n    protocolVersion(id: $id) { id ...StartVersion }\n  }\n": types.StartVersionDocument,
    "\n  query StartProtocol($id: ID!) {\n    protocol(id: $id) { id name latest { id ...StartVersion } }\n  }\n": types.StartProtocolDocument,
    "\n  query StartPageTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": types.StartPageTemplateDocument,
    "\n  query StartCheckDocument($document: JSON!) {\n    checkProtocol(input: { document: $document }) { ...StartCheck }\n  }\n": types.StartCheckDocumentDocument,
    "\n  query StartCandidates($input: BindingCandidatesInput!) {\n    bindingCandidates(input: $input) {\n      device { id name online rig { channels { name direction available } } }\n      fits\n      checks { severity message hint }\n      channels { protocol rig }\n    }\n  }\n": types.StartCandidatesDocument,
    "\n  query StartCheckRun($input: StartRunInput!, $timeZone: String) {\n    checkRun(input: $input, timeZone: $timeZone) {\n      ok\n      checks { code severity message hint field role }\n    }\n  }\n": types.StartCheckRunDocument,
    "\n  mutation StartRunFromPage($input: StartRunInput!) {\n    startRun(input: $input) { run { id status createdAt } created }\n  }\n": types.StartRunFromPageDocument,
    "\n  query RunCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n  }\n": types.RunCatalogueDocument,
    "\n  query SubjectAccuracy($id: ID!) {\n    runs(filter: { subject: $id, status: [COMPLETED, STOPPED, FAILED, ABORTED, HALTED] }, first: 60) {\n      nodes { id startedAt counters { outcomes { outcome count } cursor } }\n    }\n  }\n": types.SubjectAccuracyDocument,
    "\n  mutation CorrectWeight($input: CorrectWeightInput!) {\n    correctWeight(input: $input) { weight { id grams } }\n  }\n": types.CorrectWeightDocument,
    "\n  mutation RecordWeight($input: RecordWeightInput!) {\n    recordWeight(input: $input) { weight { id grams } }\n  }\n": types.RecordWeightDocument,
    "\n  mutation SaveSubject($input: SaveSubjectInput!) {\n    saveSubject(input: $input) {\n      subject {\n        id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      }\n    }\n  }\n": types.SaveSubjectDocument,
    "\n  fragment SubjectItem on Subject {\n    id name species sex cohort baselineGrams targetFraction\n    latestWeight { id grams at }\n  }\n": types.SubjectItemFragmentDoc,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) {\n      id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      experiments { id name }\n    }\n  }\n": types.SubjectDocument,
    "\n  query SubjectRuns($id: ID!, $after: Cursor) {\n    runs(filter: { subject: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.SubjectRunsDocument,
    "\n  query Subjects($filter: SubjectFilter, $after: Cursor) {\n    subjects(filter: $filter, first: 100, after: $after) {\n      nodes { id ...SubjectItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.SubjectsDocument,
    "\n  query SubjectWeights($id: ID!) {\n    subject(id: $id) {\n      id baselineGrams targetFraction\n      latestWeight { id grams at }\n      weights(first: 400) { nodes { id grams at by note run { id protocolName } } }\n    }\n  }\n": types.SubjectWeightsDocument,
    "\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n": types.ParameterRowFragmentDoc,
    "\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n": types.RunOnBoxTemplateFragmentDoc,
    "\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n": types.SimulatedBoxesDocument,
    "\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n": types.StartTemplateDocument,
    "\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n": types.TemplatesDocument,
    "\n    query FoundProtocols($search: String) {\n      found: protocols(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": types.FoundProtocolsDocument,
    "\n    query FoundSubjects($search: String) {\n      found: subjects(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": types.FoundSubjectsDocument,
    "\n    query FoundExperiments($search: String) {\n      found: experiments(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": types.FoundExperimentsDocument,
    "\n    query FoundDevices($search: String) {\n      found: devices(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  ": types.FoundDevicesDocument,
    "query NameOfProtocol($id: ID!) { thing: protocol(id: $id) { id name } }": types.NameOfProtocolDocument,
    "query NameOfSubject($id: ID!) { thing: subject(id: $id) { id name } }": types.NameOfSubjectDocument,
    "query NameOfExperiment($id: ID!) { thing: experiment(id: $id) { id name } }": types.NameOfExperimentDocument,
    "query NameOfDevice($id: ID!) { thing: device(id: $id) { id name } }": types.NameOfDeviceDocument,
    "\n  query LiveProgress($id: ID!) {\n    run(id: $id) { id progress { node measure done limit } }\n  }\n": types.LiveProgressDocument,
    "\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n": types.PicturePartsFragmentDoc,
    "\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n": types.RunItemFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Who { viewer { id name role } }\n"): (typeof documents)["\n  query Who { viewer { id name role } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Shell {\n    viewer { id name role organisation { id name } }\n    system { version temporalUrl }\n    humanSteps(open: true, first: 100) { nodes { id } }\n  }\n"): (typeof documents)["\n  query Shell {\n    viewer { id name role organisation { id name } }\n    system { version temporalUrl }\n    humanSteps(open: true, first: 100) { nodes { id } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunsChange {\n    runs { id status startedAt endedAt outcome error }\n  }\n"): (typeof documents)["\n  subscription RunsChange {\n    runs { id status startedAt endedAt outcome error }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveCalibration($input: SaveCalibrationInput!) {\n    saveCalibration(input: $input) { calibration { id channel } }\n  }\n"): (typeof documents)["\n  mutation SaveCalibration($input: SaveCalibrationInput!) {\n    saveCalibration(input: $input) { calibration { id channel } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeviceCalibration on Calibration {\n    id channel measuredAt measuredBy points { microlitres openMs }\n  }\n"): (typeof documents)["\n  fragment DeviceCalibration on Calibration {\n    id channel measuredAt measuredBy points { microlitres openMs }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeviceItem on Device {\n    id name online simulated lastSeen clockOffsetMs outbox\n    rig { name }\n    run { id protocolName subject { id name } }\n  }\n"): (typeof documents)["\n  fragment DeviceItem on Device {\n    id name online simulated lastSeen clockOffsetMs outbox\n    rig { name }\n    run { id protocolName subject { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Device($id: ID!) {\n    device(id: $id) {\n      id name online simulated version startedAt lastSeen clockOffsetMs outbox\n      rig {\n        name hash\n        channels {\n          name\n          rigCalibration { points { microlitres openMs } }\n          ...HardwareChannel\n        }\n      }\n      run { id protocolName }\n      calibrations { id ...DeviceCalibration }\n      metrics { name ...DeviceMetric }\n    }\n  }\n"): (typeof documents)["\n  query Device($id: ID!) {\n    device(id: $id) {\n      id name online simulated version startedAt lastSeen clockOffsetMs outbox\n      rig {\n        name hash\n        channels {\n          name\n          rigCalibration { points { microlitres openMs } }\n          ...HardwareChannel\n        }\n      }\n      run { id protocolName }\n      calibrations { id ...DeviceCalibration }\n      metrics { name ...DeviceMetric }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceRuns($id: ID!) {\n    runs(filter: { device: $id }, first: 10) { nodes { id ...RunItem } }\n  }\n"): (typeof documents)["\n  query DeviceRuns($id: ID!) {\n    runs(filter: { device: $id }, first: 10) { nodes { id ...RunItem } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DeviceChange($id: ID!) {\n    deviceStatus(id: $id) {\n      id name online lastSeen clockOffsetMs outbox run { id protocolName }\n    }\n  }\n"): (typeof documents)["\n  subscription DeviceChange($id: ID!) {\n    deviceStatus(id: $id) {\n      id name online lastSeen clockOffsetMs outbox run { id protocolName }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Devices($filter: DeviceFilter, $after: Cursor) {\n    devices(filter: $filter, first: 100, after: $after) {\n      nodes { id ...DeviceItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Devices($filter: DeviceFilter, $after: Cursor) {\n    devices(filter: $filter, first: 100, after: $after) {\n      nodes { id ...DeviceItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DevicesChange {\n    deviceStatus { id ...DeviceItem }\n  }\n"): (typeof documents)["\n  subscription DevicesChange {\n    deviceStatus { id ...DeviceItem }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FormerCalibrations($id: ID!) {\n    device(id: $id) {\n      id\n      calibrationHistory(first: 200) {\n        nodes { id channel measuredAt measuredBy points { microlitres openMs } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query FormerCalibrations($id: ID!) {\n    device(id: $id) {\n      id\n      calibrationHistory(first: 200) {\n        nodes { id channel measuredAt measuredBy points { microlitres openMs } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HardwareChannel on RigChannel {\n    name direction available unavailable safe maxOnMs calibration { id }\n  }\n"): (typeof documents)["\n  fragment HardwareChannel on RigChannel {\n    name direction available unavailable safe maxOnMs calibration { id }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DeviceLevels($id: ID!) {\n    deviceLevels(id: $id) { deviceId at channels { channel level changes } }\n  }\n"): (typeof documents)["\n  subscription DeviceLevels($id: ID!) {\n    deviceLevels(id: $id) { deviceId at channels { channel level changes } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Telemetry($id: ID!, $metric: String!, $from: Time!, $to: Time!) {\n    device(id: $id) {\n      id\n      telemetry(metric: $metric, from: $from, to: $to, maxPoints: 400) {\n        metric unit from to bucketMs points { at mean min max }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Telemetry($id: ID!, $metric: String!, $from: Time!, $to: Time!) {\n    device(id: $id) {\n      id\n      telemetry(metric: $metric, from: $from, to: $to, maxPoints: 400) {\n        metric unit from to bucketMs points { at mean min max }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendDeviceCommand($input: SendDeviceCommandInput!) {\n    sendDeviceCommand(input: $input) { state reasonCode reason }\n  }\n"): (typeof documents)["\n  mutation SendDeviceCommand($input: SendDeviceCommandInput!) {\n    sendDeviceCommand(input: $input) { state reasonCode reason }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeviceMetric on Metric { name unit value at }\n"): (typeof documents)["\n  fragment DeviceMetric on Metric { name unit value at }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartDryRunPanel($input: StartDryRunInput!) {\n    startDryRun(input: $input) {\n      dryRun { id state }\n      diagnostics { severity message node }\n    }\n  }\n"): (typeof documents)["\n  mutation StartDryRunPanel($input: StartDryRunInput!) {\n    startDryRun(input: $input) {\n      dryRun { id state }\n      diagnostics { severity message node }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelDryRunPanel($dryRun: ID!) {\n    cancelDryRun(input: { dryRun: $dryRun }) { dryRun { id state } }\n  }\n"): (typeof documents)["\n  mutation CancelDryRunPanel($dryRun: ID!) {\n    cancelDryRun(input: { dryRun: $dryRun }) { dryRun { id state } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DryRunPanelProgress($id: ID!) {\n    dryRunProgress(id: $id) {\n      id state error animals animalsDone virtualNs timesRealTime\n      rowCount trialCount rewardCount\n    }\n  }\n"): (typeof documents)["\n  subscription DryRunPanelProgress($id: ID!) {\n    dryRunProgress(id: $id) {\n      id state error animals animalsDone virtualNs timesRealTime\n      rowCount trialCount rewardCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DryRunPanelResult($id: ID!) {\n    dryRun(id: $id) {\n      id\n      session {\n        ended outcome error durationNs accuracy rewards microlitres rowCount\n        outcomes { outcome count }\n        warnings { code message node atNs count }\n        timeline {\n          truncated\n          lanes { kind name node role startNs endNs level state drawnAs }\n        }\n        trials(first: 1000) { nodes { node number startNs durationNs outcome } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DryRunPanelResult($id: ID!) {\n    dryRun(id: $id) {\n      id\n      session {\n        ended outcome error durationNs accuracy rewards microlitres rowCount\n        outcomes { outcome count }\n        warnings { code message node atNs count }\n        timeline {\n          truncated\n          lanes { kind name node role startNs endNs level state drawnAs }\n        }\n        trials(first: 1000) { nodes { node number startNs durationNs outcome } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DryRunPanelCohort($id: ID!) {\n    dryRun(id: $id) {\n      id\n      cohort {\n        distributions {\n          quantity unit animals mean sd\n          low: quantile(p: 0.05)\n          median: quantile(p: 0.5)\n          high: quantile(p: 0.95)\n          bins { low high count }\n        }\n        endings { outcome count }\n        warnings { outcome count }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DryRunPanelCohort($id: ID!) {\n    dryRun(id: $id) {\n      id\n      cohort {\n        distributions {\n          quantity unit animals mean sd\n          low: quantile(p: 0.05)\n          median: quantile(p: 0.5)\n          high: quantile(p: 0.95)\n          bins { low high count }\n        }\n        endings { outcome count }\n        warnings { outcome count }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DryRunPanelParameters($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { severity message node }\n      parameters { name type label help unit default minimum maximum options live }\n    }\n  }\n"): (typeof documents)["\n  query DryRunPanelParameters($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { severity message node }\n      parameters { name type label help unit default minimum maximum options live }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n"): (typeof documents)["\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n    transitionSchema\n  }\n"): (typeof documents)["\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n    transitionSchema\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n"): (typeof documents)["\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n"): (typeof documents)["\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt createdBy }\n    }\n  }\n"): (typeof documents)["\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt createdBy }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorTheirs($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      latest { id number note createdAt createdBy document }\n    }\n  }\n"): (typeof documents)["\n  query EditorTheirs($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      latest { id number note createdAt createdBy document }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorVersions($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      versions(first: 200) { nodes { id number note createdAt createdBy } }\n    }\n  }\n"): (typeof documents)["\n  query EditorVersions($id: ID!) {\n    protocol(id: $id) {\n      id\n      latestNumber\n      versions(first: 200) { nodes { id number note createdAt createdBy } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorDiff($from: ID!, $to: ID!) {\n    protocolDiff(from: $from, to: $to) {\n      from { id number note document }\n      to { id number document }\n      changes { kind object id field before after }\n    }\n  }\n"): (typeof documents)["\n  query EditorDiff($from: ID!, $to: ID!) {\n    protocolDiff(from: $from, to: $to) {\n      from { id number note document }\n      to { id number document }\n      changes { kind object id field before after }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditorRestore($input: RestoreVersionInput!) {\n    restoreVersion(input: $input) {\n      protocol { id latestNumber }\n      version { id number document }\n    }\n  }\n"): (typeof documents)["\n  mutation EditorRestore($input: RestoreVersionInput!) {\n    restoreVersion(input: $input) {\n      protocol { id latestNumber }\n      version { id number document }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveExperiment($input: SaveExperimentInput!) {\n    saveExperiment(input: $input) { experiment { id name description archivedAt } }\n  }\n"): (typeof documents)["\n  mutation SaveExperiment($input: SaveExperimentInput!) {\n    saveExperiment(input: $input) { experiment { id name description archivedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiment($id: ID!) {\n    experiment(id: $id) {\n      id name description archivedAt\n      subjects(first: 200) { nodes { id name cohort } }\n      protocols(first: 200) { nodes { id name latestNumber } }\n    }\n  }\n"): (typeof documents)["\n  query Experiment($id: ID!) {\n    experiment(id: $id) {\n      id name description archivedAt\n      subjects(first: 200) { nodes { id name cohort } }\n      protocols(first: 200) { nodes { id name latestNumber } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExperimentRuns($id: ID!, $after: Cursor) {\n    runs(filter: { experiment: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query ExperimentRuns($id: ID!, $after: Cursor) {\n    runs(filter: { experiment: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExperimentCandidates($subject: String!, $protocol: String!) {\n    subjects(filter: { search: $subject }, first: 50) { nodes { id name } }\n    protocols(filter: { search: $protocol }, first: 50) { nodes { id name } }\n  }\n"): (typeof documents)["\n  query ExperimentCandidates($subject: String!, $protocol: String!) {\n    subjects(filter: { search: $subject }, first: 50) { nodes { id name } }\n    protocols(filter: { search: $protocol }, first: 50) { nodes { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddToExperiment($input: AddToExperimentInput!) {\n    addToExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddToExperiment($input: AddToExperimentInput!) {\n    addToExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveFromExperiment($input: RemoveFromExperimentInput!) {\n    removeFromExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveFromExperiment($input: RemoveFromExperimentInput!) {\n    removeFromExperiment(input: $input) {\n      experiment {\n        id\n        subjects(first: 200) { nodes { id name cohort } }\n        protocols(first: 200) { nodes { id name latestNumber } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiments($filter: ExperimentFilter, $after: Cursor) {\n    experiments(filter: $filter, first: 100, after: $after) {\n      nodes { id name description createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Experiments($filter: ExperimentFilter, $after: Cursor) {\n    experiments(filter: $filter, first: 100, after: $after) {\n      nodes { id name description createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n"): (typeof documents)["\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n"): (typeof documents)["\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n"): (typeof documents)["\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n"): (typeof documents)["\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n"): (typeof documents)["\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n"): (typeof documents)["\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n"): (typeof documents)["\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AnswerableStep on HumanStep {\n    id choices statement\n    form { name type label help unit required minimum maximum options }\n  }\n"): (typeof documents)["\n  fragment AnswerableStep on HumanStep {\n    id choices statement\n    form { name type label help unit required minimum maximum options }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerHumanStep($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer values }\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerHumanStep($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer values }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Signer {\n    viewer { id name }\n  }\n"): (typeof documents)["\n  query Signer {\n    viewer { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Inbox($filter: HumanStepFilter, $after: Cursor) {\n    humanSteps(open: true, filter: $filter, first: 50, after: $after) {\n      nodes { id closedAt ...InboxStep }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Inbox($filter: HumanStepFilter, $after: Cursor) {\n    humanSteps(open: true, filter: $filter, first: 50, after: $after) {\n      nodes { id closedAt ...InboxStep }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription InboxChange($filter: HumanStepFilter) {\n    humanSteps(filter: $filter) { id closedAt ...InboxStep }\n  }\n"): (typeof documents)["\n  subscription InboxChange($filter: HumanStepFilter) {\n    humanSteps(filter: $filter) { id closedAt ...InboxStep }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InboxStep on HumanStep {\n    id title text askedAt remindedAt role also mayAnswer\n    run { id protocolName subject { id name } devices { deviceId } }\n    ...AnswerableStep\n  }\n"): (typeof documents)["\n  fragment InboxStep on HumanStep {\n    id title text askedAt remindedAt role also mayAnswer\n    run { id protocolName subject { id name } devices { deviceId } }\n    ...AnswerableStep\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n"): (typeof documents)["\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n"): (typeof documents)["\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunFeedBegin($id: ID!) {\n    run(id: $id) { id counters { trials outcomes { outcome count } cursor } }\n  }\n"): (typeof documents)["\n  query RunFeedBegin($id: ID!) {\n    run(id: $id) { id counters { trials outcomes { outcome count } cursor } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunFeedPage($id: ID!, $last: Int!, $upTo: Cursor!) {\n    run(id: $id) {\n      id\n      events(last: $last, upTo: $upTo) {\n        nodes { source at kind name node drawnAs value deviceId }\n        before\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunFeedPage($id: ID!, $last: Int!, $upTo: Cursor!) {\n    run(id: $id) {\n      id\n      events(last: $last, upTo: $upTo) {\n        nodes { source at kind name node drawnAs value deviceId }\n        before\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunFeedPresent($id: ID!) {\n    run(id: $id) {\n      id\n      steps { node startedAt endedAt }\n      activeStates { deviceId node drawnAs }\n      variables { node name value }\n      gaps { kind from to deviceId }\n    }\n  }\n"): (typeof documents)["\n  query RunFeedPresent($id: ID!) {\n    run(id: $id) {\n      id\n      steps { node startedAt endedAt }\n      activeStates { deviceId node drawnAs }\n      variables { node name value }\n      gaps { kind from to deviceId }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunFeedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) {\n      cursor source at kind name node drawnAs value deviceId\n    }\n  }\n"): (typeof documents)["\n  subscription RunFeedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) {\n      cursor source at kind name node drawnAs value deviceId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetRunPageParameters($input: SetRunParametersInput!) {\n    setRunParameters(input: $input) {\n      run { id currentParameters { name value origin changedAt changedBy reason } }\n      changes { name old new applies unconfirmed }\n    }\n  }\n"): (typeof documents)["\n  mutation SetRunPageParameters($input: SetRunParametersInput!) {\n    setRunParameters(input: $input) {\n      run { id currentParameters { name value origin changedAt changedBy reason } }\n      changes { name old new applies unconfirmed }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddRunNote($run: ID!, $text: String!) {\n    addNote(input: { run: $run, text: $text }) { note { id at by text } }\n  }\n"): (typeof documents)["\n  mutation AddRunNote($run: ID!, $text: String!) {\n    addNote(input: { run: $run, text: $text }) { note { id at by text } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerRunQuestion($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer }\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerRunQuestion($input: AnswerHumanStepInput!) {\n    answerHumanStep(input: $input) {\n      humanStep { id closedAt answeredAt answeredBy answer }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReplayVersions($protocol: ID!) {\n    protocol(id: $protocol) {\n      id\n      versions(first: 100) { nodes { id number note } pageInfo { hasNextPage endCursor } }\n    }\n  }\n"): (typeof documents)["\n  query ReplayVersions($protocol: ID!) {\n    protocol(id: $protocol) {\n      id\n      versions(first: 100) { nodes { id number note } pageInfo { hasNextPage endCursor } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReplayRunPage($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      same decisions inputs draws events tasks interrupted deviceRows\n      difference {\n        at elapsedNs node visit role trial row\n        before { atNs kind text node }\n        expected { atNs kind text node }\n        got { atNs kind text node }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReplayRunPage($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      same decisions inputs draws events tasks interrupted deviceRows\n      difference {\n        at elapsedNs node visit role trial row\n        before { atNs kind text node }\n        expected { atNs kind text node }\n        got { atNs kind text node }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseRun($run: ID!, $reason: String) {\n    pauseRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n"): (typeof documents)["\n  mutation PauseRun($run: ID!, $reason: String) {\n    pauseRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeRun($run: ID!, $reason: String) {\n    resumeRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n"): (typeof documents)["\n  mutation ResumeRun($run: ID!, $reason: String) {\n    resumeRun(input: { run: $run, reason: $reason }) { run { id status } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopRun($run: ID!, $reason: String) {\n    stopRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"): (typeof documents)["\n  mutation StopRun($run: ID!, $reason: String) {\n    stopRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AbortRun($run: ID!, $reason: String) {\n    abortRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"): (typeof documents)["\n  mutation AbortRun($run: ID!, $reason: String) {\n    abortRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation HaltRun($run: ID!, $reason: String) {\n    haltRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"): (typeof documents)["\n  mutation HaltRun($run: ID!, $reason: String) {\n    haltRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPage($id: ID!) {\n    run(id: $id) {\n      id status protocolName outcome error seed startedBy parameters\n      createdAt startedAt endedAt temporalUrl\n      subject { id name }\n      experiment { id name }\n      devices { role deviceId device { id name online } }\n      protocolVersion {\n        id number document\n        protocol { id latestNumber }\n        check {\n          parameters { name type label help unit default minimum maximum options live }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunPage($id: ID!) {\n    run(id: $id) {\n      id status protocolName outcome error seed startedBy parameters\n      createdAt startedAt endedAt temporalUrl\n      subject { id name }\n      experiment { id name }\n      devices { role deviceId device { id name online } }\n      protocolVersion {\n        id number document\n        protocol { id latestNumber }\n        check {\n          parameters { name type label help unit default minimum maximum options live }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPageCounters($id: ID!) {\n    run(id: $id) {\n      id\n      counters { rewards microlitres }\n      progress { node measure done limit }\n    }\n  }\n"): (typeof documents)["\n  query RunPageCounters($id: ID!) {\n    run(id: $id) {\n      id\n      counters { rewards microlitres }\n      progress { node measure done limit }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPageParameters($id: ID!) {\n    run(id: $id) { id currentParameters { name value origin changedAt changedBy reason } }\n  }\n"): (typeof documents)["\n  query RunPageParameters($id: ID!) {\n    run(id: $id) { id currentParameters { name value origin changedAt changedBy reason } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPageNotes($id: ID!) {\n    run(id: $id) { id notes { id at by text } }\n  }\n"): (typeof documents)["\n  query RunPageNotes($id: ID!) {\n    run(id: $id) { id notes { id at by text } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPageQuestions($id: ID!) {\n    run(id: $id) {\n      id\n      humanSteps {\n        id node title text choices askedAt closedAt answeredAt answeredBy answer\n        role statement mayAnswer\n        form {\n          name type label help unit required minimum maximum\n          plausibleMinimum plausibleMaximum options\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunPageQuestions($id: ID!) {\n    run(id: $id) {\n      id\n      humanSteps {\n        id node title text choices askedAt closedAt answeredAt answeredBy answer\n        role statement mayAnswer\n        form {\n          name type label help unit required minimum maximum\n          plausibleMinimum plausibleMaximum options\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPageFiles($id: ID!) {\n    run(id: $id) {\n      id\n      files { format table name state size missing downloadUrl error }\n    }\n  }\n"): (typeof documents)["\n  query RunPageFiles($id: ID!) {\n    run(id: $id) {\n      id\n      files { format table name state size missing downloadUrl error }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeRunPageFiles($input: MakeRunFilesInput!) {\n    makeRunFiles(input: $input) {\n      run { id files { format table name state size missing downloadUrl error } }\n    }\n  }\n"): (typeof documents)["\n  mutation MakeRunPageFiles($input: MakeRunFilesInput!) {\n    makeRunFiles(input: $input) {\n      run { id files { format table name state size missing downloadUrl error } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunsPage($filter: RunFilter, $after: Cursor) {\n    runs(first: 50, filter: $filter, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query RunsPage($filter: RunFilter, $after: Cursor) {\n    runs(first: 50, filter: $filter, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunsPageChanges { runs { id ...RunItem } }\n"): (typeof documents)["\n  subscription RunsPageChanges { runs { id ...RunItem } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartProtocols {\n    protocols(first: 200) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    templates { name document }\n  }\n"): (typeof documents)["\n  query StartProtocols {\n    protocols(first: 200) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    templates { name document }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StartCheck on ProtocolCheck {\n    ok\n    diagnostics { severity message node }\n    roles { name channels { name direction needsCalibration } }\n    parameters { name type label help unit default minimum maximum options live }\n  }\n"): (typeof documents)["\n  fragment StartCheck on ProtocolCheck {\n    ok\n    diagnostics { severity message node }\n    roles { name channels { name direction needsCalibration } }\n    parameters { name type label help unit default minimum maximum options live }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StartVersion on ProtocolVersion {\n    id number document protocol { id name }\n    check { ...StartCheck }\n  }\n"): (typeof documents)["\n  fragment StartVersion on ProtocolVersion {\n    id number document protocol { id name }\n    check { ...StartCheck }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartVersion($id: ID!) {\n    protocolVersion(id: $id) { id ...StartVersion }\n  }\n"): (typeof documents)["\n  query StartVersion($id: ID!) {\n    protocolVersion(id: $id) { id ...StartVersion }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartProtocol($id: ID!) {\n    protocol(id: $id) { id name latest { id ...StartVersion } }\n  }\n"): (typeof documents)["\n  query StartProtocol($id: ID!) {\n    protocol(id: $id) { id name latest { id ...StartVersion } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartPageTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n"): (typeof documents)["\n  query StartPageTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartCheckDocument($document: JSON!) {\n    checkProtocol(input: { document: $document }) { ...StartCheck }\n  }\n"): (typeof documents)["\n  query StartCheckDocument($document: JSON!) {\n    checkProtocol(input: { document: $document }) { ...StartCheck }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartCandidates($input: BindingCandidatesInput!) {\n    bindingCandidates(input: $input) {\n      device { id name online rig { channels { name direction available } } }\n      fits\n      checks { severity message hint }\n      channels { protocol rig }\n    }\n  }\n"): (typeof documents)["\n  query StartCandidates($input: BindingCandidatesInput!) {\n    bindingCandidates(input: $input) {\n      device { id name online rig { channels { name direction available } } }\n      fits\n      checks { severity message hint }\n      channels { protocol rig }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartCheckRun($input: StartRunInput!, $timeZone: String) {\n    checkRun(input: $input, timeZone: $timeZone) {\n      ok\n      checks { code severity message hint field role }\n    }\n  }\n"): (typeof documents)["\n  query StartCheckRun($input: StartRunInput!, $timeZone: String) {\n    checkRun(input: $input, timeZone: $timeZone) {\n      ok\n      checks { code severity message hint field role }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRunFromPage($input: StartRunInput!) {\n    startRun(input: $input) { run { id status createdAt } created }\n  }\n"): (typeof documents)["\n  mutation StartRunFromPage($input: StartRunInput!) {\n    startRun(input: $input) { run { id status createdAt } created }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n  }\n"): (typeof documents)["\n  query RunCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many answers each when unless }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SubjectAccuracy($id: ID!) {\n    runs(filter: { subject: $id, status: [COMPLETED, STOPPED, FAILED, ABORTED, HALTED] }, first: 60) {\n      nodes { id startedAt counters { outcomes { outcome count } cursor } }\n    }\n  }\n"): (typeof documents)["\n  query SubjectAccuracy($id: ID!) {\n    runs(filter: { subject: $id, status: [COMPLETED, STOPPED, FAILED, ABORTED, HALTED] }, first: 60) {\n      nodes { id startedAt counters { outcomes { outcome count } cursor } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CorrectWeight($input: CorrectWeightInput!) {\n    correctWeight(input: $input) { weight { id grams } }\n  }\n"): (typeof documents)["\n  mutation CorrectWeight($input: CorrectWeightInput!) {\n    correctWeight(input: $input) { weight { id grams } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordWeight($input: RecordWeightInput!) {\n    recordWeight(input: $input) { weight { id grams } }\n  }\n"): (typeof documents)["\n  mutation RecordWeight($input: RecordWeightInput!) {\n    recordWeight(input: $input) { weight { id grams } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveSubject($input: SaveSubjectInput!) {\n    saveSubject(input: $input) {\n      subject {\n        id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SaveSubject($input: SaveSubjectInput!) {\n    saveSubject(input: $input) {\n      subject {\n        id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SubjectItem on Subject {\n    id name species sex cohort baselineGrams targetFraction\n    latestWeight { id grams at }\n  }\n"): (typeof documents)["\n  fragment SubjectItem on Subject {\n    id name species sex cohort baselineGrams targetFraction\n    latestWeight { id grams at }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Subject($id: ID!) {\n    subject(id: $id) {\n      id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      experiments { id name }\n    }\n  }\n"): (typeof documents)["\n  query Subject($id: ID!) {\n    subject(id: $id) {\n      id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction\n      experiments { id name }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SubjectRuns($id: ID!, $after: Cursor) {\n    runs(filter: { subject: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query SubjectRuns($id: ID!, $after: Cursor) {\n    runs(filter: { subject: $id }, first: 50, after: $after) {\n      nodes { id ...RunItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Subjects($filter: SubjectFilter, $after: Cursor) {\n    subjects(filter: $filter, first: 100, after: $after) {\n      nodes { id ...SubjectItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Subjects($filter: SubjectFilter, $after: Cursor) {\n    subjects(filter: $filter, first: 100, after: $after) {\n      nodes { id ...SubjectItem }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SubjectWeights($id: ID!) {\n    subject(id: $id) {\n      id baselineGrams targetFraction\n      latestWeight { id grams at }\n      weights(first: 400) { nodes { id grams at by note run { id protocolName } } }\n    }\n  }\n"): (typeof documents)["\n  query SubjectWeights($id: ID!) {\n    subject(id: $id) {\n      id baselineGrams targetFraction\n      latestWeight { id grams at }\n      weights(first: 400) { nodes { id grams at by note run { id protocolName } } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n"): (typeof documents)["\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n"): (typeof documents)["\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n"): (typeof documents)["\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n"): (typeof documents)["\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n"): (typeof documents)["\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query FoundProtocols($search: String) {\n      found: protocols(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "): (typeof documents)["\n    query FoundProtocols($search: String) {\n      found: protocols(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query FoundSubjects($search: String) {\n      found: subjects(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "): (typeof documents)["\n    query FoundSubjects($search: String) {\n      found: subjects(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query FoundExperiments($search: String) {\n      found: experiments(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "): (typeof documents)["\n    query FoundExperiments($search: String) {\n      found: experiments(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query FoundDevices($search: String) {\n      found: devices(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "): (typeof documents)["\n    query FoundDevices($search: String) {\n      found: devices(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NameOfProtocol($id: ID!) { thing: protocol(id: $id) { id name } }"): (typeof documents)["query NameOfProtocol($id: ID!) { thing: protocol(id: $id) { id name } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NameOfSubject($id: ID!) { thing: subject(id: $id) { id name } }"): (typeof documents)["query NameOfSubject($id: ID!) { thing: subject(id: $id) { id name } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NameOfExperiment($id: ID!) { thing: experiment(id: $id) { id name } }"): (typeof documents)["query NameOfExperiment($id: ID!) { thing: experiment(id: $id) { id name } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NameOfDevice($id: ID!) { thing: device(id: $id) { id name } }"): (typeof documents)["query NameOfDevice($id: ID!) { thing: device(id: $id) { id name } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LiveProgress($id: ID!) {\n    run(id: $id) { id progress { node measure done limit } }\n  }\n"): (typeof documents)["\n  query LiveProgress($id: ID!) {\n    run(id: $id) { id progress { node measure done limit } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n"): (typeof documents)["\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n"): (typeof documents)["\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;