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
    "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n": typeof types.InboxDocument,
    "\n  query Protocols {\n    protocols(first: 50) { nodes { id name description latestNumber updatedAt } }\n  }\n": typeof types.ProtocolsDocument,
    "\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n": typeof types.RunDocument,
    "\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.RunsDocument,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n": typeof types.SubjectDocument,
    "\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n": typeof types.SubjectsDocument,
    "\n  query Templates {\n    templates { name title description reference }\n  }\n": typeof types.TemplatesDocument,
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
    "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n": types.InboxDocument,
    "\n  query Protocols {\n    protocols(first: 50) { nodes { id name description latestNumber updatedAt } }\n  }\n": types.ProtocolsDocument,
    "\n  query Run($id: ID!) {\n    run(id: $id) { id status protocolName subject { id name } }\n  }\n": types.RunDocument,
    "\n  query Runs($after: Cursor) {\n    runs(first: 50, after: $after) {\n      nodes { id protocolName status createdAt subject { id name } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.RunsDocument,
    "\n  query Subject($id: ID!) {\n    subject(id: $id) { id name }\n  }\n": types.SubjectDocument,
    "\n  query Subjects {\n    subjects(first: 50) { nodes { id name species cohort } }\n  }\n": types.SubjectsDocument,
    "\n  query Templates {\n    templates { name title description reference }\n  }\n": types.TemplatesDocument,
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
export function graphql(source: "\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n"): (typeof documents)["\n  query Inbox {\n    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Protocols {\n    protocols(first: 50) { nodes { id name description latestNumber updatedAt } }\n  }\n"): (typeof documents)["\n  query Protocols {\n    protocols(first: 50) { nodes { id name description latestNumber updatedAt } }\n  }\n"];
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
export function graphql(source: "\n  query Templates {\n    templates { name title description reference }\n  }\n"): (typeof documents)["\n  query Templates {\n    templates { name title description reference }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;