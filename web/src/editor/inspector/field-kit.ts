import { type ComponentType, createContext, useContext } from 'react';
import { type Data, isData, type Json } from '../model/document';
import type { FieldSchema } from '../model/form';

export interface FieldProps {
  name: string;
  schema: FieldSchema;
  root: FieldSchema;
  path: string;
  required: boolean;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

export const labelOf = ({ name, schema }: Pick<FieldProps, 'name' | 'schema'>): string =>
  schema.title || name;

export const asData = (value: Json | undefined): Data => (isData(value) ? value : {});

/** How a field is shown. A form holds fields and a field may hold a form: the knot is tied here. */
export const FieldContext = createContext<ComponentType<FieldProps>>(() => null);

export const useFieldComponent = (): ComponentType<FieldProps> => useContext(FieldContext);
