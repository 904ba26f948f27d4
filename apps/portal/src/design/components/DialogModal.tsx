import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.js';

export interface DialogProps {
  title: string;
  /** Accessible name of the cross. */
  closeLabel: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
  /** A question that must be answered: no way out by clicking beside it. */
  role?: 'dialog' | 'alertdialog';
  /** On a phone, `sheet` rises from below and fills most of the screen. */
  kind?: 'dialog' | 'sheet';
  width?: number;
}

/** What a dialog is made of; fetched apart from the pages that may open one (see overlays.ts). */
export function DialogModal({
  title,
  closeLabel,
  isOpen,
  onClose,
  children,
  actions,
  role = 'dialog',
  kind = 'dialog',
  width = 480,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles.veil ?? ''}
      isOpen={isOpen}
      isDismissable={role === 'dialog'}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal
        className={kind === 'sheet' ? `${styles.modal} ${styles.sheet}` : (styles.modal ?? '')}
        style={{ maxWidth: width }}
      >
        <AriaDialog role={role} className={styles.dialog ?? ''}>
          <header className={styles.head}>
            <Heading slot="title" level={2} className={styles.title}>
              {title}
            </Heading>
            {role === 'dialog' && <IconButton icon={X} label={closeLabel} onPress={onClose} size="sm" />}
          </header>
          <div className={styles.body}>{children}</div>
          {actions && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
