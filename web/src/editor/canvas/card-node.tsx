import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Port } from '../model/catalogue';
import { summaryOf, titleOf } from '../model/summary';
import classes from './card-node.module.css';
import { FarContext } from './far';
import far from './far.module.css';
import type { CardNode } from './flow';
import { KindIcon } from './kind-icon';
import { useMarks } from './marks';

/** A step of the session, or a state of a task. */
export const Card = memo(function Card(props: NodeProps<CardNode>) {
  return useContext(FarContext) ? <FarCard {...props} /> : <NearCard {...props} />;
});

const levelOf = ({ kind }: CardNode['data']) =>
  kind.level === 'TASK' || kind.type === 'task' ? 'device' : 'session';

/** As large as the card, so that nothing moves when one comes nearer. */
function FarCard({ data, selected, width, height }: NodeProps<CardNode>) {
  const severity = useMarks((marks) => marks.severity.get(data.node.id));
  return (
    <div
      className={far.box}
      data-level={levelOf(data)}
      data-selected={selected || undefined}
      data-severity={severity}
      style={{ width, height }}
    />
  );
}

function NearCard({ data, selected }: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const { node, kind, ports, inside } = data;
  const severity = useMarks((marks) => marks.severity.get(node.id));
  const active = useMarks((marks) => marks.active.has(node.id));
  const visited = useMarks((marks) => marks.visited.has(node.id));
  const diff = useMarks((marks) => marks.diff.get(node.id));
  const entries = ports.filter((port) => port.direction === 'IN');
  const exits = ports.filter((port) => port.direction === 'OUT');
  const named = exits.length > 1 || (exits[0] !== undefined && exits[0].name !== 'out');
  return (
    <div
      className={classes.card}
      data-level={levelOf(data)}
      data-state={kind.level === 'TASK' || undefined}
      data-selected={selected || undefined}
      data-active={active || undefined}
      data-visited={visited || undefined}
      data-diff={diff}
      data-container={kind.container || undefined}
    >
      <div className={classes.head}>
        <span className={classes.icon}>
          <KindIcon name={kind.icon} />
        </span>
        <span className={classes.title}>{titleOf(kind, node)}</span>
        {severity && (
          <span
            className={classes.dot}
            data-severity={severity}
            role="img"
            aria-label={t(severity === 'ERROR' ? 'editor.hasErrors' : 'editor.hasWarnings')}
          />
        )}
      </div>
      {summaryOf(kind, node).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={index} className={classes.line}>
          {line}
        </div>
      ))}
      {kind.container && (
        <div className={classes.inside}>{t('editor.inside', { count: inside })}</div>
      )}
      {named && (
        <div className={classes.exits}>
          {exits.map((port) => (
            <div
              key={port.name}
              className={classes.exit}
              data-optional={port.optional || undefined}
            >
              {port.label || port.name}
              <PortHandle port={port} />
            </div>
          ))}
        </div>
      )}
      {entries.map((port) => (
        <PortHandle key={port.name} port={port} />
      ))}
      {!named && exits.map((port) => <PortHandle key={port.name} port={port} />)}
    </div>
  );
}

/** Where a wire begins or ends: entries at the left, exits at the right. */
function PortHandle({ port }: { port: Port }) {
  const entry = port.direction === 'IN';
  return (
    <Handle
      id={port.name}
      type={entry ? 'target' : 'source'}
      position={entry ? Position.Left : Position.Right}
      className={classes.port}
      role="img"
      aria-label={port.label || port.name}
    />
  );
}
