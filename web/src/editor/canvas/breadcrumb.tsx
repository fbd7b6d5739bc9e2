import { Breadcrumbs, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Catalogue, kindOf } from '../model/catalogue';
import type { ProtocolDocument } from '../model/document';
import { titleOf } from '../model/summary';
import { pathTo } from '../model/tree';
import classes from './canvas.module.css';

/** Where one is: the session, and the containers that were opened. */
export function Breadcrumb({
  document,
  catalogue,
  inside,
  onOpen,
}: {
  document: ProtocolDocument;
  catalogue: Catalogue;
  inside: string | undefined;
  onOpen: (container: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const path = pathTo(document, inside);
  return (
    <nav aria-label={t('editor.place')} className={classes.breadcrumb}>
      <Breadcrumbs separator="›">
        <Crumb current={path.length === 0} onOpen={() => onOpen(undefined)}>
          {t('editor.session')}
        </Crumb>
        {path.map((node, index) => (
          <Crumb key={node.id} current={index === path.length - 1} onOpen={() => onOpen(node.id)}>
            {titleOf(kindOf(catalogue, node), node)}
          </Crumb>
        ))}
      </Breadcrumbs>
    </nav>
  );
}

function Crumb({
  current,
  onOpen,
  children,
}: {
  current: boolean;
  onOpen: () => void;
  children: string;
}) {
  return (
    <UnstyledButton
      className={classes.crumb ?? ''}
      onClick={onOpen}
      aria-current={current ? 'location' : undefined}
    >
      {children}
    </UnstyledButton>
  );
}
