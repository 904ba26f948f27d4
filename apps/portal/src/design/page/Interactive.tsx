import { PhoneOff, Settings2, SunMoon } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  EmptyState,
  ErrorState,
  Menu,
  Meter,
  Scrubber,
  SearchField,
  Select,
  showToast,
  Skeleton,
  SkeletonRows,
  Switch,
  Tabs,
  TextField,
} from '../index.js';
import styles from './DesignPage.module.css';
import { Part } from './Part.js';

const people = [
  { id: 'anna', label: 'Anna Lindqvist' },
  { id: 'per', label: 'Per Berg' },
  { id: 'maya', label: 'Maya Okafor' },
] as const;

/** The half of the page that keeps a state: fields, dialogs, tabs, and the states of a page. */
export function Interactive() {
  const [dialog, setDialog] = useState<'dialog' | 'alertdialog' | 'sheet' | null>(null);
  const [who, setWho] = useState<(typeof people)[number]['id'] | null>('anna');
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<'people' | 'chat'>('people');
  const [words, setWords] = useState('');
  const [position, setPosition] = useState(1_934_000);
  return (
    <>
      <Part title="Fields">
        <div className={styles.fields}>
          <TextField
            label="Title"
            value={words}
            onChange={setWords}
            placeholder="Price elasticity"
            hint="Shown to everyone in the course."
          />
          <TextField label="Ends" type="time" defaultValue="10:00" error="The end must come after the start." />
          <TextField label="Disabled" defaultValue="Autumn 2026" isDisabled />
          <TextField label="Notes" rows={2} defaultValue="Several lines" />
          <Select label="Speaker" options={people} value={who} onChange={setWho} />
          <Select
            label="Nothing chosen"
            options={people}
            value={null}
            onChange={setWho}
            placeholder="Choose a person"
          />
          <SearchField label="Find a person" value={words} onChange={setWords} />
          <div className={styles.stack}>
            <Checkbox isSelected={on} onChange={setOn}>
              Record the class
            </Checkbox>
            <Switch isSelected={on} onChange={setOn}>
              Use these keys
            </Switch>
          </div>
        </div>
      </Part>

      <Part title="Levels and positions">
        <div className={styles.fields}>
          <Meter label="Microphone level" level={0.62} />
          <Scrubber
            label="Position"
            valueText="32:14 of 1:28:40"
            value={position}
            max={5_320_000}
            onChange={setPosition}
          />
        </div>
      </Part>

      <Part title="Above the page">
        <div className={styles.row}>
          <Button onPress={() => setDialog('dialog')}>Dialog</Button>
          <Button onPress={() => setDialog('alertdialog')}>Question</Button>
          <Button onPress={() => setDialog('sheet')}>Sheet</Button>
          <Button onPress={() => showToast('Saved.')}>Toast</Button>
          <Button onPress={() => showToast('The server can’t be reached', 'problem')}>Problem</Button>
          <Menu
            label="Theme"
            trigger={<Button icon={SunMoon}>Menu</Button>}
            entries={[
              { id: 'a', label: 'Chosen', selected: true, onAction: () => undefined },
              { id: 'b', label: 'Not chosen', selected: false, onAction: () => undefined },
              { id: 'c', label: 'An action', icon: Settings2, onAction: () => undefined },
              { id: 'd', label: 'A dangerous one', icon: PhoneOff, danger: true, onAction: () => undefined },
            ]}
          />
        </div>
        {dialog && (
          <Dialog
            title="Leave or end the class?"
            closeLabel="Close"
            isOpen
            onClose={() => setDialog(null)}
            role={dialog === 'alertdialog' ? 'alertdialog' : 'dialog'}
            kind={dialog === 'sheet' ? 'sheet' : 'dialog'}
            actions={
              <>
                <Button onPress={() => setDialog(null)}>Leave the room</Button>
                <Button variant="danger" onPress={() => setDialog(null)}>
                  End class for everyone
                </Button>
              </>
            }
          >
            If you only leave, the others stay.
          </Dialog>
        )}
      </Part>

      <Part title="Tabs">
        <div className={styles.tabs}>
          <Tabs
            label="Panel"
            selected={tab}
            onSelect={setTab}
            items={[
              { id: 'people', label: 'People', content: <p className={styles.pad}>One panel at a time.</p> },
              {
                id: 'chat',
                label: 'Chat',
                count: 3,
                countLabel: '3 new',
                content: <p className={styles.pad}>Messages.</p>,
              },
            ]}
          />
        </div>
      </Part>

      <Part title="States of a page">
        <div className={styles.fields}>
          <EmptyState title="No sessions yet" actions={<Button size="sm">New session</Button>}>
            Schedule the first one; your students see it at once.
          </EmptyState>
          <ErrorState
            title="Something went wrong"
            reference="Reference: 7f3a"
            actions={<Button size="sm">Try again</Button>}
          >
            This is not your fault. Try again; if it stays, tell your administrator.
          </ErrorState>
          <SkeletonRows label="Loading" rows={2} />
          <Skeleton width="60%" height={24} />
        </div>
      </Part>
    </>
  );
}
