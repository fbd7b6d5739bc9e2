import { Paper, type PaperProps } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './surface.module.css';

/** A sheet on the page's background: a table, a form, a figure. */
export function Surface({
  children,
  className = '',
  ...props
}: PaperProps & { children: ReactNode }) {
  return (
    <Paper className={`${classes.surface} ${className}`} radius="lg" {...props}>
      {children}
    </Paper>
  );
}
