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
    "\n  query Device($id: ID!) {\n    device(id: $id) { id name }\n  }\n": typeof types.DeviceDocument,
    "\n  query Devices {\n    devices(first: 200) { nodes { id name online simulated lastSeen rig { name } } }\n  }\n": typeof types.DevicesDocument,
    "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n": typeof types.EditorCheckDocument,
    "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many each when unless }\n    }\n    transitionSchema\n  }\n": typeof types.EditorCatalogueDocument,
    "\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n": typeof types.EditorProtocolDocument,
    "\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": typeof types.EditorTemplateDocument,
    "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt document }\n    }\n  }\n": typeof types.EditorSaveDocument,
    "\n  query Experiment($id: ID!) {\n    experiment(id: $id) { id name }\n  }\n": typeof types.ExperimentDocument,
    "\n  query Experiments {\n    experiments(first: 50) { nodes { id name description } }\n  }\n": typeof types.ExperimentsDocument,
    "\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n": typeof types.FleetDeviceFragmentDoc,
    "\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n": typeof types.BeginDocument,
    "\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n": typeof types.HomeDocument,
    "\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n": typeof types.HomeDevicesDocument,
    "\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n": typeof types.RunCardFragmentDoc,
    "\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n": typeof types.CountedEventsDocument,
    "\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n": typeof types.WaitingStepFragmentDoc,
    "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n": typeof types.InboxDocument,
    "\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n": typeof types.UpdateProtocolDocument,
    "\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n": typeof types.DuplicateProtocolDocument,
    "\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ProtocolsDocument,
    "\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n": typeof types.RunDocument,
    "\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.RunsDocument,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n": typeof types.SubjectDocument,
    "\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n": typeof types.SubjectsDocument,
    "\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n": typeof types.ParameterRowFragmentDoc,
    "\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n": typeof types.RunOnBoxTemplateFragmentDoc,
    "\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n": typeof types.SimulatedBoxesDocument,
    "\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n": typeof types.StartTemplateDocument,
    "\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n": typeof types.TemplatesDocument,
    "\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n": typeof types.PicturePartsFragmentDoc,
    "\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n": typeof types.RunItemFragmentDoc,
};
const documents: Documents = {
    "\n  query Who { viewer { id name role } }\n": types.WhoDocument,
    "\n  query Shell {\n    viewer { id name role organisation { id name } }\n    system { version temporalUrl }\n    humanSteps(open: true, first: 100) { nodes { id } }\n  }\n": types.ShellDocument,
    "\n  subscription RunsChange {\n    runs { id status startedAt endedAt outcome error }\n  }\n": types.RunsChangeDocument,
    "\n  query Device($id: ID!) {\n    device(id: $id) { id name }\n  }\n": types.DeviceDocument,
    "\n  query Devices {\n    devices(first: 200) { nodes { id name online simulated lastSeen rig { name } } }\n  }\n": types.DevicesDocument,
    "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n": types.EditorCheckDocument,
    "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many each when unless }\n    }\n    transitionSchema\n  }\n": types.EditorCatalogueDocument,
    "\n  query EditorProtocol($id: ID!) {\n    protocol(id: $id) {\n      id\n      name\n      latestNumber\n      latest { id number document }\n    }\n  }\n": types.EditorProtocolDocument,
    "\n  query EditorTemplate($name: String!) {\n    template(name: $name) { name document }\n  }\n": types.EditorTemplateDocument,
    "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt document }\n    }\n  }\n": types.EditorSaveDocument,
    "\n  query Experiment($id: ID!) {\n    experiment(id: $id) { id name }\n  }\n": types.ExperimentDocument,
    "\n  query Experiments {\n    experiments(first: 50) { nodes { id name description } }\n  }\n": types.ExperimentsDocument,
    "\n  fragment FleetDevice on Device { id name online run { id protocolName } }\n": types.FleetDeviceFragmentDoc,
    "\n  query Begin {\n    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }\n  }\n": types.BeginDocument,
    "\n  query Home($failedSince: Time!) {\n    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {\n      nodes { id ...RunCard }\n    }\n    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {\n      nodes { id ...RunItem }\n    }\n    any: runs(first: 1) { nodes { id } }\n    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }\n    devices(first: 200) { nodes { id ...FleetDevice } }\n  }\n": types.HomeDocument,
    "\n  subscription HomeDevices {\n    deviceStatus { id name online run { id protocolName } }\n  }\n": types.HomeDevicesDocument,
    "\n  fragment RunCard on Run {\n    id status protocolName createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n    counters { trials outcomes { outcome count } cursor }\n  }\n": types.RunCardFragmentDoc,
    "\n  subscription CountedEvents($runId: ID!, $after: Cursor) {\n    runEvents(runId: $runId, after: $after) { cursor kind name }\n  }\n": types.CountedEventsDocument,
    "\n  fragment WaitingStep on HumanStep {\n    id title askedAt role\n    run { id protocolName subject { id name } }\n  }\n": types.WaitingStepFragmentDoc,
    "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n": types.InboxDocument,
    "\n  mutation UpdateProtocol($input: UpdateProtocolInput!) {\n    updateProtocol(input: $input) { protocol { id name description archivedAt } }\n  }\n": types.UpdateProtocolDocument,
    "\n  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {\n    duplicateProtocol(input: $input) { protocol { id name } }\n  }\n": types.DuplicateProtocolDocument,
    "\n  query Protocols($filter: ProtocolFilter, $after: Cursor) {\n    protocols(filter: $filter, first: 100, after: $after) {\n      nodes {\n        id name description latestNumber updatedAt archivedAt\n        latest { id createdBy }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ProtocolsDocument,
    "\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n": types.RunDocument,
    "\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.RunsDocument,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n": types.SubjectDocument,
    "\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n": types.SubjectsDocument,
    "\n  fragment ParameterRow on ProtocolParameter {\n    name type label help unit default minimum maximum options live\n  }\n": types.ParameterRowFragmentDoc,
    "\n  fragment RunOnBoxTemplate on Template { name title document roles { name } }\n": types.RunOnBoxTemplateFragmentDoc,
    "\n  query SimulatedBoxes {\n    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }\n  }\n": types.SimulatedBoxesDocument,
    "\n  mutation StartTemplate($input: StartRunInput!) {\n    startRun(input: $input) { run { id status } }\n  }\n": types.StartTemplateDocument,
    "\n  query Templates {\n    templates {\n      name title description reference\n      picture { ...PictureParts }\n      roles { name channels { name direction needsCalibration } }\n      parameters { name ...ParameterRow }\n      ...RunOnBoxTemplate\n    }\n  }\n": types.TemplatesDocument,
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
export function graphql(source: "\n  query Device($id: ID!) {\n    device(id: $id) { id name }\n  }\n"): (typeof documents)["\n  query Device($id: ID!) {\n    device(id: $id) { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Devices {\n    devices(first: 200) { nodes { id name online simulated lastSeen rig { name } } }\n  }\n"): (typeof documents)["\n  query Devices {\n    devices(first: 200) { nodes { id name online simulated lastSeen rig { name } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n"): (typeof documents)["\n  query EditorCheck($document: JSON!) {\n    checkProtocol(input: { document: $document }) {\n      ok\n      diagnostics { code severity node port edge field column message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many each when unless }\n    }\n    transitionSchema\n  }\n"): (typeof documents)["\n  query EditorCatalogue {\n    nodeKinds {\n      type level container top label icon group help schema\n      standard { term source }\n      ports { name label direction optional many each when unless }\n    }\n    transitionSchema\n  }\n"];
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
export function graphql(source: "\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt document }\n    }\n  }\n"): (typeof documents)["\n  mutation EditorSave($input: SaveProtocolInput!) {\n    saveProtocol(input: $input) {\n      protocol { id name latestNumber }\n      version { id number hash note createdAt document }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiment($id: ID!) {\n    experiment(id: $id) { id name }\n  }\n"): (typeof documents)["\n  query Experiment($id: ID!) {\n    experiment(id: $id) { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiments {\n    experiments(first: 50) { nodes { id name description } }\n  }\n"): (typeof documents)["\n  query Experiments {\n    experiments(first: 50) { nodes { id name description } }\n  }\n"];
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
export function graphql(source: "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n"): (typeof documents)["\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n"];
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
export function graphql(source: "\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n"): (typeof documents)["\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n"): (typeof documents)["\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n"): (typeof documents)["\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n"];
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
export function graphql(source: "\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n"): (typeof documents)["\n  fragment PictureParts on ProtocolPicture {\n    nodes { id type label level parent x y }\n    edges { source target }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n"): (typeof documents)["\n  fragment RunItem on Run {\n    id status protocolName outcome error createdAt startedAt endedAt\n    subject { id name }\n    devices { deviceId }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;