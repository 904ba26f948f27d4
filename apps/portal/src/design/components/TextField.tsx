import { Search } from 'lucide-react';
import type { HTMLInputTypeAttribute, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import styles from './Field.module.css';
import { Icon } from './Icon.js';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  label: string;
  hint?: string;
  /** Shown below in place of the hint; its presence makes the field invalid. */
  error?: string;
  placeholder?: string;
  type?: HTMLInputTypeAttribute;
  rows?: number;
  min?: string;
  step?: number;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text, a date, a time, or (with `rows`) several lines. */
export function TextField({
  label,
  hint,
  error,
  placeholder,
  type,
  rows,
  min,
  step,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className={styles.field ?? ''}>
      <Label className={styles.label}>{label}</Label>
      {rows ? (
        <TextArea className={styles.input ?? ''} rows={rows} placeholder={placeholder} />
      ) : (
        <Input
          ref={inputRef}
          className={styles.input ?? ''}
          type={type ?? 'text'}
          placeholder={placeholder}
          min={min}
          step={step}
        />
      )}
      {hint && !error && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}

/** A search box without a button: what it narrows is right above or below it. */
export function SearchField(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <AriaSearchField aria-label={props.label} value={props.value} onChange={props.onChange}>
      <div className={styles.search}>
        <Icon of={Search} size={16} />
        <Input placeholder={props.label} />
      </div>
    </AriaSearchField>
  );
}
