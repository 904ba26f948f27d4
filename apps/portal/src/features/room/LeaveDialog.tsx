import { Button, Dialog } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';

/** Who can end the class is asked which of the two they mean; everyone else just leaves. */
export function LeaveDialog(props: { onClose: () => void; leave: () => void; end: () => void }) {
  const text = useText();
  return (
    <Dialog
      title={text('room.leave.title')}
      closeLabel={text('dialog.close')}
      isOpen
      onClose={props.onClose}
      width={440}
      actions={
        <>
          <Button onPress={props.leave}>{text('room.leave.only')}</Button>
          <Button variant="danger" onPress={props.end}>
            {text('room.leave.end')}
          </Button>
        </>
      }
    >
      {text('room.leave.text')}
    </Dialog>
  );
}
